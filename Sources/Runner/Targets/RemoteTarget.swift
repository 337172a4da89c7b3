import AWSAPI
package import AWSClient
import FoundationEssentials
import HTTP
import Scenario
package import SigV4
import Synchronization

/// A server that answers as AWS does, or AWS itself: accounts that are there before a run, and after it.
package final class RemoteTarget: Target {
  package let name: String
  package let client: AWSClient
  package let conditions: RunConditions?
  private let definition: TargetDefinition
  private let accounts: [TargetDefinition.AccountBinding]
  private let resolver: any BindingResolver
  private let clock: RemoteClock
  private let certificateAuthorities: String?
  private let known = Mutex(Known())

  /// What was found out so far.
  private struct Known {
    var credentials: [TargetDefinition.CredentialBinding: BoundCredentials] = [:]
    var identities: [TargetDefinition.CredentialBinding: CallerIdentity] = [:]
  }

  /// - Parameters:
  ///   - accounts: the set of accounts, of the target's own or one of its pairs.
  ///   - client: reaches the target, and is made by ``RemoteTargets``.
  init(
    _ definition: TargetDefinition, name: String, accounts: [TargetDefinition.AccountBinding], client: AWSClient,
    clock: RemoteClock, resolver: any BindingResolver, conditions: RunConditions, certificateAuthorities: String? = nil
  ) {
    self.name = name
    self.definition = definition
    self.accounts = accounts
    self.client = client
    self.clock = clock
    self.resolver = resolver
    self.conditions = conditions
    self.certificateAuthorities = certificateAuthorities
  }

  package var commandPlace: CommandPlace { .endpoints(certificateAuthorities: certificateAuthorities) }

  package func administrator(of accountID: String) throws(Problem) -> Credentials? {
    guard let binding = accounts.first(where: { $0.id.value == accountID })?.credentials else { return nil }
    return try resolved(binding).credentials
  }

  /// Nobody's root user is given to a program.
  package func rootUser(of accountID: String) -> Credentials? { nil }

  package func principal(named name: String) throws(Problem) -> BoundPrincipal? {
    guard let binding = definition.principals.first(where: { $0.name.value == name })?.credentials else { return nil }
    let credentials = try resolved(binding).credentials
    return BoundPrincipal(credentials: credentials, account: known.withLock { $0.identities[binding]?.account })
  }

  package func advance(by duration: Duration) -> Bool { clock.advance(duration) }
  package func wait(_ duration: Duration) { client.wait(duration) }
  package var elapsed: Duration { clock.elapsed }

  /// Credentials are resolved again a little before they end.
  private static let margin: TimeInterval = 60

  private func resolved(_ binding: TargetDefinition.CredentialBinding) throws(Problem) -> BoundCredentials {
    if let resolved = known.withLock({ $0.credentials[binding] }),
      resolved.expiration.map({ $0.timeIntervalSince(now) > Self.margin }) ?? true
    {
      return resolved
    }
    let resolved = try resolver.credentials(from: binding)
    known.withLock { $0.credentials[binding] = resolved }
    return resolved
  }

  // MARK: Who answers

  /// Asks who stands behind every account and principal, before anything is written.
  /// - Throws: that it is another account than the target says, or one that may not be used.
  package func verify(redactor: Redactor) throws(Problem) -> [CallerIdentity] {
    var identities: [CallerIdentity] = []
    let caller = Caller(target: self, redactor: redactor)
    for account in accounts {
      if let problem = definition.problem(withAccount: account.id.value) {
        throw Problem(problem, at: account.id.range)
      }
      guard let binding = account.credentials else { continue }
      var identity = try self.identity(binding, caller)
      identity.name = account.name.value
      guard identity.account == account.id.value else {
        throw Problem(
          "account \(account.name.value) of the target \(name) is \(account.id.value), but its credentials are of account \(identity.account)",
          at: account.id.range,
          notes: [.init("\(identity.source) answers as \(identity.arn)"), .init("nothing was written")])
      }
      identities.append(identity)
    }
    for principal in definition.principals {
      var identity = try self.identity(principal.credentials, caller)
      identity.name = principal.name.value
      if let problem = definition.problem(withAccount: identity.account) {
        throw Problem("\(principal.name.value) acts in \(identity.account): \(problem)", at: principal.name.range)
      }
      identities.append(identity)
    }
    return identities
  }

  private func identity(
    _ binding: TargetDefinition.CredentialBinding, _ caller: Caller
  ) throws(Problem) -> CallerIdentity {
    if let identity = known.withLock({ $0.identities[binding] }) { return identity }
    // The user's other tools go there with this profile, and the run would not: that is not decided silently.
    if definition.kind == .aws, definition.endpointURLs.isEmpty, let override = resolver.endpointOverride(of: binding) {
      throw Problem(
        "\(override.place) leads requests for AWS to \(override.url)", at: definition.name.range,
        notes: [.init("remove it, or name the endpoint in the target's `endpoint_urls`")])
    }
    let resolved = try resolved(binding)
    let identity = try CallerIdentity(resolved, caller)
    known.withLock { $0.identities[binding] = identity }
    return identity
  }
}

/// Who credentials belong to, as AWS itself says it.
package struct CallerIdentity: Sendable {
  /// The scenario's name for it.
  package var name = ""
  package var account: String
  package var arn: String
  /// Where the credentials came from.
  package var source: String

  init(_ resolved: BoundCredentials, _ caller: Caller) throws(Problem) {
    guard let operation = Catalogue.operation(.sts, "GetCallerIdentity") else {
      throw Problem("sts:GetCallerIdentity is not in the catalogue")
    }
    let exchange = try caller.call(AWSCall(operation: operation, parameters: [:]), as: "", resolved.credentials)
    switch exchange.outcome {
    case .failure(let error):
      throw Problem("\(resolved.source): GetCallerIdentity was answered \(error.code): \(error.message)")
    case .success(let answer):
      account = answer["Account"]?.string ?? ""
      arn = answer["Arn"]?.string ?? ""
      source = resolved.source
    }
  }
}
