import AWSAPI
import IAMPolicy

extension ScenarioCheck {
  /// Accounts, principals, variables: each by itself, before any step.
  mutating func checkDeclarations() {
    checkAccounts()
    checkExisting()
    for principal in scenario.principals { checkDeclaration(principal) }
    for variable in scenario.variables {
      checkReserved(variable.name)
      check(variable.value)
    }
  }

  private mutating func checkAccounts() {
    var ids: [String: SourceRange] = [:]
    for account in scenario.accounts {
      if account.name.value == Scenario.anonymous {
        report(
          .error("`\(Scenario.anonymous)` is the principal without credentials, and no account", at: account.name.range)
        )
      }
      if let first = ids[account.id.value] {
        report(
          .error(
            "two accounts with the id \(account.id.value)", at: account.id.range, notes: [.init("the first", at: first)]
          ))
      }
      ids[account.id.value] = ids[account.id.value] ?? account.id.range
    }
  }

  /// What may be done to resources that are there before: the key is a name or an account, the operations are known.
  private mutating func checkExisting() {
    let keys = scenario.names.map(\.key.value) + scenario.accounts.map(\.name.value)
    for existing in scenario.existing {
      if !keys.contains(existing.key.value) {
        let label = Suggestion.label(for: existing.key.value, among: keys)
        report(.error("`\(existing.key.value)` is neither a name nor an account", at: existing.key.range, label: label))
      }
      for operation in existing.operations where Catalogue.operation(named: operation.value) == nil {
        report(.error("unknown operation `\(operation.value)`", at: operation.range))
      }
    }
  }

  private mutating func checkDeclaration(_ principal: Scenario.Principal) {
    let name = principal.name
    if let account = scenario.accounts.first(where: { $0.name.value == name.value }) {
      report(
        .error(
          "`\(name.value)` is an account, whose name already is its administrator", at: name.range,
          notes: [.init("the account", at: account.name.range)]))
    }
    if name.value == Scenario.anonymous {
      report(.error("`\(Scenario.anonymous)` is always there: the principal without credentials", at: name.range))
    }
    switch principal.kind {
    case .identity(let account), .root(let account): checkAccount(account)
    case .role:
      if let become = becomes[name.value] {
        report(
          .error(
            "`\(name.value)` renews itself and cannot be given credentials", at: become,
            notes: [.init("it is declared", at: name.range)]))
      }
    }
    // An identity's credentials may come from the target; what can be known is that they are not missing here.
    principals.insert(name.value)
  }

  mutating func checkAccount(_ account: Located<String>) {
    let names = scenario.accounts.map(\.name.value)
    guard hasAccounts, !names.contains(account.value) else { return }
    let label = Suggestion.label(for: account.value, among: names)
    report(.error("unknown account `\(account.value)`", at: account.range, label: label))
  }

  mutating func checkReserved(_ variable: Located<String>) {
    guard ReferenceGroup(rawValue: variable.value) != nil else { return }
    report(.error("a variable cannot be named `\(variable.value)`, which names a part of the file", at: variable.range))
  }

  /// Names are made before anything runs, and so may refer only to what is there then.
  mutating func checkNames() {
    for name in scenario.names {
      let fileVariables = Set(scenario.variables.map(\.name.value))
      for reference in name.value.references where reference.path.first.map(saves.keys.contains) == true {
        guard let first = reference.path.first, !fileVariables.contains(first) else { continue }
        report(.error("a name is made before the first step, when `\(first)` is not saved yet", at: reference.range))
      }
      check(name.value)
    }
  }

  mutating func checkOrganization() {
    guard let organization = scenario.organization else { return }
    checkAccount(organization.management)
    var places: [String: SourceRange] = [:]
    checkUnit(organization.root, &places)
  }

  private mutating func checkUnit(_ unit: Scenario.Unit, _ places: inout [String: SourceRange]) {
    checkAttachments(unit.attachments)
    for member in unit.accounts {
      checkAccount(member.account)
      checkAttachments(member.attachments)
      if let first = places[member.account.value] {
        report(
          .error(
            "account `\(member.account.value)` is in two places of the organization", at: member.account.range,
            notes: [.init("the first", at: first)]))
      }
      places[member.account.value] = places[member.account.value] ?? member.account.range
    }
    for unit in unit.units { checkUnit(unit, &places) }
  }

  private mutating func checkAttachments(_ attachments: Scenario.Attachments) {
    for policy in attachments.serviceControlPolicies { checkAttached(policy, as: .serviceControl) }
    for policy in attachments.resourceControlPolicies { checkAttached(policy, as: .resourceControl) }
  }

  private mutating func checkAttached(_ policy: Located<String>, as type: PolicyType) {
    guard policies[policy.value] != nil else {
      let label = Suggestion.label(for: policy.value, among: policies.keys.sorted())
      let isFull = policy.value == "FullAWSAccess"
      let note = Diagnostic.Note("AWS's own FullAWSAccess is attached unless `full_aws_access` is false")
      return report(
        .error("unknown policy `\(policy.value)`", at: policy.range, label: label, notes: isFull ? [note] : []))
    }
    let use = PolicyUse(type)
    if policyUses[policy.value]?.contains(use) != true { policyUses[policy.value, default: []].append(use) }
    walkPolicy(policy.value, from: policy.range)
  }

  mutating func checkStepNames() {
    var names: [String: SourceRange] = [:]
    for name in scenario.allSteps.compactMap(\.name) {
      if let first = names[name.value] {
        report(
          .warning(
            "two steps are named `\(name.value)`", at: name.range,
            notes: [.init("the first", at: first), .init("reports and selections by name cannot tell them apart")]))
      }
      names[name.value] = names[name.value] ?? name.range
    }
  }

  mutating func checkUnused() {
    for principal in scenario.principals where !usedPrincipals.contains(principal.name.value) {
      report(.warning("principal `\(principal.name.value)` is never used", at: principal.name.range))
    }
    for policy in scenario.policies where !usedPolicies.contains(policy.name.value) {
      report(.warning("policy `\(policy.name.value)` is never used", at: policy.name.range))
    }
    for name in scenario.names where !usedNames.contains(name.key.value) {
      report(.warning("name `\(name.key.value)` is never used", at: name.key.range))
    }
    for (name, range) in becomes.sorted(by: { $0.value.start < $1.value.start })
    where !usedPrincipals.contains(name) && declared[name] == nil {
      report(.warning("principal `\(name)` gets credentials and never uses them", at: range))
    }
  }
}
