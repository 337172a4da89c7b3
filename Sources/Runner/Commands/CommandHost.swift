package import HTTP

/// What a run needs to carry out `cli:` steps, from whoever starts the run: this module starts no servers and looks into no
/// environment.
package struct CommandHost: Sendable {
  /// The AWS CLI.
  package enum Program: Sendable, Hashable {
    case found(path: String)
    /// Steps that need it are not run, for this reason.
    case missing(reason: String)
  }

  package var program: Program
  /// Where the program finds other programs: its `PATH`.
  package var searchPath: String
  /// Makes a service of this process reachable for the program, on the loopback address.
  package var serve: @Sendable (any CommandService) throws(Problem) -> any ServedService
  /// How long a command may take.
  package var timeout = Duration.seconds(120)
  /// The most that a command may print, in bytes.
  package var largestOutput = 16 << 20

  package init(
    program: Program, searchPath: String,
    serve: @escaping @Sendable (any CommandService) throws(Problem) -> any ServedService
  ) {
    self.program = program
    self.searchPath = searchPath
    self.serve = serve
  }
}

/// What answers a command's requests.
package protocol CommandService: Sendable {
  /// Refuses a request by its head alone, before its sender is told to send the body; `nil` where the body may come.
  func refusal(ofHead head: HTTPRequest) -> HTTPResponse?
  func respond(to request: HTTPRequest) -> HTTPResponse
}

/// A service that is being served.
package protocol ServedService: Sendable {
  var url: String { get }
  func close()
}

/// Where the requests of a command go, for a target.
package enum CommandPlace: Sendable {
  /// To an emulator in this process, which is served as long as the command runs.
  case emulator
  /// To AWS, or to an endpoint.
  case endpoints(certificateAuthorities: String?)
  /// Nowhere: what a command printed was recorded.
  case recording
}
