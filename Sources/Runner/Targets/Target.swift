package import AWSClient
package import Emulator
package import FoundationEssentials
package import Scenario
package import SigV4

/// Where a scenario's requests go. It decides nothing else: the same steps run on every target.
package protocol Target: Sendable {
  /// What reports call it.
  var name: String { get }
  /// Makes the calls: knows the endpoints, the region, the clock that signatures carry, and how often to try.
  var client: AWSClient { get }
  /// What a run keeps to where it meets accounts that outlive it; `nil` where they end with the run.
  var conditions: RunConditions? { get }
  /// The credentials that stand for an account's name; `nil` where the target has none.
  func administrator(of accountID: String) throws(Problem) -> Credentials?
  func rootUser(of accountID: String) -> Credentials?
  /// A principal that is there already, whatever the scenario makes; `nil` where the target binds none of this name.
  func principal(named name: String) throws(Problem) -> BoundPrincipal?
  /// Moves the clock; `false` where the target's clock cannot be moved.
  func advance(by duration: Duration) -> Bool
  /// Lets time pass between two attempts.
  func wait(_ duration: Duration)
  /// Time that only goes forward, from a beginning that means nothing: corrections of the machine's clock do not move it.
  var elapsed: Duration { get }
  /// Who plays the scenario's identity providers; `nil` where the target would not believe them.
  var identityProviders: (any IdentityProviderPlay)? { get }
  /// Where the requests of `cli:` steps go.
  var commandPlace: CommandPlace { get }
  /// What a command printed when it was recorded; `nil` where it was not.
  func recordedCommand(_ words: [String], as principal: String) -> CommandExchange?
  /// How a request was decided and why, where the target says it; only the emulator does.
  func record(forRequestID id: String) -> DecisionRecord?
}

extension Target {
  package func record(forRequestID id: String) -> DecisionRecord? { nil }
  package var identityProviders: (any IdentityProviderPlay)? { nil }
  package var commandPlace: CommandPlace { .endpoints(certificateAuthorities: nil) }
  package func recordedCommand(_ words: [String], as principal: String) -> CommandExchange? { nil }
  package var conditions: RunConditions? { nil }
  package var now: Date { client.now() }
  package var elapsed: Duration { Duration(seconds: client.now().timeIntervalSince1970) }
  package func principal(named name: String) throws(Problem) -> BoundPrincipal? { nil }
}

/// An identity of a target that is there before a run.
package struct BoundPrincipal: Sendable {
  package var credentials: Credentials
  /// The account it acts in.
  package var account: String?

  package init(credentials: Credentials, account: String?) {
    self.credentials = credentials
    self.account = account
  }
}
