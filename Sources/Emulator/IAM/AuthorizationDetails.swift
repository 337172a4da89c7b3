import AWSAPI

extension IAMService {
  /// Everything in the account that has to do with permissions, in one list that is cut into pages.
  static func getAccountAuthorizationDetails(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    let filter = Set(call.parameters["Filter"]?.list?.compactMap(\.string) ?? [])
    let entries = AuthorizationDetail.all(of: account, filter: filter)
    var lists: [String: [AWSValue]] = [:]
    let page = try call.page(of: entries, key: \.id) { entry in ["Id": .string(entry.id)] }
    let byID = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for item in page.items {
      guard let entry = item.structure?["Id"]?.string.flatMap({ byID[$0] }) else { continue }
      lists[entry.member, default: []].append(.structure(entry.answer(in: account, state)))
    }
    var answer: AWSStructure = [:]
    for name in ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] {
      answer[name] = .list(lists[name] ?? [])
    }
    answer["IsTruncated"] = .boolean(page.marker != nil)
    answer["Marker"] = page.marker.map(AWSValue.string)
    return Answer(answer)
  }
}

/// One element of the account's authorization details.
private enum AuthorizationDetail {
  case user(User)
  case group(Group)
  case role(Role)
  case policy(ManagedPolicy)

  /// All elements that the filter lets through. Of AWS's policies only those in use, unless they are asked for.
  static func all(of account: AccountState, filter: Set<String>) -> [AuthorizationDetail] {
    func includes(_ kind: String) -> Bool { filter.isEmpty || filter.contains(kind) }
    var details: [AuthorizationDetail] = []
    if includes("User") { details += account.users.values.filter { $0.protection == nil }.map { .user($0) } }
    if includes("Group") { details += account.groups.values.map { .group($0) } }
    if includes("Role") { details += account.roles.values.map { .role($0) } }
    if includes("LocalManagedPolicy") { details += account.policies.values.map { .policy($0) } }
    if includes("AWSManagedPolicy") {
      let used = AWSManagedPolicies.all.filter { account.policyUsage[UTF8Key($0.identity.arn)]?.isEmpty == false }
      details += (filter.isEmpty ? used : AWSManagedPolicies.all).map { .policy($0) }
    }
    return details
  }

  var id: String {
    switch self {
    case .user(let user): user.identity.id
    case .group(let group): group.identity.id
    case .role(let role): role.identity.id
    case .policy(let policy): policy.identity.id
    }
  }

  /// The member of the answer that holds such elements.
  var member: String {
    switch self {
    case .user: "UserDetailList"
    case .group: "GroupDetailList"
    case .role: "RoleDetailList"
    case .policy: "Policies"
    }
  }

  func answer(in account: AccountState, _ state: EmulatorState) -> AWSStructure {
    switch self {
    case .user(let user):
      var answer = user.detail
      answer["PasswordLastUsed"] = nil
      if !user.inlinePolicies.isEmpty { answer["UserPolicyList"] = user.inlinePolicyDetails }
      answer["GroupList"] = .list(user.groups.compactMap { state.group(id: $0).map { .string($0.identity.name) } })
      answer["AttachedManagedPolicies"] = user.attachedPolicyAnswer(in: account)
      answer["Tags"] = user.tags.answer
      return answer
    case .group(let group):
      var answer = group.summary
      answer["GroupPolicyList"] = group.inlinePolicyDetails
      answer["AttachedManagedPolicies"] = group.attachedPolicyAnswer(in: account)
      return answer
    case .role(let role):
      var answer = role.detail(in: state)
      (answer["Description"], answer["MaxSessionDuration"]) = (nil, nil)
      answer["InstanceProfileList"] = .list(
        role.instanceProfiles.compactMap { account.instanceProfiles[$0] }.map { .structure($0.answer(in: state)) })
      answer["RolePolicyList"] = role.inlinePolicyDetails
      answer["AttachedManagedPolicies"] = role.attachedPolicyAnswer(in: account)
      answer["Tags"] = role.tags.answer
      return answer
    case .policy(let policy):
      var answer = policy.summary(in: account)
      answer["Description"] = policy.description.map(AWSValue.string)
      answer["PolicyVersionList"] = .list(
        policy.versions.reversed().map { version in
          var answer = policy.answer(version)
          answer["Document"] = .string(version.policy.text)
          return .structure(answer)
        })
      return answer
    }
  }
}

extension IAMEntity {
  /// The inline policies with their documents.
  fileprivate var inlinePolicyDetails: AWSValue {
    .list(
      inlinePolicies.map { _, inline in
        ["PolicyName": .string(inline.name), "PolicyDocument": .string(inline.policy.text)]
      })
  }

  fileprivate func attachedPolicyAnswer(in account: AccountState) -> AWSValue {
    .list(
      attachedPolicies.compactMap { account.managedPolicy($0)?.identity }.map { policy in
        ["PolicyName": .string(policy.name), "PolicyArn": .string(policy.arn)]
      })
  }
}
