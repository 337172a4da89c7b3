/// Who makes a request, as policies see it.
public struct RequestPrincipal: Sendable, Hashable {
  /// The kinds of principal; the ARNs are in the forms AWS gives them in `aws:PrincipalArn` and in denials.
  public enum Kind: Sendable, Hashable {
    /// The root user of an account.
    case root
    /// An IAM user.
    case user
    /// A session of a role, by AssumeRole or one of its kin.
    case roleSession
    /// A session that GetFederationToken gave.
    case federatedUser
    /// A service of AWS, `ec2.amazonaws.com`.
    case service
    /// Somebody an identity provider vouches for, before a role is assumed.
    case federated
    /// A request without a signature.
    case anonymous
  }

  /// What kind of principal this is.
  public var kind: Kind
  /// The ARN of the caller: the session's for a role session. The name of a service, the name or ARN of a provider; empty
  /// for an anonymous request.
  public var arn: String
  /// Twelve digits; empty for a service, a provider and an anonymous request.
  public var account: String
  /// The role's ARN, for a role session; the issuing user's, for a federated user where it is known.
  ///
  /// A session's own ARN leaves out the role's path. Where nothing better is known this is derived without one, and
  /// then ``matchesBaseByName`` is set.
  public var baseARN: String?
  /// Whether ``baseARN`` was derived from a session's ARN, so that the role's path is unknown.
  public var matchesBaseByName = false
  /// The unique id that stored policies name the principal by: `AIDA…` of a user, `AROA…` of a session's role.
  public var uniqueID: String?
  /// S3's canonical user id of the principal's account, where it is known.
  public var canonicalUserID: String?
  /// Whether the principal, or the role of a session, carries a permissions boundary.
  public var hasPermissionsBoundary = false
  /// Whether this is a session of a service-linked role, which guardrails do not bind.
  public var isServiceLinkedRole = false

  /// A principal whose parts are known.
  public init(kind: Kind, arn: String, account: String, baseARN: String? = nil, uniqueID: String? = nil) {
    self.kind = kind
    self.arn = arn
    self.account = account
    self.baseARN = baseARN
    self.uniqueID = uniqueID
    let path = "role/aws-service-role/"
    isServiceLinkedRole = baseARN.flatMap { ARN($0) }?.resource.hasPrefix(path) ?? false
  }

  /// A request that nobody signed.
  public static let anonymous = RequestPrincipal(kind: .anonymous, arn: "", account: "")

  /// A service of AWS by its name.
  public static func service(_ name: String) -> RequestPrincipal {
    RequestPrincipal(kind: .service, arn: name, account: "")
  }

  /// What an identity provider vouches for, by the provider's name or ARN.
  public static func federated(_ provider: String) -> RequestPrincipal {
    RequestPrincipal(kind: .federated, arn: provider, account: "")
  }

  /// The last part of a user's name or path; `nil` for any other principal.
  public var userName: String? {
    guard kind == .user, let slash = arn.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return String(arn[arn.utf8.index(after: slash)...])
  }
}
