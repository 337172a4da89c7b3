import AWSAPI

extension IAMService {
  static let groupHandlers: [String: Handler] = [
    "CreateGroup": .write(createGroup),
    "GetGroup": .read(getGroup),
    "ListGroups": .read(listGroups),
    "UpdateGroup": .write(updateGroup),
    "DeleteGroup": .write(deleteGroup),
    "AddUserToGroup": .write(addUserToGroup),
    "RemoveUserFromGroup": .write(removeUserFromGroup),
    "ListGroupsForUser": .read(listGroupsForUser),
  ]

  private static func createGroup(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let group = Group(identity: try newIdentity(of: Group.self, in: &state, for: call))
    state.insert(group, into: try state.account(of: call).id)
    return Answer(["Group": .structure(group.summary)])
  }

  private static func getGroup(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let group = try state.entity(Group.self, of: call)
    let page = try call.page(of: group.members) { id in state.user(id: id).map { .structure($0.summary) } }
    var answer: AWSStructure = ["Group": .structure(group.summary)]
    for member in page.answer("Users").members { answer[member.name] = member.value }
    return Answer(answer)
  }

  private static func listGroups(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let prefix = call.string("PathPrefix") ?? "/"
    let page = try call.page(of: try state.account(of: call).groups) { group in
      group.identity.path.utf8.starts(with: prefix.utf8) ? .structure(group.summary) : nil
    }
    return Answer(page.answer("Groups"))
  }

  private static func updateGroup(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var group = try state.entity(Group.self, of: call)
    try rename(&group, in: &state, for: call, newName: call.string("NewGroupName"))
    return Answer()
  }

  private static func deleteGroup(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let group = try state.entity(Group.self, of: call)
    guard group.members.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must remove users from group first.")
    }
    try group.checkPoliciesAreGone()
    state.remove(group, from: try state.account(of: call).id)
    return Answer()
  }

  private static func addUserToGroup(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let group = try state.entity(Group.self, of: call)
    var user = try state.entity(User.self, of: call)
    try user.checkModifiable()
    guard !user.groups.contains(group.identity.id) else { return Answer() }
    guard user.groups.count < IAMLimits.groupsPerUser.value else { throw .limitExceeded(IAMLimits.groupsPerUser) }
    user.groups.append(group.identity.id)
    try state.updateAccount(of: call) { account in
      account.users[user.key] = user
      account.groups[group.key]?.members[user.key] = user.identity.id
    }
    return Answer()
  }

  private static func removeUserFromGroup(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let group = try state.entity(Group.self, of: call)
    var user = try state.entity(User.self, of: call)
    // Somebody who is not in the group is removed in silence, as IAM does.
    user.groups.removeAll { $0 == group.identity.id }
    try state.updateAccount(of: call) { account in
      account.users[user.key] = user
      account.groups[group.key]?.members[user.key] = nil
    }
    return Answer()
  }

  private static func listGroupsForUser(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.entity(User.self, of: call)
    let page = try call.page(of: user.groups, key: { $0 }) { id in
      state.group(id: id).map { .structure($0.summary) }
    }
    return Answer(page.answer("Groups"))
  }
}

extension Group {
  var summary: AWSStructure {
    [
      "Path": .string(identity.path), "GroupName": .string(identity.name), "GroupId": .string(identity.id),
      "Arn": .string(identity.arn), "CreateDate": .timestamp(identity.createDate),
    ]
  }
}
