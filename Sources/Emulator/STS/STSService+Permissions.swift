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
    case "GetWebIdentityToken", "GetDelegatedAccessToken", "GetAccessKeyInfo", "DecodeAuthorizationMessage":
      return [Permission("sts:" + call.operation.name, on: "*", context: call.requestTagContext)]
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
    var context = call.requestTagContext + roleContext(role)
    context.append(.init("sts:RoleSessionName", try call.required("RoleSessionName")))
    context.append(.init("sts:DurationSeconds", String(call.integer("DurationSeconds") ?? defaultRoleSession)))
    if let id = call.string("ExternalId") { context.append(.init("sts:ExternalId", id)) }
    let sourceIdentity = call.string("SourceIdentity") ?? call.caller.session?.sourceIdentity
    if let sourceIdentity { context.append(.init("sts:SourceIdentity", sourceIdentity)) }
    if let keys = call.parameters["TransitiveTagKeys"]?.list?.compactMap(\.string), !keys.isEmpty {
      context.append(.init("sts:TransitiveTagKeys", keys))
    }
    if try state.checkSecondFactor(of: call) {
      context.append(.init("aws:MultiFactorAuthPresent", "true"))
      context.append(.init("aws:MultiFactorAuthAge", "0"))
    }
    var actions = ["sts:AssumeRole"]
    if call.hasTags { actions.append("sts:TagSession") }
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
    (role?.tags ?? []).flatMap { tag in
      [.init("aws:ResourceTag/" + tag.key, tag.value), .init("iam:ResourceTag/" + tag.key, tag.value)]
    }
  }
}

extension Call {
  fileprivate var hasTags: Bool { parameters["Tags"]?.list?.isEmpty == false }

  /// `aws:RequestTag/…` and `aws:TagKeys` of the tags that the call brings.
  var requestTagContext: [Permission.ContextValue] {
    let tags = parameters["Tags"]?.list?.compactMap(\.structure) ?? []
    var keys = tags.compactMap { $0["Key"]?.string }
    var context: [Permission.ContextValue] = tags.compactMap { tag in
      tag["Key"]?.string.map { .init("aws:RequestTag/" + $0, tag["Value"]?.string ?? "") }
    }
    keys += tagKeys
    if !keys.isEmpty { context.append(.init("aws:TagKeys", keys)) }
    return context
  }
}
