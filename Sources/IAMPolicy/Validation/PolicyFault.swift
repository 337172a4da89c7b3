/// What can be wrong with a policy. Texts are the policy's own, as written.
///
/// The words that a service answers with are made of it in one place for each service: ``iamMessage(in:)``,
/// ``s3Message``.
public enum PolicyFault: Sendable, Hashable {
  // MARK: The text

  /// The text is no JSON; why not.
  case notJSON(String)
  /// White space stands before the first `{`.
  case leadingSpace
  /// The policy is larger than its type allows.
  case tooLarge(size: Int, limit: Int)

  // MARK: The grammar

  /// A value of another kind than the grammar has there: what it must be, and what it is.
  case wrongKind(mustBe: String, isA: String)
  /// An element that does not exist.
  case unknownElement(String)
  /// An element that stands twice in one place.
  case repeatedElement(String)
  /// Two elements of which only one may stand in a statement.
  case exclusiveElements(String, String)
  /// An element that must be there.
  case missingElement(String)
  /// An element that policies of this type do not have.
  case prohibitedElement(String, PolicyType)
  /// An element that lists nothing.
  case emptyElement(String)
  /// A version that does not exist.
  case unknownVersion(String)
  /// Policies of this type must have the current version.
  case outdatedVersion(PolicyType)
  /// Neither `Allow` nor `Deny`.
  case unknownEffect(String)
  /// An effect that policies of this type cannot have.
  case prohibitedEffect(String, PolicyType)
  /// A `Sid` with other characters than letters and digits.
  case sidCharacters(String)
  /// A `Sid` that another statement has.
  case repeatedSid(String)

  // MARK: Actions and resources

  /// An action without the service before it.
  case actionWithoutService(String)
  /// An action with more than one colon.
  case actionWithColons(String)
  /// An action whose service is a pattern.
  case actionServicePattern(String)
  /// An action that policies of this type cannot be about.
  case foreignAction(String, PolicyType)
  /// A resource that is neither `*` nor begins with `arn:`.
  case resourceNotARN(String)
  /// An ARN with an account that is none.
  case resourceAccount(String)
  /// An ARN of a partition that does not exist here.
  case resourcePartition(String, partition: String)
  /// An ARN whose service is a pattern or missing.
  case resourceServicePattern(String)
  /// An ARN of IAM, which is global, with a region.
  case resourceRegion(String)
  /// An ARN of IAM with a type of resource that IAM does not have.
  case resourceType(String)
  /// A resource of a bucket policy that is not that bucket's.
  case foreignResource(String)
  /// An action of a bucket policy's statement that is on none of its resources.
  case actionWithoutResource(String)

  // MARK: Principals

  /// A kind of principal that does not exist, or that policies of this type cannot name.
  case principalKind(String)
  /// A principal that is not written as principals of its kind are.
  case principalForm(kind: String, name: String)
  /// A principal that does not exist.
  case unknownPrincipal(kind: String, name: String)
  /// A trust in an identity provider that others use too, without the condition that says whom of theirs it is for.
  case missingCondition(key: String, provider: String)

  // MARK: Conditions

  /// An operator that does not exist.
  case unknownOperator(String)
  /// A context key without the service before it.
  case keyWithoutService(String)
  /// A value that its operator cannot compare.
  case conditionValue(String, operatorName: String)
}

extension PolicyFault {
  /// What is wrong, in plain words, for people who write policies.
  public var message: String {
    switch self {
    case .notJSON(let reason): "not JSON: \(reason)"
    case .leadingSpace: "white space before the first `{`"
    case .tooLarge(let size, let limit): "\(size) bytes without white space; the limit is \(limit)"
    case .wrongKind(let wanted, let found): "must be \(wanted), not \(found)"
    case .unknownElement(let name): "unknown element \(name)"
    case .repeatedElement(let name): "\(name) is given twice"
    case .exclusiveElements(let one, let other): "\(one) and \(other) exclude each other"
    case .missingElement(let name): "Missing required field \(name)"
    case .prohibitedElement(let name, let type): "\(type.article) has no `\(name)`" + Self.reason(name, type)
    case .emptyElement(let name): "\(name) lists nothing"
    case .unknownVersion: "must be 2012-10-17 or 2008-10-17"
    case .outdatedVersion(let type): "\(type == .managed ? "a managed policy" : type.article) needs Version 2012-10-17"
    case .unknownEffect: "must be Allow or Deny"
    case .prohibitedEffect(let effect, let type): "\(type.article) cannot \(effect)"
    case .sidCharacters(let sid): "the Sid `\(sid)` may have letters and digits only"
    case .repeatedSid(let sid): "the Sid `\(sid)` is another statement's too"
    case .actionWithoutService(let action): "the action `\(action)` must begin with its service: `s3:…`"
    case .actionWithColons(let action): "the action `\(action)` may have one colon only"
    case .actionServicePattern(let action): "the service of the action `\(action)` must be written out"
    case .foreignAction(let action, let type): "\(type.article) cannot be about `\(action)`"
    case .resourceNotARN(let resource): "the resource `\(resource)` is neither an ARN nor `*`"
    case .resourceAccount(let resource): "the account of the ARN `\(resource)` must have twelve digits"
    case .resourcePartition(_, let partition): "there is no partition `\(partition)`"
    case .resourceServicePattern(let resource): "the service of the ARN `\(resource)` must be written out"
    case .resourceRegion: "IAM is global: its ARNs have no region"
    case .resourceType: "IAM has no resources of this type"
    case .foreignResource(let resource): "`\(resource)` is not in this bucket"
    case .actionWithoutResource(let action): "`\(action)` is on none of the statement's resources"
    case .principalKind(let kind): "unknown kind of principal \(kind)"
    case .principalForm(let kind, let name): "`\(name)` cannot be a principal of the kind \(kind)"
    case .unknownPrincipal(let kind, let name): "there is no principal `\(name)` of the kind \(kind)"
    case .missingCondition(let key, let provider):
      "`\(provider)` vouches for others' users too: a condition on `\(key)` must say whose"
    case .unknownOperator(let name): "Invalid Condition type : \(name)"
    case .keyWithoutService(let key): "the context key `\(key)` must begin with its service: `aws:…`"
    case .conditionValue(let value, let name): "`\(value)` is nothing that \(name) compares"
    }
  }

  private static func reason(_ element: String, _ type: PolicyType) -> String {
    switch (element, type) {
    case ("Principal", .resourceControl), ("NotPrincipal", .resourceControl): ": it is for everyone"
    case ("Principal", _), ("NotPrincipal", _): ": it is for whom it is attached to"
    case ("Resource", .trust), ("NotResource", .trust): ": it is for the role that it belongs to"
    default: ""
    }
  }
}
