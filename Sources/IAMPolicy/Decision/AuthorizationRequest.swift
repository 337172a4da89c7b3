/// One question to the policies: may this principal do this to that, under these circumstances?
public struct AuthorizationRequest: Sendable {
  /// Who asks.
  public let principal: RequestPrincipal
  /// The action as asked, `s3:GetObject`.
  public let action: String
  /// The resource's ARN, or `*` for an action that knows none.
  public let resource: String
  /// The account that the resource belongs to.
  public let resourceAccount: String
  /// The context keys, with those that follow from the rest filled in.
  public let context: RequestContext

  let lowercasedAction: [UInt8]
  let service: String
  let splitResource: SplitResource

  /// A request.
  ///
  /// Context keys that follow from the principal and the resource (`aws:PrincipalArn`, `aws:PrincipalAccount`,
  /// `aws:PrincipalType`, `aws:username`, `aws:ResourceAccount`, `aws:PrincipalIsAWSService`) are filled in where `context`
  /// does not give them.
  /// - Parameter resourceAccount: where it is left out, the account in the ARN; where that is empty, the principal's own.
  public init(
    principal: RequestPrincipal, action: String, resource: String, resourceAccount: String? = nil,
    context: RequestContext = RequestContext()
  ) {
    self.principal = principal
    self.action = action
    self.resource = resource
    let named = ARN(resource)?.account ?? ""
    self.resourceAccount = resourceAccount ?? (named.isEmpty || named == "aws" ? principal.account : named)
    let lowered = action.lowercased()
    lowercasedAction = Array(lowered.utf8)
    service = String(lowered.prefix { $0 != ":" })
    splitResource = SplitResource(resource)
    var context = context
    Self.complete(&context, principal: principal, resourceAccount: self.resourceAccount)
    self.context = context
  }

  /// AWS, "AWS global condition context keys": the properties of the principal and of the resource.
  private static func complete(_ context: inout RequestContext, principal: RequestPrincipal, resourceAccount: String) {
    if !resourceAccount.isEmpty { context.setDefault("aws:ResourceAccount", resourceAccount) }
    context.setDefault("aws:PrincipalIsAWSService", principal.kind == .service ? "true" : "false")
    switch principal.kind {
    case .service: context.setDefault("aws:PrincipalServiceName", principal.arn)
    case .anonymous: context.setDefault("aws:PrincipalType", "Anonymous")
    case .federated: break
    case .root, .user, .roleSession, .federatedUser:
      // For a session of a role the key holds the role's ARN, not the session's.
      let arn = principal.kind == .roleSession ? principal.baseARN ?? principal.arn : principal.arn
      context.setDefault("aws:PrincipalArn", arn)
      context.setDefault("aws:PrincipalAccount", principal.account)
      context.setDefault("aws:PrincipalType", principal.typeName)
      if let name = principal.userName { context.setDefault("aws:username", name) }
      if principal.kind == .root { context.setDefault("aws:userid", principal.account) }
      if let id = principal.uniqueID, principal.kind == .user { context.setDefault("aws:userid", id) }
    }
  }

  /// Whether this is a request that a role's trust policy answers.
  var isAnsweredByTrust: Bool {
    switch action.lowercased() {
    case "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession",
      "sts:setsourceidentity":
      ARN(resource).map { $0.service == "iam" && $0.resource.hasPrefix("role/") } ?? false
    default: false
    }
  }
}

extension RequestPrincipal {
  /// The value of `aws:PrincipalType`.
  fileprivate var typeName: String {
    switch kind {
    case .root: "Account"
    case .user: "User"
    case .roleSession: "AssumedRole"
    case .federatedUser: "FederatedUser"
    case .service, .federated, .anonymous: "Anonymous"
    }
  }
}
