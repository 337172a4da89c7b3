import JSON

extension PolicyValidator {
  // MARK: Actions

  mutating func checkActions(_ statement: PolicyDocument.Statement, _ place: StatementPlace) {
    let name = statement.action.isNegated ? "NotAction" : "Action"
    let path = "\(place.path).\(name)"
    if statement.action.patterns.isEmpty {
      add(.emptyElement("Action"), path, place.member(name)?.value.range ?? place.json.range)
    }
    for action in statement.action.patterns {
      if let fault = fault(inAction: action.text, isNegated: statement.action.isNegated) {
        add(fault, path, action.range)
      }
    }
  }

  private func fault(inAction action: String, isNegated: Bool) -> PolicyFault? {
    if action == "*" || action == "*:*" {
      // A role is assumed and nothing else; of a bucket, `*` is what S3 offers.
      return type == .trust && !isNegated ? .foreignAction(action, type) : nil
    }
    let parts = action.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 1 || parts[0].isEmpty { return .actionWithoutService(action) }
    if parts.count > 2 { return .actionWithColons(action) }
    let service = ASCII.lower(String(parts[0]))
    if service.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
      return .actionServicePattern(action)
    }
    switch type {
    case .trust where !isNegated: return Self.isTrustAction(parts[1], of: service) ? nil : .foreignAction(action, type)
    case .bucket:
      // S3 knows its actions, and refuses those it does not have (`s3:ListObjects`).
      let isKnown = service == "s3" && ServiceActions.exists(String(parts[1]), in: "s3") == true
      return isKnown ? nil : .foreignAction(action, type)
    default: return nil
    }
  }

  /// What a trust policy can be about. Names that STS does not have were seen to be refused (`sts:TagSessions`).
  private static func isTrustAction(_ name: Substring, of service: String) -> Bool {
    guard service == "sts" else { return false }
    let glob = Glob(ASCII.lower(String(name)))
    return trustActions.contains { glob.matches($0) }
  }

  private static let trustActions = [
    "assumerole", "assumerolewithsaml", "assumerolewithwebidentity", "tagsession", "setsourceidentity", "setcontext",
  ]

  // MARK: Resources

  mutating func checkResources(_ statement: PolicyDocument.Statement, _ place: StatementPlace) {
    guard let resource = statement.resource, type.resourceRule != .forbidden else { return }
    let name = resource.isNegated ? "NotResource" : "Resource"
    let path = "\(place.path).\(name)"
    if resource.patterns.isEmpty {
      add(.emptyElement("Resource"), path, place.member(name)?.value.range ?? place.json.range)
    }
    var isWellFormed = true
    for pattern in resource.patterns {
      guard let fault = fault(inResource: pattern.text) else { continue }
      isWellFormed = false
      add(fault, path, pattern.range)
    }
    if type == .bucket, isWellFormed { checkActionTargets(statement, resource, place) }
  }

  /// S3 refuses an action that is on none of the statement's resources, also where others are.
  private mutating func checkActionTargets(
    _ statement: PolicyDocument.Statement, _ resource: PolicyDocument.ListElement, _ place: StatementPlace
  ) {
    guard !statement.action.isNegated, !resource.isNegated else { return }
    let kinds = resource.patterns.reduce(into: Set()) { $0.formUnion(S3ActionTargets.kinds(ofResource: $1.text)) }
    for action in statement.action.patterns {
      guard let colon = action.text.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = action.text[action.text.utf8.index(after: colon)...]
      guard ServiceActions.exists(String(name), in: "s3") == true,
        !kinds.contains(where: { S3ActionTargets.matches(name, on: $0) })
      else { continue }
      add(.actionWithoutResource(action.text), "\(place.path).Action", action.range)
    }
  }

  private func fault(inResource resource: String) -> PolicyFault? {
    if type == .bucket { return isOfBucket(resource) ? nil : .foreignResource(resource) }
    if resource == "*" { return nil }
    guard resource.hasPrefix("arn:") else { return .resourceNotARN(resource) }
    // "When you specify an incomplete ARN … in an identity-based policy, AWS automatically completes the ARN by adding
    // wildcard characters (*) to all missing fields" (IAM User Guide, "IAM identifiers").
    let missing = max(0, 5 - resource.utf8.count { $0 == UInt8(ascii: ":") })
    guard let arn = ARN(resource + String(repeating: ":*", count: missing)) else { return .resourceNotARN(resource) }
    // One partition is there, `aws`.
    guard Glob(arn.partition).matches("aws") else { return .resourcePartition(resource, partition: arn.partition) }
    if arn.service.isEmpty { return .resourceServicePattern(resource) }
    // IAM says that the vendor "must be fully qualified and cannot contain regexes"; a whole `*` is taken here all the same.
    if arn.service != "*", arn.service.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
      return .resourceServicePattern(resource)
    }
    guard Self.canBeAccount(arn.account) else { return .resourceAccount(resource) }
    guard arn.service == "iam" else { return nil }
    if !arn.region.isEmpty, arn.region != "*" { return .resourceRegion(resource) }
    return Self.isIAMType(arn.resource) ? nil : .resourceType(resource)
  }

  /// An account, a pattern or a variable; what AWS itself owns has a word there (`aws`, `cloudfront`). A word that was to be
  /// replaced, such as `ACCOUNT_ID`, was seen to be refused.
  private static func canBeAccount(_ text: String) -> Bool {
    let bytes = text.utf8
    if bytes.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "$") }) {
      return true
    }
    return isAccount(text) || bytes.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
  }

  /// Source: IAM's own words: "IAM resource path must either be "*" or start with user/, federated-user/, …".
  private static func isIAMType(_ resource: String) -> Bool {
    resource == "*" || resource == "root" || PolicyFault.resourceTypes.contains { resource.hasPrefix($0 + "/") }
      || resource.hasPrefix("${")
  }

  /// Whether a pattern is the bucket or objects of it. S3 refuses `*` and every pattern that could be another's.
  private func isOfBucket(_ resource: String) -> Bool {
    guard let bucketARN else { return resource.hasPrefix("arn:aws:s3:::") }
    return resource == bucketARN || resource == bucketARN + "*" || resource.hasPrefix(bucketARN + "/")
  }

  // MARK: Conditions

  mutating func checkConditions(_ statement: PolicyDocument.Statement, _ place: StatementPlace) {
    for condition in statement.conditions {
      let path = "\(place.path).Condition.\(condition.operatorName.text)"
      guard let comparison = ConditionOperator(condition.operatorName.text)?.comparison else {
        add(.unknownOperator(condition.operatorName.text), path, condition.operatorName.range)
        continue
      }
      let key = condition.key.text
      if !key.utf8.contains(UInt8(ascii: ":")) || key.utf8.first == UInt8(ascii: ":") {
        add(.keyWithoutService(key), "\(path).\(key)", condition.key.range)
      }
      for value in condition.values where !Self.isComparable(value.text, by: comparison) {
        add(.conditionValue(value.text, operatorName: condition.operatorName.text), "\(path).\(key)", value.range)
      }
    }
  }

  /// Whether a value is of the kind that the operator compares. Texts may be anything; a variable's value is not known yet.
  static func isComparable(_ text: String, by comparison: ConditionOperator.Comparison) -> Bool {
    switch comparison {
    case .bool, .null:
      let text = ASCII.lower(text)
      return text == "true" || text == "false" || (comparison == .bool && text.hasPrefix("${"))
    default: return ConditionValue(text, for: comparison, version: .v2012).isReadable
    }
  }
}
