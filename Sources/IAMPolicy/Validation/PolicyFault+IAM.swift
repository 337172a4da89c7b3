// The words of IAM, and of STS, which reads session policies as IAM does. The messages were quoted from AWS's answers in
// public (bug reports of tools that call it), those that were not are IAM's general one, `Syntax errors in policy.`
extension PolicyFault {
  /// What IAM answers, as `MalformedPolicyDocument` but for ``tooLarge(size:limit:)``.
  public func iamMessage(in type: PolicyType) -> String {
    switch self {
    // Trust policies are read by another reader than those of identities, and each has its own words for the same.
    case .notJSON: type == .trust || type == .session ? "This policy contains invalid Json" : Self.syntaxErrors
    case .leadingSpace: type == .trust ? "JSON strings must not have leading spaces" : Self.legacyParsing
    case .tooLarge(_, let limit): Self.limitMessage(limit, type)
    case .missingElement(let name): Self.missingMessage(name, type)
    case .emptyElement(let name): Self.emptyMessage(name, type)
    case .prohibitedElement(let name, _):
      switch name {
      case "Principal", "NotPrincipal": "Policy document should not specify a principal."
      default: "Has prohibited field \(name)"
      }
    case .unknownVersion: type == .trust ? "The policy must contain a valid version string" : Self.syntaxErrors
    case .outdatedVersion: "Policy document must be version 2012-10-17 or greater."
    case .sidCharacters:
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
    case .repeatedSid: "Statement IDs (SID) in a single policy must be unique."
    case .actionWithoutService, .keyWithoutService:
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
    case .actionWithColons: "Actions/Condition can contain only one colon."
    case .actionServicePattern: "Vendors must be fully qualified and cannot contain regexes."
    case .foreignAction:
      type == .trust ? "AssumeRole policy may only specify STS AssumeRole actions." : Self.syntaxErrors
    case .resourceNotARN(let resource): "Resource \(resource) must be in ARN format or \"*\"."
    case .resourceAccount: Self.legacyParsing
    case .resourcePartition(let resource, let partition):
      "Partition \"\(partition)\" is not valid for resource \"\(resource)\"."
    case .resourceServicePattern: "Resource vendor must be fully qualified and cannot contain regexes."
    case .resourceRegion(let resource): "IAM resource \(resource) cannot contain region information."
    case .resourceType:
      "IAM resource path must either be \"*\" or start with "
        + Self.resourceTypes.map { $0 + "/" }.joined(separator: ", ")
        + "."
    case .principalForm("Federated", _): "Federated principals must be valid domain names or SAML metadata ARNs"
    case .principalForm(let kind, let name), .unknownPrincipal(let kind, let name):
      // Quoted so, in capitals, of services: `"SERVICE":"codepipeiine.amazonaws.com"`.
      "Invalid principal in policy: \"\(kind == "Service" ? "SERVICE" : kind)\":\"\(name)\""
    case .principalKind(let kind): "Invalid principal in policy: \"\(kind)\""
    // AWS documents the refusal and not its words.
    case .missingCondition(let key, let provider): "The trust in \(provider) must be limited by a condition on \(key)"
    case .unknownOperator(let name): type == .trust ? "Invalid Condition type : \(name)" : Self.syntaxErrors
    case .unknownElement(let name): type == .trust ? "Unknown field \(name)" : Self.syntaxErrors
    case .unknownEffect(let effect): type == .trust ? "Invalid effect: \(effect)" : Self.syntaxErrors
    case .wrongKind, .repeatedElement, .exclusiveElements, .prohibitedEffect, .foreignResource,
      .actionWithoutResource, .conditionValue:
      type == .trust ? "This policy contains invalid Json" : Self.syntaxErrors
    }
  }

  /// The types of resource that IAM names in its refusal.
  static let resourceTypes = [
    "user", "federated-user", "role", "group", "instance-profile", "mfa", "server-certificate", "policy", "sms-mfa",
    "saml-provider", "oidc-provider", "report", "access-report",
  ]

  private static let syntaxErrors = "Syntax errors in policy."
  private static let legacyParsing = "The policy failed legacy parsing"

  private static func missingMessage(_ element: String, _ type: PolicyType) -> String {
    if type == .trust { return "Missing required field \(element)" }
    return switch element {
    case "Action": "Policy statement must contain actions."
    case "Resource": "Policy statement must contain resources."
    default: syntaxErrors
    }
  }

  private static func emptyMessage(_ element: String, _ type: PolicyType) -> String {
    if type == .trust, element == "Principal" {
      return "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: "
        + "The passed in policy has a statement with no principals!"
    }
    return missingMessage(element, type)
  }

  /// An inline policy's refusal also names its owner, which is not the policy's to know.
  private static func limitMessage(_ limit: Int, _ type: PolicyType) -> String {
    switch type {
    case .managed: "Cannot exceed quota for PolicySize: \(limit)"
    case .trust: "Cannot exceed quota for ACLSizePerRole: \(limit)"
    default: "Maximum policy size of \(limit) bytes exceeded"
    }
  }
}
