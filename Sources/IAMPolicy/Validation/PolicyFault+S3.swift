// The words of S3 for bucket policies, quoted from AWS's answers in public. `Invalid policy syntax.` is its general one.
extension PolicyFault {
  /// What S3 answers, as `MalformedPolicy`.
  public var s3Message: String {
    switch self {
    case .notJSON, .leadingSpace: "Policies must be valid JSON and the first byte must be '{'"
    case .tooLarge(_, let limit): "Normalized policy document exceeds the maximum allowed size of \(limit) bytes."
    case .missingElement(let name): "Missing required field \(name)"
    case .emptyElement("Statement"): "Could not parse the policy: Statement is empty!"
    case .emptyElement("Principal"), .principalKind, .principalForm, .unknownPrincipal: "Invalid principal in policy"
    case .emptyElement(let name): "Missing required field \(name)"
    case .unknownElement(let name): "Unknown field \(name)"
    case .unknownVersion, .outdatedVersion: "The policy must contain a valid version string"
    case .unknownEffect(let effect), .prohibitedEffect(let effect, _): "Invalid effect: \(effect)"
    case .repeatedSid: "Statement IDs (SID) in a single policy must be unique."
    case .actionWithoutService, .actionWithColons, .actionServicePattern, .foreignAction: "Policy has invalid action"
    case .resourceNotARN, .resourceAccount, .resourcePartition, .resourceServicePattern, .resourceRegion,
      .resourceType, .foreignResource:
      "Policy has invalid resource"
    case .actionWithoutResource: "Action does not apply to any resource(s) in statement"
    case .unknownOperator(let name): "Invalid Condition type : \(name)"
    case .keyWithoutService: "Policy has an invalid condition key"
    case .wrongKind, .repeatedElement, .exclusiveElements, .prohibitedElement, .sidCharacters, .conditionValue,
      .missingCondition:
      "Invalid policy syntax."
    }
  }

  /// What S3 puts into the error's `Detail`; `nil` where it has none.
  public var s3Detail: String? {
    switch self {
    case .principalForm(let kind, let name), .unknownPrincipal(let kind, let name): "\"\(kind)\" : \"\(name)\""
    case .actionWithoutService(let text), .actionWithColons(let text), .actionServicePattern(let text),
      .foreignAction(let text, _), .resourceNotARN(let text), .resourceAccount(let text),
      .resourcePartition(let text, _), .resourceServicePattern(let text), .resourceRegion(let text),
      .resourceType(let text), .foreignResource(let text), .keyWithoutService(let text):
      text
    default: nil
    }
  }
}
