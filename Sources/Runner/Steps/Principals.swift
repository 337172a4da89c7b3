import AWSAPI
import FoundationEssentials
import IAMPolicy
import Scenario
import SigV4

/// The principals of a running scenario with the credentials they have at this moment.
struct Principals {
  /// Credentials, and when they end.
  struct Session {
    var credentials: Credentials
    var expiration: Date?
    /// The account that they act in.
    var account: String?
  }

  /// What stands behind a name.
  enum Identity {
    case anonymous
    case credentials(Session)
    case chain(Scenario.RoleChain)
  }

  private let scenario: Scenario
  private var sessions: [String: Session] = [:]

  init(_ scenario: Scenario) {
    self.scenario = scenario
  }

  /// What is behind `name` now.
  /// - Throws: that there is no such principal, or that it has no credentials yet.
  func identity(_ name: Located<String>, on target: any Target, in scope: Scope) throws(Problem) -> Identity {
    if name.value == "anonymous" { return .anonymous }
    if let declared = scenario.principals.first(where: { $0.name.value == name.value }) {
      switch declared.kind {
      case .role(let chain): return .chain(chain)
      case .root(let account):
        return .credentials(try root(scope.accounts[account.value] ?? account.value, on: target, at: name.range))
      case .identity: break
      }
    }
    if let session = sessions[name.value] { return .credentials(session) }
    if let bound = try target.principal(named: name.value) {
      return .credentials(Session(credentials: bound.credentials, account: bound.account))
    }
    guard let account = scope.accounts[name.value] else {
      throw Problem("'\(name.value)' has no credentials yet", at: name.range, notes: waysToCredentials(of: name.value))
    }
    guard let credentials = try target.administrator(of: account) else {
      throw Problem("the target \(target.name) has no credentials for account \(account)", at: name.range)
    }
    return .credentials(Session(credentials: credentials, account: account))
  }

  /// Where a principal's credentials can come from, for whoever declared one and gave it none.
  private func waysToCredentials(of name: String) -> [Diagnostic.Note] {
    let declared = scenario.principals.first { $0.name.value == name }
    guard case .identity(let account)? = declared?.kind else { return [] }
    return [
      .init(
        "a step that makes an access key or a session gives it some with `become: \(name)`; a target may bind it to a profile"
      ),
      .init("the administrator of \(account.value) needs no declaration: `as: \(account.value)`"),
    ]
  }

  private func root(_ account: String, on target: any Target, at range: SourceRange) throws(Problem) -> Session {
    guard let credentials = target.rootUser(of: account) else {
      throw Problem("the target \(target.name) has no root user's credentials for account \(account)", at: range)
    }
    return Session(credentials: credentials, account: account)
  }

  subscript(session name: String) -> Session? {
    get { sessions[name] }
    set { sessions[name] = newValue }
  }
}

extension Principals.Session {
  /// The credentials in an answer: of an STS operation, or a new access key.
  /// A role's credentials act in the role's account, others in the account of who asked for them.
  init?(_ answer: AWSStructure, callerAccount: String?) {
    let found = answer["Credentials"]?.structure ?? answer["AccessKey"]?.structure
    guard let found, let key = found["AccessKeyId"]?.string, let secret = found["SecretAccessKey"]?.string else {
      return nil
    }
    credentials = Credentials(
      accessKeyID: key, secretAccessKey: Secret(secret), sessionToken: found["SessionToken"]?.string.map { Secret($0) })
    expiration = found["Expiration"]?.timestamp
    let role = answer["AssumedRoleUser"]?.structure?["Arn"]?.string.flatMap { ARN($0) }
    account = role?.account ?? callerAccount
  }
}
