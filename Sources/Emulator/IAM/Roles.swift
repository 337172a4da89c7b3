import AWSAPI

extension IAMService {
  static let roleHandlers: [String: Handler] = [
    "CreateRole": .write(createRole),
    "GetRole": .read(getRole),
    "ListRoles": .read(listRoles),
    "UpdateRole": .write(updateRole),
    "UpdateRoleDescription": .write(updateRoleDescription),
    "UpdateAssumeRolePolicy": .write(updateAssumeRolePolicy),
    "DeleteRole": .write(deleteRole),
  ]

  private static func createRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let trust = try StoredPolicy(trustPolicy: try call.required("AssumeRolePolicyDocument"), in: state)
    let identity = try newIdentity(of: Role.self, in: &state, for: call)
    var role = Role(
      identity: identity, trust: trust,
      maxSessionDuration: call.integer("MaxSessionDuration") ?? Role.defaultSessionDuration)
    role.description = call.string("Description")
    role.tags = try call.tags(ignoringCase: true)
    if let boundary = call.string("PermissionsBoundary") {
      try state.checkBoundary(boundary, of: call)
      role.permissionsBoundary = boundary
    }
    let accountID = try state.account(of: call).id
    state.insert(role, into: accountID)
    state.noteBoundary(of: identity.id, kind: .role, from: nil, to: role.permissionsBoundary, in: accountID)
    // The answer to CreateRole leaves out the session duration and the last use (as recorded from AWS).
    var answer = role.summary(in: state)
    answer["MaxSessionDuration"] = nil
    answer["PermissionsBoundary"] = boundaryAnswer(role.permissionsBoundary)
    answer["Tags"] = role.tags.isEmpty ? nil : role.tags.answer
    return Answer(["Role": .structure(answer)])
  }

  private static func getRole(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    Answer(["Role": .structure(try state.entity(Role.self, of: call).detail(in: state))])
  }

  private static func listRoles(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let prefix = call.string("PathPrefix") ?? "/"
    let page = try call.page(of: try state.account(of: call).roles) { role in
      role.identity.path.utf8.starts(with: prefix.utf8) ? .structure(role.summary(in: state)) : nil
    }
    return Answer(page.answer("Roles"))
  }

  private static func updateRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.update(Role.self, of: call) { role in
      // Left out, the description stays and the duration becomes the default again (API reference, UpdateRole).
      if let description = call.string("Description") { role.description = description }
      role.maxSessionDuration = call.integer("MaxSessionDuration") ?? Role.defaultSessionDuration
    }
    return Answer()
  }

  private static func updateRoleDescription(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let description = try call.required("Description")
    try state.update(Role.self, of: call) { $0.description = description }
    return Answer(["Role": .structure(try state.entity(Role.self, of: call).summary(in: state))])
  }

  private static func updateAssumeRolePolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let trust = try StoredPolicy(trustPolicy: try call.required("PolicyDocument"), in: state)
    try state.update(Role.self, of: call) { $0.trust = trust }
    return Answer()
  }

  private static func deleteRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let role = try state.entity(Role.self, of: call)
    try role.checkModifiable()
    guard role.instanceProfiles.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must remove roles from instance profile first.")
    }
    try role.checkPoliciesAreGone()
    let accountID = try state.account(of: call).id
    state.noteBoundary(of: role.identity.id, kind: .role, from: role.permissionsBoundary, to: nil, in: accountID)
    state.remove(role, from: accountID)
    return Answer()
  }
}

extension Role {
  static let defaultSessionDuration = 3600

  /// As an instance profile shows a role.
  func outline(in state: EmulatorState) -> AWSStructure {
    [
      "Path": .string(identity.path), "RoleName": .string(identity.name), "RoleId": .string(identity.id),
      "Arn": .string(identity.arn), "CreateDate": .timestamp(identity.createDate),
      "AssumeRolePolicyDocument": .string(trust.currentText(in: state)),
    ]
  }

  /// As lists show a role.
  func summary(in state: EmulatorState) -> AWSStructure {
    var summary = outline(in: state)
    summary["Description"] = description.map(AWSValue.string)
    summary["MaxSessionDuration"] = .integer(maxSessionDuration)
    return summary
  }

  /// As GetRole shows it: with the last use, an empty element where there was none (as recorded from AWS).
  func detail(in state: EmulatorState) -> AWSStructure {
    var detail = summary(in: state)
    detail["PermissionsBoundary"] = boundaryAnswer(permissionsBoundary)
    detail["Tags"] = tags.isEmpty ? nil : tags.answer
    let usage = state.usage[UTF8Key(identity.id)]
    detail["RoleLastUsed"] = [
      "LastUsedDate": usage.map { .timestamp($0.date) }, "Region": usage.map { .string($0.region) },
    ]
    return detail
  }
}
