import AWSAPI

// What creating, renaming and deleting have in common for users, groups and roles.
extension IAMService {
  /// A new name with its id, where the name is free and the account's quota is not used up.
  static func newIdentity<E: IAMEntity>(
    of type: E.Type, in state: inout EmulatorState, for call: Call
  ) throws(AWSError) -> EntityIdentity {
    let name = try call.required(E.nameParameter)
    let path = call.string("Path") ?? "/"
    let account = try state.account(of: call)
    guard account[keyPath: E.collection][NameKey(name)] == nil else { throw .alreadyExists(E.kind, name) }
    let quota = E.kind.quota
    guard account.count(of: type) < quota.value else { throw .limitExceeded(quota) }
    return EntityIdentity(
      name: name, path: path, id: state.identifiers.uniqueID(E.kind),
      arn: account.arn(E.kind.rawValue, path: path, name: name), createDate: call.now)
  }

  /// Gives `entity` the new name and the new path of `call`. Its id stays, and so do its keys and policies.
  static func rename<E: IAMEntity>(
    _ entity: inout E, in state: inout EmulatorState, for call: Call, newName: String?
  ) throws(AWSError) {
    let account = try state.account(of: call)
    let formerKey = entity.key
    let name = newName ?? entity.identity.name
    let path = call.string("NewPath") ?? entity.identity.path
    if NameKey(name) != formerKey, account[keyPath: E.collection][NameKey(name)] != nil {
      throw .alreadyExists(E.kind, name)
    }
    state.remove(entity, from: account.id)
    entity.identity.name = name
    entity.identity.path = path
    entity.identity.arn = account.arn(E.kind.rawValue, path: path, name: name)
    state.insert(entity, into: account.id)
  }
}

extension IAMEntity {
  /// An entity that still has policies cannot be deleted.
  func checkPoliciesAreGone() throws(AWSError) {
    guard inlinePolicies.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must delete policies first.")
    }
    guard attachedPolicies.isEmpty else {
      throw .deleteConflict("Cannot delete entity, must detach all policies first.")
    }
  }
}

extension EntityKind {
  var quota: Quota {
    switch self {
    case .user: IAMLimits.usersPerAccount
    case .group: IAMLimits.groupsPerAccount
    case .role: IAMLimits.rolesPerAccount
    }
  }
}

/// A permissions boundary as answers show it.
func boundaryAnswer(_ arn: String?) -> AWSValue? {
  arn.map { ["PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": .string($0)] }
}
