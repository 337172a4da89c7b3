package import FoundationEssentials
import Glibc
package import SigV4

/// All of the world that the search for credentials looks at.
package struct CredentialSurroundings: Sendable {
  package var environment: [String: String]
  /// The user's home folder, which `~` stands for.
  package var home: String?
  package var now: @Sendable () -> Date
  /// Makes what carries calls to STS and to the services that hand out credentials; with a bound on the whole exchange where
  /// one is given.
  package var makeTransport: @Sendable (_ timeout: Duration?) -> any Transport
  /// Lets time pass between two attempts.
  package var wait: @Sendable (Duration) -> Void
  /// Where STS is, for profiles that assume a role.
  package var endpoints: ServiceEndpoints
  /// Asks the user for the code that a device shows, by its serial number; `nil` where nobody can be asked, or nobody answers.
  package var askForCode: @Sendable (_ serialNumber: String) -> Secret?

  package init(
    environment: [String: String], home: String?, now: @escaping @Sendable () -> Date,
    makeTransport: @escaping @Sendable (_ timeout: Duration?) -> any Transport,
    wait: @escaping @Sendable (Duration) -> Void, endpoints: ServiceEndpoints = .aws,
    askForCode: @escaping @Sendable (_ serialNumber: String) -> Secret? = { _ in nil }
  ) {
    self.environment = environment
    self.home = home
    self.now = now
    self.makeTransport = makeTransport
    self.wait = wait
    self.endpoints = endpoints
    self.askForCode = askForCode
  }

  /// The process's own environment, home and clock.
  /// - Parameter settings: how STS is reached.
  package static func process(
    endpoints: ServiceEndpoints = .aws, settings: CurlSettings = CurlSettings(),
    askForCode: @escaping @Sendable (_ serialNumber: String) -> Secret? = { _ in nil }
  ) -> CredentialSurroundings {
    let environment = ProcessInfo.processInfo.environment
    return CredentialSurroundings(
      environment: environment, home: environment["HOME"], now: { Date() },
      makeTransport: { timeout in
        CurlTransport(
          timeout.map { CurlSettings(connectTimeout: $0, totalTimeout: $0, proxy: .none) } ?? settings)
      }, wait: { usleep(UInt32(clamping: $0.wholeMilliseconds * 1000)) }, endpoints: endpoints, askForCode: askForCode)
  }

  /// The value of a variable; one that is empty counts as not set, as for the AWS CLI.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// `path` with the home folder in place of a leading `~`.
  func expanded(_ path: String) -> String {
    guard let home, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }
}
