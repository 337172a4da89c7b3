extension ScenarioCheck {
  mutating func check(_ template: Template?) {
    for reference in template?.references ?? [] { check(reference) }
  }

  mutating func check(_ tree: TemplateValue) {
    switch tree {
    case .null: break
    case .scalar(let template): check(template)
    case .list(let elements, _): for element in elements { check(element) }
    case .mapping(let entries, _):
      for entry in entries {
        check(entry.key)
        check(entry.value)
      }
    }
  }

  private mutating func check(_ reference: Template.Reference) {
    guard let first = reference.path.first else { return }
    guard let group = ReferenceGroup(rawValue: first) else { return checkVariable(reference, named: first) }
    guard reference.path.count == 2 else {
      return report(.error("write `\(first).NAME`", at: reference.range))
    }
    let name = reference.path[1]
    switch group {
    case .accounts:
      if hasAccounts { known(name, in: scenario.accounts.map(\.name.value), "account", at: reference.range) }
    case .names:
      usedNames.insert(name)
      known(name, in: scenario.names.map(\.key.value), "name", at: reference.range)
    case .policies:
      known(name, in: scenario.policies.map(\.name.value), "policy", at: reference.range)
      walkPolicy(name, from: reference.range)
    case .issuers: known(name, in: scenario.issuers.map(\.name.value), "issuer", at: reference.range)
    case .tokens:
      known(name, in: scenario.tokens.map(\.name.value), "token", at: reference.range)
      if let token = scenario.tokens.first(where: { $0.name.value == name }) { checkContent(of: token) }
    }
  }

  private mutating func known(_ name: String, in names: [String], _ kind: String, at range: SourceRange) {
    guard !names.contains(name) else { return }
    report(.error("unknown \(kind) `\(name)`", at: range, label: Suggestion.label(for: name, among: names)))
  }

  private mutating func checkVariable(_ reference: Template.Reference, named name: String) {
    if variables.contains(name) { return }
    var diagnostic: Diagnostic
    if let save = saves[name] {
      diagnostic = .error(
        "variable `\(name)` is used before it is saved", at: reference.range, notes: [.init("it is saved", at: save)])
    } else {
      let names = Array(saves.keys) + scenario.variables.map(\.name.value) + qualifiedNames
      let label = Suggestion.label(for: reference.name, among: names.sorted())
      diagnostic = .error("unknown variable `\(reference.name)`", at: reference.range, label: label)
    }
    if let policy = walkedPolicies.last, let use = policyReference {
      diagnostic.notes.append(.init("policy `\(policy)` is used", at: use))
    }
    report(diagnostic)
  }

  /// `names.role` for whoever writes `role`, or `name.role`.
  private var qualifiedNames: [String] {
    scenario.names.map { "names.\($0.key.value)" } + scenario.accounts.map { "accounts.\($0.name.value)" }
      + scenario.policies.map { "policies.\($0.name.value)" }
  }

  /// Checks what a policy refers to, as of this point of the walk.
  mutating func walkPolicy(_ name: String, from range: SourceRange) {
    usedPolicies.insert(name)
    guard let policy = policies[name] else { return }
    if walkedPolicies.contains(name) {
      let circle = (walkedPolicies + [name]).joined(separator: " → ")
      return report(.error("policies refer to one another in a circle: \(circle)", at: range))
    }
    if walkedPolicies.isEmpty { policyReference = range }
    walkedPolicies.append(name)
    check(policy.document)
    walkedPolicies.removeLast()
    if walkedPolicies.isEmpty { policyReference = nil }
  }
}
