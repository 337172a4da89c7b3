import AWSAPI

extension IAMService {
  static let instanceProfileHandlers: [String: Handler] = [
    "CreateInstanceProfile": .write(createInstanceProfile),
    "GetInstanceProfile": .read(getInstanceProfile),
    "ListInstanceProfiles": .read(listInstanceProfiles),
    "ListInstanceProfilesForRole": .read(listInstanceProfilesForRole),
    "AddRoleToInstanceProfile": .write(addRoleToInstanceProfile),
    "RemoveRoleFromInstanceProfile": .write(removeRoleFromInstanceProfile),
    "DeleteInstanceProfile": .write(deleteInstanceProfile),
  ]

  private static func createInstanceProfile(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let name = try call.required("InstanceProfileName")
    let path = call.string("Path") ?? "/"
    let account = try state.account(of: call)
    guard account.instanceProfiles[NameKey(name)] == nil else {
      throw .alreadyExists("Instance Profile \(name) already exists.")
    }
    guard account.instanceProfiles.count < IAMLimits.instanceProfilesPerAccount.value else {
      throw .limitExceeded(IAMLimits.instanceProfilesPerAccount)
    }
    var profile = InstanceProfile(
      identity: EntityIdentity(
        name: name, path: path, id: state.identifiers.uniqueID(.instanceProfile),
        arn: account.arn("instance-profile", path: path, name: name), createDate: call.now))
    profile.tags = try call.tags()
    let created = profile
    try state.updateAccount(of: call) { $0.instanceProfiles[NameKey(name)] = created }
    return Answer(["InstanceProfile": .structure(profile.answer(in: state))])
  }

  private static func getInstanceProfile(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    Answer(["InstanceProfile": .structure(try state.instanceProfile(of: call).answer(in: state))])
  }

  private static func listInstanceProfiles(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let prefix = call.string("PathPrefix") ?? "/"
    let page = try call.page(of: try state.account(of: call).instanceProfiles) { profile in
      profile.identity.path.utf8.starts(with: prefix.utf8) ? .structure(profile.answer(in: state)) : nil
    }
    return Answer(page.answer("InstanceProfiles"))
  }

  private static func listInstanceProfilesForRole(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let role = try state.entity(Role.self, of: call)
    let account = try state.account(of: call)
    let page = try call.page(of: role.instanceProfiles, key: \.text) { name in
      account.instanceProfiles[name].map { .structure($0.answer(in: state)) }
    }
    return Answer(page.answer("InstanceProfiles"))
  }

  private static func addRoleToInstanceProfile(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let profile = try state.instanceProfile(of: call)
    let role = try state.entity(Role.self, of: call)
    guard profile.roles.isEmpty else {
      throw .limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1")
    }
    try state.updateAccount(of: call) { account in
      let key = NameKey(profile.identity.name)
      account.instanceProfiles[key]?.roles = [role.identity.id]
      account.roles[role.key]?.instanceProfiles.append(key)
    }
    return Answer()
  }

  private static func removeRoleFromInstanceProfile(
    _ state: inout EmulatorState, _ call: Call
  ) throws(AWSError) -> Answer {
    let profile = try state.instanceProfile(of: call)
    let role = try state.entity(Role.self, of: call)
    guard profile.roles.contains(role.identity.id) else { throw .noSuchEntity(.role, role.identity.name) }
    try state.updateAccount(of: call) { account in
      let key = NameKey(profile.identity.name)
      account.instanceProfiles[key]?.roles = []
      account.roles[role.key]?.instanceProfiles.removeAll { $0 == key }
    }
    return Answer()
  }

  private static func deleteInstanceProfile(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let profile = try state.instanceProfile(of: call)
    guard profile.roles.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must remove roles from instance profile first.")
    }
    try state.updateAccount(of: call) { $0.instanceProfiles[NameKey(profile.identity.name)] = nil }
    return Answer()
  }
}

extension EmulatorState {
  /// The instance profile that the call names.
  func instanceProfile(of call: Call) throws(AWSError) -> InstanceProfile {
    let name = try call.required("InstanceProfileName")
    guard let profile = try account(of: call).instanceProfiles[NameKey(name)] else {
      throw .noSuchEntity("Instance Profile \(name) cannot be found.")
    }
    return profile
  }
}

extension InstanceProfile {
  func answer(in state: EmulatorState) -> AWSStructure {
    [
      "Path": .string(identity.path), "InstanceProfileName": .string(identity.name),
      "InstanceProfileId": .string(identity.id), "Arn": .string(identity.arn),
      "CreateDate": .timestamp(identity.createDate),
      "Roles": .list(roles.compactMap { state.role(id: $0) }.map { .structure($0.outline(in: state)) }),
      "Tags": tags.isEmpty ? nil : tags.answer,
    ]
  }
}
