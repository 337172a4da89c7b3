import Scenario

extension Scenario.Step {
  /// What the step needs of those before it: the variables that it refers to, itself or through the policies it names,
  /// and, after `as `, the principals that it acts as.
  func neededNames(in scenario: Scenario) -> Set<String> {
    var needs = StepNeeds(scenario)
    needs.add(templates)
    if case .check(let checks) = action {
      // A check may name a variable without the braces.
      needs.add(variables: checks.compactMap(\.value.literal))
    }
    if let principal { needs.add(principal: principal.value) }
    return needs.names
  }

  /// Whether what is expected only comes with time: that credentials or a link have run out.
  var expectsExpiry: Bool {
    let matchers = [expect?.error, expect?.message].compactMap { $0 }
    return matchers.contains { matcher in
      switch matcher.kind {
      case .equals(let text), .contains(let text), .matches(let text):
        text.literal.map { $0 == "ExpiredToken" || $0 == "ExpiredTokenException" || $0.range(ofText: "expired") != nil }
          ?? false
      default: false
      }
    }
  }

  /// Every template that is resolved for the step, before its call or for its answer.
  private var templates: [Template] {
    actionTemplates + (expect?.templates ?? [])
      + saves.compactMap { if case .xpath(let expression) = $0.source { expression } else { nil } }
  }

  private var actionTemplates: [Template] {
    switch action {
    case .call(let call), .presign(let call, _): call.parameters.templates
    case .fetch(let fetch): [fetch.url] + fetch.headers.map(\.value) + (fetch.body?.templates ?? [])
    case .cli(let command):
      command.words + command.profiles.flatMap { $0.settings.map(\.value) } + command.files.flatMap(\.content.templates)
    case .switchRole(let form): [form.account, form.roleName] + [form.displayName].compactMap { $0 }
    case .check(let checks): checks.flatMap { [$0.value] + $0.matcher.templates }
    case .advance: []
    }
  }
}

/// Collects names through everything that templates lead to.
private struct StepNeeds {
  private let scenario: Scenario
  private(set) var names: Set<String> = []
  /// Policies that were looked into, because they may refer to one another.
  private var policies: Set<String> = []

  init(_ scenario: Scenario) { self.scenario = scenario }

  mutating func add(variables: [String]) { names.formUnion(variables) }

  /// What `names` holds was made before the first step and needs nothing.
  mutating func add(_ templates: [Template]) {
    for reference in templates.flatMap(\.references) {
      guard let first = reference.path.first else { continue }
      if first == "policies", reference.path.count == 2 { add(policy: reference.path[1]) } else { names.insert(first) }
    }
  }

  private mutating func add(policy name: String) {
    guard policies.insert(name).inserted else { return }
    for policy in scenario.policies where policy.name.value == name { add(policy.document.templates) }
  }

  mutating func add(principal name: String) {
    guard names.insert("as " + name).inserted else { return }
    for case .role(let chain) in scenario.principals.filter({ $0.name.value == name }).map(\.kind) {
      add(chain.templates)
      add(principal: chain.from.value)
    }
  }
}

extension Scenario.RoleChain {
  fileprivate var templates: [Template] {
    [role] + [session, externalID, sourceIdentity].compactMap { $0 } + (policy?.templates ?? []) + policyArns
      + tags.flatMap { [$0.key, $0.value] } + transitiveTagKeys
  }
}

extension Expectation {
  fileprivate var templates: [Template] {
    let matchers = [error, message, body, standardError].compactMap { $0 } + headers.map(\.matcher)
    return matchers.flatMap(\.templates) + xpath.flatMap { [$0.expression] + $0.matcher.templates }
  }
}

extension Matcher {
  fileprivate var templates: [Template] {
    switch kind {
    case .equals(let template), .contains(let template), .startsWith(let template), .endsWith(let template),
      .matches(let template), .file(let template):
      [template]
    case .oneOf(let templates): templates
    case .json(let tree): tree.templates
    case .not(let inner): inner.templates
    case .all(let inner): inner.flatMap(\.templates)
    case .exists, .count: []
    }
  }
}

extension TemplateValue {
  /// Every template in the tree.
  fileprivate var templates: [Template] {
    switch self {
    case .null: []
    case .scalar(let template): [template]
    case .list(let elements, _): elements.flatMap(\.templates)
    case .mapping(let entries, _): entries.flatMap { [$0.key] + $0.value.templates }
    }
  }
}
