import AWSAPI
import IAMPolicy

extension IAMService {
  static let grantingHandlers: [String: Handler] = [
    "ListPoliciesGrantingServiceAccess": .read(listPoliciesGrantingServiceAccess)
  ]

  /// The policies of an entity that allow something of each service, conditions and resources left aside.
  private static func listPoliciesGrantingServiceAccess(
    _ state: EmulatorState, _ call: Call
  ) throws(AWSError) -> Answer {
    let arn = try call.required("Arn")
    let account = try state.account(of: call)
    guard let parts = EntityARN(arn), parts.account == account.id else {
      throw .noSuchEntity("The specified entity \(arn) cannot be found.")
    }
    var policies: [GrantingPolicy] = []
    if let user = state.user(arn: arn) {
      policies = GrantingPolicy.all(of: user, in: account)
      for group in user.groups.compactMap({ state.group(id: $0) }) {
        policies += GrantingPolicy.all(of: group, in: account)
      }
    } else if let role = state.role(arn: arn) {
      policies = GrantingPolicy.all(of: role, in: account)
    } else if parts.type == "group", let group = account.groups[NameKey(parts.name)], group.identity.arn == arn {
      policies = GrantingPolicy.all(of: group, in: account)
    } else {
      throw .noSuchEntity("The specified entity \(arn) cannot be found.")
    }
    let entries = call.strings("ServiceNamespaces").map { service -> AWSValue in
      [
        "ServiceNamespace": .string(service),
        "Policies": .list(policies.filter { $0.grants(service) }.map(\.answer)),
      ]
    }
    return Answer(["PoliciesGrantingServiceAccess": .list(entries), "IsTruncated": false])
  }
}

/// A policy of an entity, with how the answer shows it.
private struct GrantingPolicy {
  var answer: AWSValue
  var document: PolicyDocument

  static func all<E: IAMEntity>(of entity: E, in account: AccountState) -> [GrantingPolicy] {
    let inline = entity.inlinePolicies.map { _, policy in
      GrantingPolicy(
        answer: [
          "PolicyName": .string(policy.name), "PolicyType": "INLINE",
          "EntityType": .string(E.kind.rawValue.uppercased()), "EntityName": .string(entity.identity.name),
        ], document: policy.policy.compiled.document)
    }
    let attached = entity.attachedPolicies.compactMap { arn -> GrantingPolicy? in
      guard let policy = account.managedPolicy(arn), let version = policy.effective else { return nil }
      return GrantingPolicy(
        answer: [
          "PolicyName": .string(policy.identity.name), "PolicyType": "MANAGED", "PolicyArn": .string(arn),
        ], document: version.policy.compiled.document)
    }
    return inline + attached
  }

  /// Whether some Allow statement reaches an action of `service`.
  func grants(_ service: String) -> Bool {
    document.statements.contains { statement in
      guard statement.effect == .allow else { return false }
      let patterns = statement.action.patterns.map { $0.text.lowercased() }
      if statement.action.isNegated { return !patterns.contains { $0 == "*" || $0 == "\(service):*" } }
      return patterns.contains { $0.hasPrefix("\(service):") || $0.hasPrefix("*") }
    }
  }
}
