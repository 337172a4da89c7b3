import IAMPolicy

/// The policies that bear on a caller, whatever it asks for.
struct CallerPolicies: Sendable {
  var identity: [AttachedPolicy] = []
  var boundaries: [AttachedPolicy] = []
  /// `nil` where the session was made without policies.
  var session: [AttachedPolicy]?
  /// The tags that `aws:PrincipalTag` tells.
  var tags: [Tag] = []

  /// Those of somebody who did not sign: none.
  init() {}

  init(of caller: Caller, in state: EmulatorState) {
    guard let account = caller.accountID.flatMap({ state.accounts[$0] }) else { return }
    switch caller.kind {
    case .anonymous, .root: break
    case .user(let id): if let user = state.user(id: id) { add(user, of: account, in: state) }
    case .federatedUser(let issuer):
      if let issuer {
        if let user = state.user(id: issuer) { add(user, of: account, in: state) }
      } else if let all = account.attached(AWSManagedPolicies.administratorAccess, to: "root user") {
        // What the root user hands on is only limited by the session's policies.
        identity.append(all)
      }
    case .roleSession(let id): if let role = state.role(id: id) { add(role, of: account) }
    }
    if let session = caller.session { add(session, of: account) }
  }

  private mutating func add(_ user: User, of account: AccountState, in state: EmulatorState) {
    add(user, of: account)
    for group in user.groups { if let group = state.group(id: group) { add(group, of: account) } }
    addBoundary(user.permissionsBoundary, of: account, to: "user \(user.identity.name)")
    tags = user.tags
  }

  private mutating func add(_ role: Role, of account: AccountState) {
    addPolicies(of: role, in: account)
    addBoundary(role.permissionsBoundary, of: account, to: "role \(role.identity.name)")
    tags = role.tags
  }

  private mutating func add(_ entity: some IAMEntity, of account: AccountState) {
    addPolicies(of: entity, in: account)
  }

  private mutating func addPolicies<E: IAMEntity>(of entity: E, in account: AccountState) {
    guard !entity.inlinePolicies.isEmpty || !entity.attachedPolicies.isEmpty else { return }
    let holder = "\(E.kind.noun) \(entity.identity.name)"
    for (_, inline) in entity.inlinePolicies {
      identity.append(inline.policy.attached(name: inline.name, to: holder))
    }
    for arn in entity.attachedPolicies {
      if let policy = account.attached(arn, to: holder) { identity.append(policy) }
    }
  }

  private mutating func addBoundary(_ arn: String?, of account: AccountState, to holder: String) {
    if let policy = arn.flatMap({ account.attached($0, to: holder) }) { boundaries.append(policy) }
  }

  private mutating func add(_ session: Session, of account: AccountState) {
    if session.policy != nil || !session.policyArns.isEmpty {
      let inline = session.policy.map { [$0.attached(name: "session policy")] } ?? []
      self.session = inline + session.policyArns.compactMap { account.attached($0, to: "session") }
    }
    // "New session tags override existing assumed role or federated user tags with the same tag key, regardless of case"
    // (IAM User Guide, "Pass session tags in AWS STS").
    let keys = Set(session.tags.map { NameKey($0.key) })
    tags = tags.filter { !keys.contains(NameKey($0.key)) } + session.tags
  }
}

extension AccountState {
  /// The managed policy's version in force, as it is attached.
  func attached(_ arn: String, to holder: String) -> AttachedPolicy? {
    guard let policy = managedPolicy(arn), let version = policy.effective else { return nil }
    return version.policy.attached(name: policy.identity.name, arn: arn, to: holder)
  }
}
