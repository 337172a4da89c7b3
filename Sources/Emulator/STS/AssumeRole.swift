import AWSAPI
import FoundationEssentials

extension STSService {
  /// The longest session of a role that was assumed by a role's session, in seconds.
  static let chainedSessionLimit = 3600
  static let defaultRoleSession = 3600

  static func assumeRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let arn = try call.required("RoleArn")
    guard let role = state.role(arn: arn), let target = state.entities[UTF8Key(role.identity.id)] else {
      throw .accessDenied("User: \(call.caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(arn)")
    }
    var request = try SessionRequest(call, in: state, accountID: target.accountID)
    let name = try call.required("RoleSessionName")
    let seconds = try sessionSeconds(call, of: role)
    try inherit(by: &request, call)
    return Answer(
      try issueRoleSession(&state, call, role, in: target.accountID, request, name: name, seconds: seconds))
  }

  /// Makes a session of `role`, as every call that assumes one does.
  /// - Returns: the members of the answer that they have in common.
  static func issueRoleSession(
    _ state: inout EmulatorState, _ call: Call, _ role: Role, in accountID: String, _ request: SessionRequest,
    name: String, seconds: Int, context: [Permission.ContextValue] = []
  ) throws(AWSError) -> AWSStructure {
    let packedSize = try request.packedSize()
    let credential = state.issueSession(
      to: .role(id: role.identity.id), in: accountID, at: call.now, seconds: seconds
    ) { session in
      session.name = name
      session.policy = request.policy
      session.policyArns = request.policyArns
      session.tags = request.tags.list
      session.transitiveTagKeys = request.tags.transitiveKeys
      session.sourceIdentity = request.sourceIdentity
      session.context = context
    }
    return [
      "Credentials": credential.answer,
      "AssumedRoleUser": [
        "AssumedRoleId": .string("\(role.identity.id):\(name)"),
        "Arn": .string(role.sessionArn(account: accountID, name: name)),
      ],
      "PackedPolicySize": packedSize.map(AWSValue.integer),
      "SourceIdentity": request.sourceIdentity.map(AWSValue.string),
    ]
  }

  /// `DurationSeconds`, held against the role's maximum and, where roles are chained, against the hour.
  static func sessionSeconds(_ call: Call, of role: Role) throws(AWSError) -> Int {
    let seconds = call.integer("DurationSeconds") ?? defaultRoleSession
    if case .roleSession = call.caller.kind, seconds > chainedSessionLimit {
      throw .validationError(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
    }
    try checkDuration(seconds, of: role)
    return seconds
  }

  static func checkDuration(_ seconds: Int, of role: Role) throws(AWSError) {
    guard seconds <= role.maxSessionDuration else {
      throw .validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    }
  }

  /// What goes on from the session that calls: its transitive tags and its source identity, neither of which the call can
  /// set anew.
  private static func inherit(by request: inout SessionRequest, _ call: Call) throws(AWSError) {
    let handedOn = SessionTags(handedOnBy: call.caller.session)
    let keys = Set(handedOn.transitiveKeys.map(NameKey.init))
    guard !request.tags.list.contains(where: { keys.contains(NameKey($0.key)) }) else {
      throw .invalidParameterValue(
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key "
          + "from the calling session.")
    }
    request.tags = handedOn.followed(by: request.tags)
    guard let inherited = call.caller.session?.sourceIdentity else { return }
    // "After the source identity is set, the value cannot be changed" (API reference, AssumeRole); how AWS words the
    // refusal is not documented.
    guard request.sourceIdentity == nil || request.sourceIdentity == inherited else {
      throw .accessDenied(
        "User: \(call.caller.arn) is not authorized to perform: sts:SetSourceIdentity on resource: "
          + (call.string("RoleArn") ?? ""))
    }
    request.sourceIdentity = inherited
  }
}

extension EmulatorState {
  /// The role with this ARN, to the letter.
  package func role(arn: String) -> Role? {
    guard let parts = EntityARN(arn), parts.type == "role" else { return nil }
    let role = accounts[parts.account]?.roles[NameKey(parts.name)]
    return role?.identity.arn == arn ? role : nil
  }

  /// The user with this ARN, to the letter.
  package func user(arn: String) -> User? {
    guard let parts = EntityARN(arn), parts.type == "user" else { return nil }
    let user = accounts[parts.account]?.users[NameKey(parts.name)]
    return user?.identity.arn == arn ? user : nil
  }
}

extension Role {
  /// The ARN of a session, which leaves out the role's path.
  package func sessionArn(account: String, name: String) -> String {
    "arn:aws:sts::\(account):assumed-role/\(identity.name)/\(name)"
  }
}
