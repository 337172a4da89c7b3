import AWSAPI
package import Scenario

/// What a scenario would make on a target, and what its accounts' credentials need for it: known from the file, without a
/// call.
package struct RunPlan: Sendable {
  package var accounts: [AccountPlan]
  /// Steps of principals whose account only the run knows.
  package var unplaced: [String]

  package struct AccountPlan: Sendable {
    package var name: String
    package var id: String
    package var region: String
    package var makes: [Made]
    package var policy: LeastPolicy
  }

  /// Something that would be made.
  package struct Made: Sendable {
    package var kind: ResourceKind?
    /// `iam:CreateRole`
    package var operation: String
    /// The name, with `…` for the run's id and for what only the run knows.
    package var name: String
    package var isThereAlready: Bool
  }

  package var makesSomething: Bool { accounts.contains { $0.makes.contains { !$0.isThereAlready } } }

  package init(_ scenario: Scenario, accounts bound: [String: RemoteAccount], existing: [String: String])
    throws(Diagnostic)
  {
    accounts = scenario.accounts.map { account in
      let remote = bound[account.name.value]
      let id = remote?.id ?? account.id.value
      return AccountPlan(
        name: account.name.value, id: id, region: remote?.region ?? "us-east-1", makes: [],
        policy: LeastPolicy(account: id))
    }
    unplaced = []
    var walk = PlanWalk(scenario, existing: existing, scope: try Scope(scenario))
    for step in scenario.allSteps {
      if case .cli(let command) = step.action {
        if let index = accounts.firstIndex(where: { $0.name == step.principal?.value }) {
          Self.add(command, of: step, walk, to: &accounts[index])
        }
        continue
      }
      guard case .call(let call) = step.action, let operation = Catalogue.operation(named: call.operation.value) else {
        continue
      }
      let place = walk.account(of: step.principal?.value)
      walk.note(step, call, operation, place: place)
      guard let index = accounts.firstIndex(where: { $0.name == place }) else {
        if !operation.isReadOnly { unplaced.append(step.title) }
        continue
      }
      add(step, call, operation, walk, to: &accounts[index])
    }
  }

  private func add(
    _ step: Scenario.Step, _ call: Scenario.Call, _ operation: AWSAPI.Operation, _ walk: PlanWalk,
    to plan: inout AccountPlan
  ) {
    let given = AWSCall(operation: operation, parameters: walk.parameters(call))
    let kind = ResourceKind(madeBy: operation)
    let isThere = kind?.nameParameter.flatMap { call.parameters[$0] }.flatMap(walk.existingName) != nil
    if step.principal?.value == plan.name, !isThere {
      var marked = given
      if kind?.takesTags == true { marked.parameters["Tags"] = .list([]) }
      plan.policy.add(marked, patterns: walk.patterns)
    }
    // A call that is to be refused makes nothing.
    guard operation.undo != nil, step.expect?.isDenial != true else { return }
    guard let kind else {
      if let inverse = LedgerEntry.Inverse(of: given, answer: [:], account: plan.id)?.call {
        plan.policy.add(inverse, patterns: walk.patterns)
      }
      return
    }
    let name = kind.nameParameter.flatMap { call.parameters[$0] }.map(walk.shown) ?? ""
    plan.makes.append(Made(kind: kind, operation: operation.qualifiedName, name: name, isThereAlready: isThere))
    guard !isThere else { return }
    plan.policy.addTeardown(of: kind, given, patterns: walk.patterns)
    if step.principal?.value != plan.name { plan.policy.addTagging(of: kind, given, patterns: walk.patterns) }
  }
}

/// Follows who acts where through the steps of a scenario.
struct PlanWalk {
  let existing: [String: String]
  let patterns: NamePatterns
  private let scope: Scope
  private let scenario: Scenario
  private var principals: [String: String] = [:]
  private var variables: [String: String] = [:]

  init(_ scenario: Scenario, existing: [String: String], scope: Scope) {
    self.scenario = scenario
    self.existing = existing
    self.scope = scope
    patterns = NamePatterns(existing: Set(existing.values))
    for account in scenario.accounts { principals[account.name.value] = account.name.value }
    for principal in scenario.principals {
      switch principal.kind {
      case .identity(let account), .root(let account): principals[principal.name.value] = account.value
      case .role: break
      }
    }
  }

  /// The account that a principal acts in, by the scenario's name of it.
  func account(of principal: String?) -> String? {
    guard let principal else { return nil }
    if let known = principals[principal] { return known }
    for case .role(let chain) in scenario.principals.filter({ $0.name.value == principal }).map(\.kind) {
      return account(in: chain.role)
    }
    return nil
  }

  /// The account that an ARN is of: it names it, or comes from the answer to a step that acted there.
  private func account(in template: Template) -> String? {
    for reference in template.references {
      if reference.path.first == "accounts", reference.path.count == 2 { return reference.path[1] }
      if let name = reference.path.first, let place = variables[name] { return place }
    }
    return nil
  }

  mutating func note(_ step: Scenario.Step, _ call: Scenario.Call, _ operation: AWSAPI.Operation, place: String?) {
    for save in step.saves { variables[save.variable.value] = place }
    guard let become = step.become?.value else { return }
    if case .scalar(let role)? = call.parameters["RoleArn"] {
      principals[become] = account(in: role)
    } else {
      principals[become] = place
    }
  }

  /// A command as far as its words are known beforehand.
  func command(_ command: Scenario.CommandLine) -> AWSCommand? { try? AWSCommand(knownPartOf: command, in: scope) }

  /// The existing resource that a name stands for.
  func existingName(_ value: TemplateValue) -> String? {
    guard case .scalar(let template) = value, let path = template.soleReference?.path, path.count == 2,
      path[0] == "names"
    else { return nil }
    return existing[path[1]]
  }

  /// A name as it would be: with `…` where the run's id comes.
  func shown(_ value: TemplateValue) -> String {
    if let existing = existingName(value) { return existing }
    guard case .scalar(let template) = value else { return "…" }
    let name = (try? template.text(in: scope)) ?? "…"
    let prefix = "amzn-s3-demo-"
    return (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name) + "-…"
  }

  /// What is known of a call's parameters: texts, with names that are there already in their place.
  func parameters(_ call: Scenario.Call) -> AWSStructure {
    guard case .mapping(let entries, _) = call.parameters else { return [:] }
    var parameters = AWSStructure()
    for entry in entries {
      guard let key = entry.key.literal else { continue }
      if let existing = existingName(entry.value) {
        parameters[key] = .string(existing)
      } else if case .scalar(let template) = entry.value {
        parameters[key] = .string((try? template.text(in: scope)) ?? "*")
      } else {
        parameters[key] = .string("*")
      }
    }
    return parameters
  }
}
