package import IAMPolicy

/// Who makes a call, as the credentials say.
///
/// A class, because nothing changes it and calls hand it on: a copy costs one reference count.
package final class Caller: Sendable {
  package let kind: Kind
  /// The account the caller acts in; `nil` for anonymous callers. A role's credentials act in the role's account.
  package let accountID: String?
  /// The ARN as GetCallerIdentity shows it; `*` where anonymous.
  package let arn: String
  /// `aws:userid`: the unique id, for a session with `:` and its name; the account's id for its root user.
  package let userID: String
  /// The caller as policies name it.
  package let principal: RequestPrincipal
  /// The temporary credentials the caller signed with.
  package let session: Session?

  package enum Kind: Sendable, Hashable {
    case anonymous
    case root
    /// An IAM user, by its unique id.
    case user(id: String)
    /// A role's session, by the role's unique id.
    case roleSession(roleID: String)
    /// A federated user, by the unique id of the user who made it; `nil` for the root user.
    case federatedUser(by: String?)
  }

  package init(
    kind: Kind, accountID: String?, arn: String, userID: String, principal: RequestPrincipal, session: Session? = nil
  ) {
    self.kind = kind
    self.accountID = accountID
    self.arn = arn
    self.userID = userID
    self.principal = principal
    self.session = session
  }

  package static let anonymous = Caller(
    kind: .anonymous, accountID: nil, arn: "*", userID: "anonymous", principal: .anonymous)
}
