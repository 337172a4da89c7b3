package import AWSAPI

extension STSService {
  /// The permissions of an STS call. Besides those that its description names, tags and a source identity need their own
  /// (IAM User Guide, "Pass session tags in AWS STS", "Monitor and control actions taken with assumed roles").
  package static func permissions(of call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    switch call.operation.name {
    case "AssumeRole": try assumeRolePermissions(call, in: state)
    case "GetFederationToken":
      [
        Permission(
          "sts:GetFederationToken",
          on: "arn:aws:sts::\(call.caller.accountID ?? ""):federated-user/\(call.string("Name") ?? "")",
          context: call.requestTagContext)
      ]
    case "GetAccessKeyInfo": [Permission("sts:GetAccessKeyInfo", on: "*")]
    case "DecodeAuthorizationMessage": [Permission("sts:DecodeAuthorizationMessage", on: "*")]
    default: []
    }
  }

  private static func assumeRolePermissions(_ call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    if call.caller.kind == .root { throw .accessDenied("Roles may not be assumed by root accounts.") }
    let arn = try call.required("RoleArn")
    guard let target = EntityARN(arn), target.type == "role" else { throw .validationError("\(arn) is invalid") }
    let role = state.role(arn: arn)
    var context = call.requestTagContext
    context.append(.init("sts:RoleSessionName", try call.required("RoleSessionName")))
    context.append(.init("sts:DurationSeconds", String(call.integer("DurationSeconds") ?? 3600)))
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
    for tag in role?.tags ?? [] {
      context.append(.init("aws:ResourceTag/" + tag.key, tag.value))
      context.append(.init("iam:ResourceTag/" + tag.key, tag.value))
    }
    var actions = ["sts:AssumeRole"]
    if call.parameters["Tags"]?.list?.isEmpty == false { actions.append("sts:TagSession") }
    if sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
    // A role that is not there is refused as one that trusts nobody, so that it cannot be told apart.
    let trust = role?.trust ?? .grantingNothing
    return actions.map { Permission($0, on: arn, account: target.account, policy: trust, context: context) }
  }
}

extension Call {
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
