package import FoundationEssentials

/// What a target puts in the place of a file's own ids and names.
package struct ScopeBindings: Sendable {
  /// Ids by the scenario's names of accounts.
  package var accounts: [String: String]
  /// What the scenario's names are on the target, by key.
  package var names: [String: String]
  /// Rewrites text that goes to the target; `nil` where it goes as it is.
  package var rewrite: (@Sendable (String) -> String)?

  package init(
    accounts: [String: String] = [:], names: [String: String] = [:], rewrite: (@Sendable (String) -> String)? = nil
  ) {
    self.accounts = accounts
    self.names = names
    self.rewrite = rewrite
  }
}

/// What references stand for at one moment of a run.
///
/// Made with the file's own ids and names; a target puts real ones in their place, and steps add variables.
package struct Scope: Sendable {
  /// The ids of the accounts, by the names of the file.
  package var accounts: [String: String]
  package var names: [String: String]
  /// Variables of the file, and those that steps have saved.
  package private(set) var variables: [String: ScenarioValue]
  /// The run's clock, for `now()`.
  package var now: @Sendable () -> Date
  /// The one-time code of a base32 seed at a time, for `totp()`; `nil` where the seed is none.
  package var oneTimeCode: @Sendable (_ seed: String, _ time: Date) -> String?

  /// Who signs what the file's identity providers are said to sign; `nil` where nobody does.
  package var identityProviders: (any IdentityProviderPlay)?

  private let policies: [String: TemplateValue]
  private let tokens: [String: Scenario.Token]
  /// See ``ScopeBindings/rewrite``.
  private(set) var rewrite: (@Sendable (String) -> String)?

  /// - Parameter bindings: what stands in the place of the file's own ids and names.
  /// - Throws: the first name or variable of the file that cannot be resolved.
  package init(
    _ scenario: Scenario, bindings: ScopeBindings = ScopeBindings(),
    now: @escaping @Sendable () -> Date = { Date() },
    oneTimeCode: @escaping @Sendable (String, Date) -> String? = { _, _ in nil },
    identityProviders: (any IdentityProviderPlay)? = nil
  ) throws(Diagnostic) {
    self.init(unresolved: scenario, now: now, oneTimeCode: oneTimeCode)
    self.identityProviders = identityProviders
    accounts.merge(bindings.accounts) { _, bound in bound }
    for name in scenario.names {
      if let bound = bindings.names[name.key.value] {
        names[name.key.value] = bound
      } else {
        names[name.key.value] = try name.value.text(in: self)
      }
    }
    rewrite = bindings.rewrite
    for variable in scenario.variables { variables[variable.name.value] = try variable.value.value(in: self) }
  }

  /// The scope of a file that may be faulty: what cannot be resolved is left out.
  init(resolvable scenario: Scenario) {
    self.init(unresolved: scenario, now: { Date(timeIntervalSince1970: 0) }, oneTimeCode: { _, _ in nil })
    for name in scenario.names { names[name.key.value] = try? name.value.text(in: self) }
    for variable in scenario.variables { variables[variable.name.value] = try? variable.value.value(in: self) }
  }

  private init(
    unresolved scenario: Scenario, now: @escaping @Sendable () -> Date,
    oneTimeCode: @escaping @Sendable (String, Date) -> String?
  ) {
    accounts = Dictionary(scenario.accounts.map { ($0.name.value, $0.id.value) }) { first, _ in first }
    // A policy whose file could not be read is a null: nothing is known of it.
    let documents = scenario.policies.filter { if case .null = $0.document { false } else { true } }
    policies = Dictionary(documents.map { ($0.name.value, $0.document) }) { first, _ in first }
    tokens = Dictionary(scenario.tokens.map { ($0.name.value, $0) }) { first, _ in first }
    names = [:]
    variables = [:]
    self.now = now
    self.oneTimeCode = oneTimeCode
  }

  /// The value of a variable. Setting it is what a step's `save` does.
  package subscript(variable: String) -> ScenarioValue? {
    get { variables[variable] }
    set { variables[variable] = newValue }
  }

  func policy(named name: String) -> TemplateValue? { policies[name] }
  func token(named name: String) -> Scenario.Token? { tokens[name] }
}

/// The groups of names that a reference's first component may name.
enum ReferenceGroup: String, CaseIterable {
  case accounts, names, policies, issuers, tokens
}
