import AWSClient
import Emulator
import FoundationEssentials
import SigV4

/// The commands of one run of one scenario: their folder, and the emulator as it is served to them. Both are made with the
/// first command, and there until the run's end.
final class CommandSession {
  private let host: CommandHost
  private let redactor: Redactor
  private var folder: CommandFolder?
  private var observed: ObservedEmulator?
  private var served: (any ServedService)?

  init(_ host: CommandHost, redactor: Redactor) {
    self.host = host
    self.redactor = redactor
  }

  deinit { close() }

  func close() {
    served?.close()
    served = nil
    folder?.remove()
    folder = nil
  }

  /// Why there is no program to run; `nil` where there is one.
  var obstacle: String? { if case .missing(let reason) = host.program { reason } else { nil } }

  /// The endpoint at which commands reach `emulator`.
  func endpoint(of emulator: Emulator) throws(Problem) -> Endpoint {
    if served == nil {
      let observed = ObservedEmulator(emulator, redactor: redactor)
      self.observed = observed
      served = try host.serve(observed)
    }
    guard let url = served?.url, let endpoint = Endpoint(url: url) else {
      throw Problem("the emulator cannot be served to commands")
    }
    return endpoint
  }

  /// Puts a file where commands run.
  func write(_ bytes: [UInt8], to name: String) throws(Problem) {
    let folder = try folderOfRun()
    try folder.write(bytes, to: folder.files + "/" + name)
  }

  private func folderOfRun() throws(Problem) -> CommandFolder {
    if let folder { return folder }
    let made = try CommandFolder()
    folder = made
    return made
  }

  enum Outcome {
    case ended(CommandExchange)
    /// There is no AWS CLI after all, and why.
    case notThere(String)
  }

  /// Runs a command to its end.
  func run(_ words: [String], _ surroundings: CommandSurroundings) throws(Problem) -> Outcome {
    let program: String
    switch host.program {
    case .missing(let reason): return .notThere(reason)
    case .found(let path): program = path
    }
    if let credentials = surroundings.credentials { redactor.add(credentials) }
    let folder = try folderOfRun()
    let home = try folder.makeHome()
    try folder.write(Array(surroundings.configuration.utf8), to: home + "/.aws/config")
    try folder.write(Array(surroundings.credentialsFile.utf8), to: home + "/.aws/credentials")
    var settings = ChildProcessSettings(timeout: host.timeout, limit: host.largestOutput)
    settings.folder = folder.files
    settings.standsAlone = true
    settings.isStopped = { Interruption.isRequested }
    var variables = surroundings.variables(home: home)
    variables["PATH"] = host.searchPath
    observed?.begin(principal: surroundings.principal, accessKeyID: surroundings.credentials?.accessKeyID)
    let ending: ChildProcessEnding
    do throws(ChildProcessFailure) {
      ending = try ChildProcess.end(of: [program] + words.dropFirst(), environment: variables, settings)
    } catch {
      if case .notStarted = error { return .notThere("\(error)") }
      throw Problem("\(error)")
    }
    guard case .exited(let status) = ending.status else { throw Problem("`aws` was ended by \(ending.status)") }
    // What a shell's stand-in for a program ends with where the program is not there; the AWS CLI itself never does.
    if status == 126 || status == 127 {
      let complaint = String(decoding: ending.errors, as: UTF8.self).split(separator: "\n").first ?? ""
      return .notThere("\(program) cannot be run: \(complaint)")
    }
    return .ended(exchange(words, surroundings, status: status, ending))
  }

  private func exchange(
    _ words: [String], _ surroundings: CommandSurroundings, status: Int, _ ending: ChildProcessEnding
  ) -> CommandExchange {
    var output = CommandOutput.settled(String(decoding: ending.output, as: UTF8.self))
    var errors = CommandOutput.settled(String(decoding: ending.errors, as: UTF8.self))
    if let observed {
      output = observed.ownTimes(in: output)
      errors = observed.ownTimes(in: errors)
    }
    CommandOutput.addSecrets(of: words, output, to: redactor)
    return CommandExchange(
      principal: surroundings.principal, words: words, variables: surroundings.credentialVariables,
      configuration: surroundings.shownConfiguration, status: status, output: output, errors: errors,
      shownOutput: observed.map { CommandOutput.steady(output, signingTime: $0.signingTime) },
      calls: observed?.calls ?? [])
  }
}
