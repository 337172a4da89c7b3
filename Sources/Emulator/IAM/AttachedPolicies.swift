import AWSAPI

extension IAMService {
  static let attachedPolicyHandlers: [String: Handler] = [
    "AttachUserPolicy": .write(attach(User.self)),
    "DetachUserPolicy": .write(detach(User.self)),
    "ListAttachedUserPolicies": .read(listAttached(User.self)),
    "AttachGroupPolicy": .write(attach(Group.self)),
    "DetachGroupPolicy": .write(detach(Group.self)),
    "ListAttachedGroupPolicies": .read(listAttached(Group.self)),
    "AttachRolePolicy": .write(attach(Role.self)),
    "DetachRolePolicy": .write(detach(Role.self)),
    "ListAttachedRolePolicies": .read(listAttached(Role.self)),
  ]

  private static func attach<E: IAMEntity>(_ type: E.Type) -> Handler.Write {
    { state, call throws(AWSError) in
      let arn = try call.required("PolicyArn")
      try state.account(of: call).checkAttachable(arn)
      let entity = try state.entity(type, of: call)
      // Attaching once more changes nothing, and is no error.
      guard !entity.attachedPolicies.contains(arn) else { return Answer() }
      try state.update(type, of: call) { entity throws(AWSError) in
        guard entity.attachedPolicies.count < E.attachedPolicyQuota.value else {
          throw .limitExceeded(E.attachedPolicyQuota)
        }
        entity.attachedPolicies.append(arn)
      }
      try state.updateAccount(of: call) { account in
        account.policyUsage[UTF8Key(arn), default: PolicyUsage()].attached[UTF8Key(entity.identity.id)] = E.kind
      }
      return Answer()
    }
  }

  private static func detach<E: IAMEntity>(_ type: E.Type) -> Handler.Write {
    { state, call throws(AWSError) in
      let arn = try call.required("PolicyArn")
      let id = try state.update(type, of: call) { entity throws(AWSError) in
        guard let index = entity.attachedPolicies.firstIndex(of: arn) else { throw .noSuchPolicy(arn) }
        entity.attachedPolicies.remove(at: index)
        return entity.identity.id
      }
      try state.updateAccount(of: call) { account in
        account.policyUsage[UTF8Key(arn)]?.attached[UTF8Key(id)] = nil
      }
      return Answer()
    }
  }

  private static func listAttached<E: IAMEntity>(_ type: E.Type) -> Handler.Read {
    { state, call throws(AWSError) in
      let entity = try state.entity(type, of: call)
      let account = try state.account(of: call)
      let prefix = call.string("PathPrefix") ?? "/"
      let page = try call.page(of: entity.attachedPolicies, key: { $0 }) { arn in
        guard let policy = account.managedPolicy(arn), policy.identity.path.utf8.starts(with: prefix.utf8) else {
          return nil
        }
        return ["PolicyName": .string(policy.identity.name), "PolicyArn": .string(arn)]
      }
      return Answer(page.answer("AttachedPolicies"))
    }
  }
}

extension AccountState {
  /// The managed policy with this ARN: the account's own, or AWS's.
  package func managedPolicy(_ arn: String) -> ManagedPolicy? {
    if let policy = AWSManagedPolicies.policy(arn) { return policy }
    guard let slash = arn.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let policy = policies[NameKey(String(arn[arn.index(after: slash)...]))]
    return policy?.identity.arn == arn ? policy : nil
  }

  /// The managed policy with this ARN, or IAM's error.
  func existingPolicy(_ arn: String) throws(AWSError) -> ManagedPolicy {
    guard ManagedPolicyARN.isWellFormed(arn) else { throw .validationError("Invalid ARN:  Could not be parsed!") }
    guard let policy = managedPolicy(arn) else { throw .noSuchPolicy(arn) }
    return policy
  }

  /// Whether the policy can be attached to the account's entities, or be their boundary.
  func checkAttachable(_ arn: String) throws(AWSError) {
    guard ManagedPolicyARN.isWellFormed(arn) else { throw .validationError("Invalid ARN:  Could not be parsed!") }
    guard managedPolicy(arn) != nil else {
      throw .noSuchEntity("Policy \(arn) does not exist or is not attachable.")
    }
  }
}

/// The ARN of a managed policy, as far as IAM looks at it before it looks for the policy.
enum ManagedPolicyARN {
  static func isWellFormed(_ arn: String) -> Bool {
    let parts = arn.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && parts[0].elementsEqual("arn".utf8) && !parts[1].isEmpty && !parts[5].isEmpty
  }
}
