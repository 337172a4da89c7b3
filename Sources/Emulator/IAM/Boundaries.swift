import AWSAPI

extension IAMService {
  static let boundaryHandlers: [String: Handler] = [
    "PutUserPermissionsBoundary": .write(putUserBoundary),
    "DeleteUserPermissionsBoundary": .write(deleteUserBoundary),
    "PutRolePermissionsBoundary": .write(putRoleBoundary),
    "DeleteRolePermissionsBoundary": .write(deleteRoleBoundary),
  ]

  private static func putUserBoundary(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try setBoundary(User.self, \.permissionsBoundary, to: call.required("PermissionsBoundary"), in: &state, call)
  }

  private static func deleteUserBoundary(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try setBoundary(User.self, \.permissionsBoundary, to: nil, in: &state, call)
  }

  private static func putRoleBoundary(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try setBoundary(Role.self, \.permissionsBoundary, to: call.required("PermissionsBoundary"), in: &state, call)
  }

  private static func deleteRoleBoundary(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try setBoundary(Role.self, \.permissionsBoundary, to: nil, in: &state, call)
  }

  private static func setBoundary<E: IAMEntity>(
    _ type: E.Type, _ boundary: WritableKeyPath<E, String?>, to arn: String?, in state: inout EmulatorState,
    _ call: Call
  ) throws(AWSError) -> Answer {
    if let arn { try state.checkBoundary(arn, of: call) }
    let former = try state.entity(type, of: call)
    if arn == nil, former[keyPath: boundary] == nil {
      throw .noSuchEntity("\(E.kind.capitalizedNoun) \(former.identity.name) does not have a permissions boundary.")
    }
    try state.update(type, of: call) { $0[keyPath: boundary] = arn }
    state.noteBoundary(
      of: former.identity.id, kind: E.kind, from: former[keyPath: boundary], to: arn,
      in: try state.account(of: call).id)
    return Answer()
  }
}

extension EmulatorState {
  /// Whether the policy can bound the permissions of the account's users and roles.
  func checkBoundary(_ arn: String, of call: Call) throws(AWSError) {
    guard ManagedPolicyARN.isWellFormed(arn) else { throw .validationError("Invalid ARN:  Could not be parsed!") }
    guard try account(of: call).managedPolicy(arn) != nil else {
      throw .noSuchEntity("Scope ARN: \(arn) does not exist or is not attachable.")
    }
  }

  /// Keeps `PermissionsBoundaryUsageCount` right.
  mutating func noteBoundary(of id: String, kind: EntityKind, from: String?, to: String?, in accountID: String) {
    if let from { accounts[accountID]?.policyUsage[UTF8Key(from)]?.bounded[UTF8Key(id)] = nil }
    if let to { accounts[accountID]?.policyUsage[UTF8Key(to), default: PolicyUsage()].bounded[UTF8Key(id)] = kind }
  }
}
