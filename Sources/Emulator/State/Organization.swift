package import IAMPolicy

/// The organization as decisions see it: for each account the guardrails of its levels, from the root down.
package struct Organization: Sendable {
  /// `o-…`
  package let id: String
  package let managementAccount: String
  private var members: [String: Membership] = [:]

  private struct Membership: Sendable {
    /// `o-…/r-…/ou-…/`
    var path: String
    var serviceControl: [[AttachedPolicy]]
    var resourceControl: [[AttachedPolicy]]
  }

  /// - Throws: ``PolicyError`` where a guardrail's document is no policy.
  package init(
    _ configuration: EmulatorConfiguration.Organization, identifiers: inout IdentifierGenerator
  ) throws(PolicyError) {
    managementAccount = configuration.managementAccount
    id = "o-" + identifiers.lowercaseID(10)
    var builder = Builder(organization: id, management: managementAccount)
    let rootID = "r-" + identifiers.lowercaseID(4)
    try builder.add(
      configuration.root, id: rootID, rootID: rootID,
      Membership(path: "\(id)/", serviceControl: [], resourceControl: []), &identifiers)
    members = builder.members
    if members[managementAccount] == nil {
      members[managementAccount] = Membership(path: "\(id)/\(rootID)/", serviceControl: [], resourceControl: [])
    }
  }

  /// `aws:PrincipalOrgPaths` of an account; `nil` where it is not a member.
  package func path(of account: String) -> String? { members[account]?.path }

  /// The service control policies that bind the principals of `account`; `nil` where none do.
  package func serviceControl(of account: String) -> [[AttachedPolicy]]? {
    account == managementAccount ? nil : members[account]?.serviceControl
  }

  /// The resource control policies that bind the resources of `account`; `nil` where none do.
  package func resourceControl(of account: String) -> [[AttachedPolicy]]? {
    account == managementAccount ? nil : members[account]?.resourceControl
  }

  /// Walks the tree down and gives every account what it inherits.
  private struct Builder {
    let organization: String
    let management: String
    var members: [String: Membership] = [:]
    private var known: [EmulatorConfiguration.ControlPolicy: AttachedPolicy] = [:]

    init(organization: String, management: String) {
      self.organization = organization
      self.management = management
    }

    mutating func add(
      _ unit: EmulatorConfiguration.Unit, id: String, rootID: String, _ parent: Membership,
      _ identifiers: inout IdentifierGenerator
    ) throws(PolicyError) {
      var inherited = parent
      inherited.path += id + "/"
      try extend(&inherited, by: unit.guardrails, of: unit.name, &identifiers)
      for account in unit.accounts {
        var member = inherited
        try extend(&member, by: account.guardrails, of: "account \(account.id)", &identifiers)
        members[account.id] = member
      }
      for child in unit.units {
        let childID = "ou-\(rootID.dropFirst(2))-" + identifiers.lowercaseID(8)
        try add(child, id: childID, rootID: rootID, inherited, &identifiers)
      }
    }

    private mutating func extend(
      _ membership: inout Membership, by guardrails: EmulatorConfiguration.Guardrails, of holder: String,
      _ identifiers: inout IdentifierGenerator
    ) throws(PolicyError) {
      var (services, resources): ([AttachedPolicy], [AttachedPolicy]) = ([], [])
      for policy in guardrails.serviceControl {
        services.append(try attached(policy, "service_control_policy", to: holder, &identifiers))
      }
      for policy in [.fullResourceAccess] + guardrails.resourceControl {
        resources.append(try attached(policy, "resource_control_policy", to: holder, &identifiers))
      }
      membership.serviceControl.append(services)
      membership.resourceControl.append(resources)
    }

    /// The policy as it is attached to `holder`; its ARN is the same wherever it is attached.
    private mutating func attached(
      _ policy: EmulatorConfiguration.ControlPolicy, _ type: String, to holder: String,
      _ identifiers: inout IdentifierGenerator
    ) throws(PolicyError) -> AttachedPolicy {
      var attached: AttachedPolicy
      if let earlier = known[policy] {
        attached = earlier
      } else {
        let isAWS = policy == .fullAccess || policy == .fullResourceAccess
        let arn =
          isAWS
          ? "arn:aws:organizations::aws:policy/\(type)/p-\(policy.name)"
          : "arn:aws:organizations::\(management):policy/\(organization)/\(type)/p-\(identifiers.lowercaseID(8))"
        attached = AttachedPolicy(
          CompiledPolicy(try PolicyDocument(parsing: Array(policy.document.utf8))), name: policy.name, arn: arn)
        known[policy] = attached
      }
      attached.attachedTo = holder
      return attached
    }
  }
}
