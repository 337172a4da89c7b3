import AWSAPI

extension IAMService {
  static let managedPolicyHandlers: [String: Handler] = [
    "CreatePolicy": .write(createPolicy),
    "GetPolicy": .read(getPolicy),
    "ListPolicies": .read(listPolicies),
    "DeletePolicy": .write(deletePolicy),
    "ListEntitiesForPolicy": .read(listEntitiesForPolicy),
  ]

  private static func createPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let name = try call.required("PolicyName")
    let path = call.string("Path") ?? "/"
    let document = try StoredPolicy(managedPolicy: try call.required("PolicyDocument"))
    let account = try state.account(of: call)
    guard account.policies[NameKey(name)] == nil else {
      throw .alreadyExists("A policy called \(name) already exists. Duplicate names are not allowed.")
    }
    guard account.policies.count < IAMLimits.policiesPerAccount.value else {
      throw .limitExceeded(IAMLimits.policiesPerAccount)
    }
    let identity = EntityIdentity(
      name: name, path: path, id: state.identifiers.uniqueID(.policy),
      arn: account.arn("policy", path: path, name: name), createDate: call.now)
    var policy = ManagedPolicy(identity: identity, description: call.string("Description"), policy: document)
    policy.tags = try call.tags()
    try state.updateAccount(of: call) { $0.policies[NameKey(name)] = policy }
    var answer = policy.summary(in: account)
    answer["Tags"] = policy.tags.isEmpty ? nil : policy.tags.answer
    return Answer(["Policy": .structure(answer)])
  }

  private static func getPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    let policy = try account.existingPolicy(try call.required("PolicyArn"))
    var answer = policy.summary(in: account)
    answer["Description"] = policy.description.map(AWSValue.string)
    answer["Tags"] = policy.tags.answer
    return Answer(["Policy": .structure(answer)])
  }

  private static func listPolicies(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    let scope = call.string("Scope") ?? "All"
    var policies: [ManagedPolicy] = []
    if scope != "AWS" { policies += account.policies.values }
    if scope != "Local" { policies += AWSManagedPolicies.all }
    let prefix = call.string("PathPrefix") ?? "/"
    let (isOnlyAttached, filter) = (call.boolean("OnlyAttached") ?? false, call.string("PolicyUsageFilter"))
    let page = try call.page(of: policies, key: { $0.identity.arn }) { policy in
      let usage = account.policyUsage[UTF8Key(policy.identity.arn)] ?? PolicyUsage()
      guard policy.identity.path.utf8.starts(with: prefix.utf8),
        !isOnlyAttached || !usage.attached.isEmpty,
        filter != "PermissionsPolicy" || !usage.attached.isEmpty,
        filter != "PermissionsBoundary" || !usage.bounded.isEmpty
      else { return nil }
      return .structure(policy.summary(in: account))
    }
    return Answer(page.answer("Policies"))
  }

  private static func deletePolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let arn = try call.required("PolicyArn")
    let policy = try state.account(of: call).ownPolicy(arn)
    let usage = try state.account(of: call).policyUsage[UTF8Key(arn)] ?? PolicyUsage()
    guard usage.attached.isEmpty else { throw .deleteConflict("Cannot delete a policy attached to entities.") }
    guard usage.bounded.isEmpty else {
      throw .deleteConflict("Cannot delete a policy that is used as a permissions boundary for entities.")
    }
    guard policy.versions.count == 1 else {
      throw .deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
          + "The default version is deleted with the policy.")
    }
    try state.updateAccount(of: call) { account in
      account.policies[NameKey(policy.identity.name)] = nil
      account.policyUsage[UTF8Key(arn)] = nil
    }
    return Answer()
  }

  private static func listEntitiesForPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    let arn = try call.required("PolicyArn")
    _ = try account.existingPolicy(arn)
    let usage = account.policyUsage[UTF8Key(arn)] ?? PolicyUsage()
    let users = call.string("PolicyUsageFilter") == "PermissionsBoundary" ? usage.bounded : usage.attached
    let (prefix, filter) = (call.string("PathPrefix") ?? "/", call.string("EntityFilter"))
    let entries = users.compactMap { entry in
      PolicyEntity(id: entry.key.string, kind: entry.value, in: state)
    }
    let page = try call.page(of: entries, key: \.id) { entity in
      guard entity.path.utf8.starts(with: prefix.utf8), filter.map({ $0 == entity.kind.capitalizedNoun }) ?? true else {
        return nil
      }
      return ["Kind": .string(entity.kind.rawValue), "Name": .string(entity.name), "Id": .string(entity.id)]
    }
    func entities(_ kind: EntityKind) -> AWSValue {
      let noun = kind.capitalizedNoun
      return .list(
        page.items.compactMap(\.structure).filter { $0["Kind"]?.string == kind.rawValue }.map { item in
          ["\(noun)Name": item["Name"], "\(noun)Id": item["Id"]]
        })
    }
    return Answer([
      "PolicyGroups": entities(.group), "PolicyUsers": entities(.user), "PolicyRoles": entities(.role),
      "IsTruncated": .boolean(page.marker != nil), "Marker": page.marker.map(AWSValue.string),
    ])
  }
}

/// An entity that a managed policy is attached to.
private struct PolicyEntity {
  var id: String
  var kind: EntityKind
  var name: String
  var path: String

  init?(id: String, kind: EntityKind, in state: EmulatorState) {
    let identity =
      switch kind {
      case .user: state.user(id: id)?.identity
      case .group: state.group(id: id)?.identity
      case .role: state.role(id: id)?.identity
      }
    guard let identity else { return nil }
    (self.id, self.kind, name, path) = (id, kind, identity.name, identity.path)
  }
}

extension AccountState {
  /// The account's own policy with this ARN. AWS's own cannot be changed by anybody.
  func ownPolicy(_ arn: String) throws(AWSError) -> ManagedPolicy {
    let policy = try existingPolicy(arn)
    guard AWSManagedPolicies.policy(arn) == nil else {
      throw AWSError("AccessDenied", "Policy \(arn) is outside your own account.", status: 403)
    }
    return policy
  }
}

extension ManagedPolicy {
  /// As CreatePolicy and lists show a policy; GetPolicy adds the description and the tags.
  func summary(in account: AccountState) -> AWSStructure {
    let usage = account.policyUsage[UTF8Key(identity.arn)] ?? PolicyUsage()
    return [
      "PolicyName": .string(identity.name), "PolicyId": .string(identity.id), "Arn": .string(identity.arn),
      "Path": .string(identity.path), "DefaultVersionId": .string("v\(defaultVersion)"),
      "AttachmentCount": .integer(usage.attached.count), "PermissionsBoundaryUsageCount": .integer(usage.bounded.count),
      "IsAttachable": true, "CreateDate": .timestamp(identity.createDate), "UpdateDate": .timestamp(updateDate),
    ]
  }
}
