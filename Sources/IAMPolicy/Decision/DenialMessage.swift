/// The text of a refusal as AWS words it (IAM User Guide, "Troubleshoot access denied error messages").
///
/// `User: <ARN> is not authorized to perform: <action>[ on resource: <resource>][ <reason>]`, where the reason names one
/// layer, and services differ in how they write the resource and in whom they tell the reason: see ``Conventions``.
public struct DenialMessage: Sendable, Hashable {
  /// What a service's own wording is.
  public struct Conventions: Sendable, Hashable {
    /// When the caller learns more than `Access Denied`.
    public enum Detail: Sendable, Hashable {
      /// Always.
      case always
      /// Only callers of the resource's own account and of its organization: S3's way. Others read `Access Denied`.
      case withinOrganization
    }

    /// Whether the resource stands in quotation marks, as S3 writes it.
    public var quotesResource = false
    /// When the reason is given at all.
    public var detail = Detail.always
    /// Whether the reason is left out where nothing allows: STS says it of denies only.
    public var hidesMissingAllow = false
    /// Whether the ARN of the managed policy that denies is appended, as AWS does of late.
    public var namesManagedPolicies = true

    /// IAM's wording, which most services share.
    public static let standard = Conventions()

    /// S3's wording (S3 User Guide, "Access denied (403 Forbidden) errors").
    public static let s3: Conventions = {
      var conventions = Conventions()
      conventions.quotesResource = true
      conventions.detail = .withinOrganization
      return conventions
    }()

    /// The wording of AssumeRole and its kin, as it was observed.
    public static let sts: Conventions = {
      var conventions = Conventions()
      conventions.hidesMissingAllow = true
      return conventions
    }()

    /// The wording of the service whose action this is, `s3:GetObject`.
    public static func forAction(_ action: String) -> Conventions {
      let action = RequestedAction(action)
      if action.begins(with: "s3:") { return .s3 }
      return action.begins(with: "sts:") ? .sts : .standard
    }
  }

  /// The message.
  public let text: String

  /// The message for a refused request.
  /// - Parameters:
  ///   - resource: what the message calls the resource; by default what AWS was seen to call it. `nil` leaves it out.
  ///   - isSameOrganization: whether the caller's account and the resource's are known to share an organization.
  ///   - conventions: the service's wording, by default that of the request's action.
  public init(
    _ decision: Decision, of request: AuthorizationRequest, resource: String?, isSameOrganization: Bool = false,
    conventions: Conventions? = nil
  ) {
    let conventions = conventions ?? .forAction(request.action)
    if conventions.detail == .withinOrganization, !request.isWithinOneAccount, !isSameOrganization {
      text = Self.plain
      return
    }
    if decision.decidedBy == .rootUser, request.requestedAction.isOne(of: "sts:assumerole") {
      text = "Roles may not be assumed by root accounts."
      return
    }
    if decision.decidedBy == .credentialKind, request.requestedAction.begins(with: "sts:get") {
      let operation = request.action.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst()
      text = "Cannot call \(String(Substring(operation))) with session credentials"
      return
    }
    if request.requestedAction.isOne(of: "sts:assumerolewithwebidentity", "sts:assumerolewithsaml") {
      // Who has no AWS credentials has no ARN to be addressed by.
      text = "Not authorized to perform \(request.action)"
      return
    }
    var text = "User: \(request.principal.nameInMessages) is not authorized to perform: \(request.action)"
    if let resource {
      text += " on resource: " + (conventions.quotesResource ? "\"\(resource)\"" : resource)
    }
    self.text = text + Self.reason(for: decision, action: request.action, conventions: conventions)
  }

  /// The message for a refused request, with the resource called what AWS was seen to call it.
  public init(_ decision: Decision, of request: AuthorizationRequest, isSameOrganization: Bool = false) {
    self.init(
      decision, of: request, resource: Self.resourceName(in: request), isSameOrganization: isSameOrganization)
  }

  /// What those read who are told nothing.
  public static let plain = "Access Denied"

  /// Why, with the space before it: ` with an explicit deny in …`, ` because no … allows the … action`, or nothing.
  public static func reason(for decision: Decision, action: String, conventions: Conventions? = nil) -> String {
    guard case .layer(let layer) = decision.decidedBy else { return "" }
    let conventions = conventions ?? .forAction(action)
    switch decision.effect {
    case .allowed: return ""
    case .explicitDeny:
      let policy = conventions.namesManagedPolicies ? decision.statements.first?.policyARN.map { ": " + $0 } : nil
      return " with an explicit deny in \(layer.nounWithArticle)\(policy ?? "")"
    case .implicitDeny:
      return conventions.hidesMissingAllow ? "" : " because no \(layer.noun) allows the \(action) action"
    }
  }

  /// IAM names what exists by its kind (`role NAME`, `user NAME`, `policy ARN`), and by its ARN what is created, passed or
  /// listed; S3 leaves the resource out of ListAllMyBuckets. As observed.
  public static func resourceName(in request: AuthorizationRequest) -> String? {
    let action = request.requestedAction
    if action.isOne(of: "s3:listallmybuckets") { return nil }
    guard action.begins(with: "iam:"), let arn = ARN(request.resource), arn.service == "iam" else {
      return request.resource
    }
    if action.begins(with: "iam:create") && !action.isOne(of: "iam:createaccesskey", "iam:createloginprofile")
      || action.begins(with: "iam:passrole") || action.begins(with: "iam:list") && arn.resource.hasSuffix("/")
    {
      return request.resource
    }
    let parts = arn.resource.split(separator: "/")
    switch parts.first {
    case "role", "user", "group": return parts.last.map { "\(parts[0]) \($0)" }
    case "policy": return "policy \(request.resource)"
    default: return request.resource
    }
  }
}

extension RequestPrincipal {
  /// Who the message says may not.
  fileprivate var nameInMessages: String { kind == .anonymous ? "anonymous" : arn }
}

extension PolicyLayer {
  /// What messages call the layer.
  public var noun: String {
    switch self {
    case .identity: "identity-based policy"
    case .resource: "resource-based policy"
    case .trust: "role trust policy"
    case .permissionsBoundary: "permissions boundary"
    case .session: "session policy"
    case .serviceControl: "service control policy"
    case .resourceControl: "resource control policy"
    case .vpcEndpoint: "VPC endpoint policy"
    }
  }

  fileprivate var nounWithArticle: String {
    switch self {
    case .identity: "an identity-based policy"
    case .trust: "the role trust policy"
    default: "a " + noun
    }
  }
}
