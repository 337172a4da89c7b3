import AWSAPI

extension IAMService {
  static let policyVersionHandlers: [String: Handler] = [
    "CreatePolicyVersion": .write(createPolicyVersion),
    "GetPolicyVersion": .read(getPolicyVersion),
    "ListPolicyVersions": .read(listPolicyVersions),
    "SetDefaultPolicyVersion": .write(setDefaultPolicyVersion),
    "DeletePolicyVersion": .write(deletePolicyVersion),
  ]

  private static func createPolicyVersion(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var policy = try state.account(of: call).ownPolicy(try call.required("PolicyArn"))
    let document = try StoredPolicy(managedPolicy: try call.required("PolicyDocument"))
    guard policy.versions.count < IAMLimits.versionsPerPolicy else {
      throw .limitExceeded(
        "A managed policy can have up to \(IAMLimits.versionsPerPolicy) versions. Before you create a new version, "
          + "you must delete an existing version.")
    }
    let version = ManagedPolicy.Version(number: policy.nextVersion, createDate: call.now, policy: document)
    policy.versions.append(version)
    policy.nextVersion += 1
    policy.updateDate = call.now
    if call.boolean("SetAsDefault") == true { policy.defaultVersion = version.number }
    let changed = policy
    try state.updateAccount(of: call) { $0.policies[NameKey(changed.identity.name)] = changed }
    return Answer(["PolicyVersion": .structure(policy.answer(version))])
  }

  private static func getPolicyVersion(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let policy = try state.account(of: call).existingPolicy(try call.required("PolicyArn"))
    let version = try policy.existingVersion(try call.required("VersionId"))
    var answer = policy.answer(version)
    answer["Document"] = .string(version.policy.text)
    return Answer(["PolicyVersion": .structure(answer)])
  }

  private static func listPolicyVersions(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let policy = try state.account(of: call).existingPolicy(try call.required("PolicyArn"))
    // The newest first, as the console and the command line show them.
    let page = try call.page(of: policy.versions.reversed(), key: \.id) { .structure(policy.answer($0)) }
    return Answer(page.answer("Versions"))
  }

  private static func setDefaultPolicyVersion(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var policy = try state.account(of: call).ownPolicy(try call.required("PolicyArn"))
    policy.defaultVersion = try policy.existingVersion(try call.required("VersionId")).number
    policy.updateDate = call.now
    let changed = policy
    try state.updateAccount(of: call) { $0.policies[NameKey(changed.identity.name)] = changed }
    return Answer()
  }

  private static func deletePolicyVersion(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var policy = try state.account(of: call).ownPolicy(try call.required("PolicyArn"))
    let version = try policy.existingVersion(try call.required("VersionId"))
    guard version.number != policy.defaultVersion else {
      throw .deleteConflict("Cannot delete the default version of a policy.")
    }
    policy.versions.removeAll { $0.number == version.number }
    let changed = policy
    try state.updateAccount(of: call) { $0.policies[NameKey(changed.identity.name)] = changed }
    return Answer()
  }
}

extension ManagedPolicy {
  func existingVersion(_ id: String) throws(AWSError) -> Version {
    guard let version = version(id) else {
      throw .noSuchEntity("Policy \(identity.arn) version \(id) does not exist or is not attachable.")
    }
    return version
  }

  /// A version as lists show it, without its document.
  func answer(_ version: Version) -> AWSStructure {
    [
      "VersionId": .string(version.id), "IsDefaultVersion": .boolean(version.number == defaultVersion),
      "CreateDate": .timestamp(version.createDate),
    ]
  }
}
