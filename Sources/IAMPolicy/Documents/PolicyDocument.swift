/// A policy as it is written: its version and its statements, each with its place in the source.
public struct PolicyDocument: Sendable {
  /// The language's version, which decides whether `${…}` is a variable.
  public enum Version: String, Sendable, Hashable {
    /// What a policy without `Version` has: no variables.
    case v2008 = "2008-10-17"
    /// The current one.
    case v2012 = "2012-10-17"
  }

  /// The version, 2008-10-17 where the policy names none.
  public var version: Version
  /// The `Id` element, which means nothing to the decision.
  public var id: String?
  /// The statements in their order.
  public var statements: [Statement]

  /// A policy of these parts; without statements it grants nothing.
  public init(version: Version = .v2012, id: String? = nil, statements: [Statement] = []) {
    self.version = version
    self.id = id
    self.statements = statements
  }

  /// One statement.
  public struct Statement: Sendable {
    /// Its position in the policy, from 0.
    public var index: Int
    /// The `Sid` element.
    public var sid: String?
    /// What it does when it matches.
    public var effect: Effect
    /// `Principal` or `NotPrincipal`; `nil` in policies that are attached to a principal.
    public var principal: PrincipalElement?
    /// `Action` or `NotAction`.
    public var action: ListElement
    /// `Resource` or `NotResource`; `nil` in trust policies.
    public var resource: ListElement?
    /// The `Condition` element, operator by operator and key by key, all of which must hold.
    public var conditions: [ConditionElement]
    /// The bytes of the source that spell the statement.
    public var range: Range<Int>
  }

  /// What a matching statement does.
  public enum Effect: String, Sendable, Hashable {
    /// It grants.
    case allow = "Allow"
    /// It refuses, whatever else grants.
    case deny = "Deny"
  }

  /// An element that lists patterns, in its positive or its `Not…` form.
  public struct ListElement: Sendable {
    /// Whether this is the `Not…` form, which matches what is not listed.
    public var isNegated: Bool
    /// The patterns, each with its place.
    public var patterns: [Located]
  }

  /// A text with the bytes of the source that spell it.
  public struct Located: Sendable {
    /// The text.
    public var text: String
    /// Its place, quotation marks included.
    public var range: Range<Int>
  }

  /// The `Principal` or `NotPrincipal` element.
  public struct PrincipalElement: Sendable {
    /// Whether this is `NotPrincipal`.
    public var isNegated: Bool
    /// The principals, by kind.
    public var entries: [Entry]

    /// One principal that is named.
    public struct Entry: Sendable {
      /// The kind under which it is named; `"*"` alone counts as AWS.
      public var kind: Kind
      /// The ARN, account, id, service or provider.
      public var value: Located
      /// The ARN that was written, where ``value`` has come to be the unique id that AWS keeps in its place.
      public var written: String?
    }

    /// The kinds of principal that a policy can name.
    public enum Kind: String, Sendable, Hashable {
      /// Accounts, users, roles and sessions.
      case aws = "AWS"
      /// Services of AWS.
      case service = "Service"
      /// Identity providers.
      case federated = "Federated"
      /// Accounts by S3's canonical user id.
      case canonicalUser = "CanonicalUser"
    }
  }

  /// One operator applied to one key.
  public struct ConditionElement: Sendable {
    /// The operator as written, `ForAllValues:StringLikeIfExists`.
    public var operatorName: Located
    /// The context key as written.
    public var key: Located
    /// The values, of which one must match.
    public var values: [Located]
  }
}
