package import AWSAPI
import IAMPolicy

extension STSService {
  /// The permissions of an STS call. Besides those that its description names, tags and a source identity need their own
  /// (IAM User Guide, "Pass session tags in AWS STS", "Monitor and control actions taken with assumed roles").
  package static func permissions(of call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    try checkCredentialKind(call)
    switch call.operation.name {
    case "AssumeRole": return try assumeRolePermissions(call, in: state)
    case "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML": return try federatedPermissions(call, in: state)
    case "AssumeRoot": return try assumeRootPermissions(call, in: state)
    case "GetFederationToken":
      let arn = "arn:aws:sts::\(call.caller.accountID ?? ""):federated-user/\(call.string("Name") ?? "")"
      let actions = ["sts:GetFederationToken"] + (call.hasTags ? ["sts:TagSession"] : [])
      return actions.map { Permission($0, on: arn, context: call.requestTagContext) }
    case "GetWebIdentityToken":
      let actions = ["sts:GetWebIdentityToken"] + (call.hasTags ? ["sts:TagGetWebIdentityToken"] : [])
      return actions.map { Permission($0, on: "*", context: webIdentityTokenContext(call)) }
    case "GetDelegatedAccessToken", "GetAccessKeyInfo", "DecodeAuthorizationMessage":
      return [Permission("sts:" + call.operation.name, on: "*")]
    default: return []
    }
  }

  /// Credentials of GetSessionToken "cannot call AWS STS operations except AssumeRole or GetCallerIdentity" (IAM User Guide,
  /// "Compare AWS STS credentials"); those of GetFederationToken none but the latter, which the policy engine knows.
  private static func checkCredentialKind(_ call: Call) throws(AWSError) {
    guard call.caller.session != nil else { return }
    switch call.caller.kind {
    case .user, .root: break
    case .anonymous, .roleSession, .federatedUser: return
    }
    guard ["AssumeRole", "GetCallerIdentity"].contains(call.operation.name) else {
      throw .accessDenied("Cannot call \(call.operation.name) with session credentials")
    }
  }

  package static func refusal(of check: PermissionCheck, for call: Call, in state: EmulatorState) -> AWSError {
    guard check.permission.principal?.kind == .federated else {
      return .accessDenied(RefusalMessage(check, caller: call.caller.arn).text)
    }
    // Nobody is named: whoever calls is not known but by the proof it brought.
    return .accessDenied("Not authorized to perform \(check.permission.action)")
  }

  private static func assumeRolePermissions(_ call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    if call.caller.kind == .root { throw .accessDenied("Roles may not be assumed by root accounts.") }
    let (arn, account) = try roleToAssume(call)
    let role = state.role(arn: arn)
    let tags = SessionTags(handedOnBy: call.caller.session).followed(by: SessionTags(of: call))
    var context = tags.context + roleContext(role)
    context.append(.init("sts:RoleSessionName", try call.required("RoleSessionName")))
    if let id = call.string("ExternalId") { context.append(.init("sts:ExternalId", id)) }
    let sourceIdentity = call.string("SourceIdentity") ?? call.caller.session?.sourceIdentity
    if let sourceIdentity { context.append(.init("sts:SourceIdentity", sourceIdentity)) }
    if try state.checkSecondFactor(of: call) {
      context.append(.init("aws:MultiFactorAuthPresent", "true"))
      context.append(.init("aws:MultiFactorAuthAge", "0"))
    }
    var actions = ["sts:AssumeRole"]
    // Tags that are handed on need the permission at every role of the chain, as tools that meet AWS have reported.
    if !tags.list.isEmpty { actions.append("sts:TagSession") }
    if sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
    // A role that is not there is refused as one that trusts nobody, so that it cannot be told apart.
    let trust = role?.trust ?? .grantingNothing
    return actions.map { Permission($0, on: arn, account: account, policy: trust, context: context) }
  }

  /// The role that a call names, and its account; whether it exists is not said.
  static func roleToAssume(_ call: Call) throws(AWSError) -> (arn: String, account: String) {
    let arn = try call.required("RoleArn")
    guard let target = EntityARN(arn), target.type == "role" else { throw .validationError("\(arn) is invalid") }
    return (arn, target.account)
  }

  /// The condition keys that a role's tags are.
  static func roleContext(_ role: Role?) -> [Permission.ContextValue] {
    Permission.ContextValue.resourceTags(role?.tags ?? [], ofPrincipal: true)
  }

  /// The keys of GetWebIdentityToken, the one operation here that has `sts:DurationSeconds`: the lifetimes of sessions are no
  /// matter of policies (Service Authorization Reference, "Condition keys for AWS Security Token Service").
  private static func webIdentityTokenContext(_ call: Call) -> [Permission.ContextValue] {
    var context = call.requestTagContext
    context.append(.init("sts:DurationSeconds", String(call.integer("DurationSeconds") ?? defaultWebIdentityToken)))
    let audiences = call.parameters["Audience"]?.list?.compactMap(\.string) ?? []
    context.append(.init("sts:IdentityTokenAudience", audiences))
    if let algorithm = call.string("SigningAlgorithm") { context.append(.init("sts:SigningAlgorithm", algorithm)) }
    return context
  }

  /// API reference, GetWebIdentityToken, in seconds.
  private static let defaultWebIdentityToken = 300
}

extension Call {
  fileprivate var hasTags: Bool { parameters["Tags"]?.list?.isEmpty == false }
}
