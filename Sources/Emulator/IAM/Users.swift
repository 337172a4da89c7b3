import AWSAPI

extension IAMService {
  static let userHandlers: [String: Handler] = [
    "CreateUser": .write(createUser),
    "GetUser": .read(getUser),
    "ListUsers": .read(listUsers),
    "UpdateUser": .write(updateUser),
    "DeleteUser": .write(deleteUser),
  ]

  private static func createUser(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var user = User(identity: try newIdentity(of: User.self, in: &state, for: call))
    user.tags = try call.tags(ignoringCase: true)
    if let boundary = call.string("PermissionsBoundary") {
      try state.checkBoundary(boundary, of: call)
      user.permissionsBoundary = boundary
    }
    let accountID = try state.account(of: call).id
    state.insert(user, into: accountID)
    state.noteBoundary(of: user.identity.id, kind: .user, from: nil, to: user.permissionsBoundary, in: accountID)
    return Answer(["User": .structure(user.detail)])
  }

  private static func getUser(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    if call.string("UserName") == nil, call.caller.kind == .root {
      let account = try state.account(of: call)
      return Answer([
        "User": [
          "Path": "/", "UserId": .string(account.id), "Arn": .string(account.rootArn),
          "CreateDate": .timestamp(account.createDate),
        ]
      ])
    }
    return Answer(["User": .structure(try state.user(namedOrCalling: call).detail)])
  }

  private static func listUsers(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let prefix = call.string("PathPrefix") ?? "/"
    let page = try call.page(of: try state.account(of: call).users) { user in
      guard user.protection == nil, user.identity.path.utf8.starts(with: prefix.utf8) else { return nil }
      return .structure(user.summary)
    }
    return Answer(page.answer("Users"))
  }

  private static func updateUser(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var user = try state.entity(User.self, of: call)
    try user.checkModifiable()
    try rename(&user, in: &state, for: call, newName: call.string("NewUserName"))
    for group in user.groups.compactMap({ state.group(id: $0) }) {
      var group = group
      let former = group.members.first { $0.value == user.identity.id }
      if let former { group.members[former.key] = nil }
      group.members[user.key] = user.identity.id
      try state.updateAccount(of: call) { $0.groups[group.key] = group }
    }
    return Answer()
  }

  private static func deleteUser(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.entity(User.self, of: call)
    try user.checkModifiable()
    try user.checkPoliciesAreGone()
    guard user.groups.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must remove users from group first.")
    }
    guard user.accessKeys.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must delete access keys first.")
    }
    guard user.loginProfile == nil else {
      throw .deleteConflict("Cannot delete entity, must delete login profile first.")
    }
    guard try !state.account(of: call).mfaDevices.contains(where: { $0.value.user == user.identity.id }) else {
      throw .deleteConflict("Cannot delete entity, must delete MFA device first.")
    }
    let accountID = try state.account(of: call).id
    state.noteBoundary(of: user.identity.id, kind: .user, from: user.permissionsBoundary, to: nil, in: accountID)
    state.remove(user, from: accountID)
    return Answer()
  }
}

extension EmulatorState {
  /// The user that the call names, or else the one who makes it.
  func user(namedOrCalling call: Call) throws(AWSError) -> User {
    if call.string("UserName") != nil { return try entity(User.self, of: call) }
    guard case .user(let id) = call.caller.kind, let user = user(id: id) else {
      throw .validationError("Must specify userName when calling with non-User credentials")
    }
    return user
  }
}

extension User {
  /// As lists show a user.
  var summary: AWSStructure {
    [
      "Path": .string(identity.path), "UserName": .string(identity.name), "UserId": .string(identity.id),
      "Arn": .string(identity.arn), "CreateDate": .timestamp(identity.createDate),
      "PasswordLastUsed": passwordLastUsed.map(AWSValue.timestamp),
    ]
  }

  /// As GetUser and CreateUser show it.
  var detail: AWSStructure {
    var detail = summary
    detail["PermissionsBoundary"] = boundaryAnswer(permissionsBoundary)
    detail["Tags"] = tags.isEmpty ? nil : tags.answer
    return detail
  }
}
