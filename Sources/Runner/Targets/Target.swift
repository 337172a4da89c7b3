package import AWSAPI
package import AWSClient
package import Emulator
package import FoundationEssentials
package import HTTP
package import IAMPolicy
package import Scenario
package import SigV4

/// Where a scenario's requests go. It decides nothing else: the same steps run on every target.
package protocol Target: Sendable {
  /// What reports call it.
  var name: String { get }
  var region: String { get }
  /// The time that signatures carry and credentials expire by.
  var now: Date { get }
  /// The host that requests for `service` are addressed to.
  func host(for service: Service) -> String
  func send(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse
  /// The credentials that stand for an account's name; `nil` where the target has none.
  func administrator(of accountID: String) -> Credentials?
  func rootUser(of accountID: String) -> Credentials?
  /// Moves the clock; `false` where the target's clock cannot be moved.
  func advance(by duration: Duration) -> Bool
  /// Lets time pass between two attempts.
  func wait(_ duration: Duration)
  /// Who plays the scenario's identity providers; `nil` where the target would not believe them.
  var identityProviders: (any IdentityProviderPlay)? { get }
  /// Why a request was allowed or refused, where the target says it.
  func decision(forRequestID id: String) -> Decision?
  /// All that is kept of how a request was decided; only the emulator keeps it.
  func record(forRequestID id: String) -> DecisionRecord?
}

extension Target {
  package func record(forRequestID id: String) -> DecisionRecord? { nil }
}

extension Target {
  package var identityProviders: (any IdentityProviderPlay)? { nil }
}
