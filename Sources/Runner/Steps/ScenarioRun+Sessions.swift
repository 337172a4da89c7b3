import AWSAPI
import FoundationEssentials
import Scenario
import SigV4

/// What a call is sent with: credentials, or none for a request that nobody signs.
struct Signing {
  var credentials: Credentials?
  /// The account that the principal acts in; `nil` for requests that nobody signs.
  var account: String?

  static let none = Signing(credentials: nil, account: nil)

  private init(credentials: Credentials?, account: String?) {
    self.credentials = credentials
    self.account = account
  }

  init(_ session: Principals.Session) {
    self.init(credentials: session.credentials, account: session.account)
  }
}

extension ScenarioRun {
  /// The credentials of `name`; a role chain is assumed first where it has none that are still good.
  /// - Returns: `nil` where a role of the chain refused, which `result` then says: a refusal is an answer about permissions,
  ///   not a fault of the run.
  mutating func session(of name: Located<String>, _ result: inout StepResult) throws(Problem) -> Signing? {
    switch try principals.identity(name, on: target, in: scope) {
    case .anonymous: return Signing.none
    case .credentials(let session): return Signing(session)
    case .chain(let chain):
      if let session = principals[session: name.value], isGood(session) {
        return Signing(session)
      }
      return try assume(chain, as: name, &result)
    }
  }

  /// Credentials are renewed a little early, so that they do not run out on the way.
  private static let margin: TimeInterval = 5

  private func isGood(_ session: Principals.Session) -> Bool {
    session.expiration.map { $0.timeIntervalSince(target.now) > Self.margin } ?? true
  }

  private mutating func assume(
    _ chain: Scenario.RoleChain, as name: Located<String>, _ result: inout StepResult
  ) throws(Problem) -> Signing? {
    guard let from = try session(of: chain.from, &result) else { return nil }
    guard let operation = Catalogue.operation(.sts, "AssumeRole") else {
      throw Problem("sts:AssumeRole is not in the catalogue", at: name.range)
    }
    let parameters = try resolved { scope, _ throws(Diagnostic) in
      try chain.parameters(in: scope, fallbackSession: name.value)
    }
    let exchange = try caller.call(
      AWSCall(operation: operation, parameters: parameters), as: chain.from.value, from.credentials)
    result.renewals.append(remote?.rules.naming.canonicalizer().apply(exchange) ?? exchange)
    switch exchange.outcome {
    case .success(let answer):
      guard let session = Principals.Session(answer, callerAccount: from.account) else {
        throw Problem("the answer has no credentials for '\(name.value)'", at: name.range)
      }
      principals[session: name.value] = session
      places.note(sessionPolicy: chain.policy, of: answer)
      return Signing(session)
    case .failure(let error):
      if error.isNotReady, remote != nil {
        result.verdict = .notReady("\(error.code): \(error.message)")
        return nil
      }
      guard error.status == 403, !error.isNotReady else {
        throw Problem("'\(name.value)' could not be assumed: \(error.code): \(error.message)", at: name.range)
      }
      let notes = places.notes(for: exchange)
      result.verdict = .failed([
        Mismatch(
          "'\(name.value)' could not assume its role", at: name.range, label: "sts:AssumeRole returned \(error.code)",
          notes: [Diagnostic.Note(error.message)] + notes)
      ])
      return nil
    }
  }
}

extension Scenario.RoleChain {
  /// The parameters of AssumeRole.
  fileprivate func parameters(in scope: Scope, fallbackSession: String) throws(Diagnostic) -> AWSStructure {
    var parameters: AWSStructure = [
      "RoleArn": .string(try role.text(in: scope)),
      "RoleSessionName": .string(try session?.text(in: scope) ?? fallbackSession),
    ]
    if let duration { parameters["DurationSeconds"] = .integer(Int(duration.value.duration.components.seconds)) }
    if let externalID { parameters["ExternalId"] = .string(try externalID.text(in: scope)) }
    if let sourceIdentity { parameters["SourceIdentity"] = .string(try sourceIdentity.text(in: scope)) }
    if let policy { parameters["Policy"] = .string(try policy.value(in: scope).text) }
    var arns: [AWSValue] = []
    for arn in policyArns { arns.append(["arn": .string(try arn.text(in: scope))]) }
    if !arns.isEmpty { parameters["PolicyArns"] = .list(arns) }
    var pairs: [AWSValue] = []
    for tag in tags {
      pairs.append(["Key": .string(try tag.key.text(in: scope)), "Value": .string(try tag.value.text(in: scope))])
    }
    if !pairs.isEmpty { parameters["Tags"] = .list(pairs) }
    var keys: [AWSValue] = []
    for key in transitiveTagKeys { keys.append(.string(try key.text(in: scope))) }
    if !keys.isEmpty { parameters["TransitiveTagKeys"] = .list(keys) }
    return parameters
  }
}
