import AWSAPI
package import AWSClient
package import Emulator
package import HTTP
package import Scenario
package import SigV4

/// The embedded emulator: a fresh one for every scenario, with the scenario's accounts and organization.
package struct EmulatorTarget: Target {
  package let name = "emulator"
  package let emulator: Emulator
  package let client: AWSClient
  package let identityProviders: (any IdentityProviderPlay)?

  /// An emulator that is there already.
  /// - Parameter identityProviders: who signs for the identity providers whose keys the emulator was made with.
  package init(_ emulator: Emulator, identityProviders: (any IdentityProviderPlay)? = nil) {
    self.emulator = emulator
    self.identityProviders = identityProviders
    client = AWSClient(
      transport: EmulatorTransport(emulator: emulator), endpoints: .aws, region: "us-east-1", retries: .never,
      now: { emulator.clock.now }, wait: { emulator.clock.advance(by: $0) })
  }

  /// An emulator for `scenario`.
  /// - Throws: a diagnostic where one of its guardrails is no policy.
  package init(
    for scenario: Scenario, clock: EmulatorClock = .fixed(.scenarioStart),
    identifiers: EmulatorConfiguration.IdentifierSource = .seeded(1), takesCommands: Bool = false
  ) throws(Diagnostic) {
    var configuration = EmulatorConfiguration(accounts: [], clock: clock, identifiers: identifiers)
    try configuration.add(scenario)
    // Commands sign by the machine's time.
    configuration.acceptsMachineTime = takesCommands || scenario.allSteps.contains(where: \.isCommand)
    let providers = try PlayedIdentityProviders(scenario, at: configuration.clock.now)
    configuration.issuers = providers.issuers
    do {
      self.init(try Emulator(configuration), identityProviders: providers)
    } catch {
      throw .error("a guardrail of the organization is no policy: \(error)", at: scenario.organization?.range)
    }
  }

  package var commandPlace: CommandPlace { .emulator }

  package func administrator(of accountID: String) -> Credentials? {
    emulator.administratorCredentials(of: accountID)
  }

  package func rootUser(of accountID: String) -> Credentials? { emulator.rootCredentials(of: accountID) }

  package func advance(by duration: Duration) -> Bool {
    emulator.clock.advance(by: duration)
    return true
  }

  /// Nobody waits for a clock that can be moved.
  package func wait(_ duration: Duration) { emulator.clock.advance(by: duration) }

  package func record(forRequestID id: String) -> DecisionRecord? { emulator.decision(forRequestID: id) }
}

extension EmulatorConfiguration {
  /// Adds the accounts of `scenario` that are not there yet, and its organization where there is none.
  /// - Throws: a diagnostic where a guardrail is not among the scenario's policies.
  package mutating func add(_ scenario: Scenario) throws(Diagnostic) {
    for account in scenario.accounts where !accounts.contains(where: { $0.id == account.id.value }) {
      accounts.append(Account(id: account.id.value))
    }
    guard organization == nil, let source = scenario.organization else { return }
    organization = try OrganizationReader(scenario).organization(source)
  }
}

/// Hands requests to an emulator in this process.
package struct EmulatorTransport: Transport {
  package let emulator: Emulator

  package init(emulator: Emulator) { self.emulator = emulator }

  package func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    emulator.handle(request)
  }
}

/// Turns a scenario's organization into the emulator's.
private struct OrganizationReader {
  let scope: Scope
  let scenario: Scenario

  init(_ scenario: Scenario) throws(Diagnostic) {
    self.scenario = scenario
    scope = try Scope(scenario)
  }

  func organization(_ source: Scenario.Organization) throws(Diagnostic) -> EmulatorConfiguration.Organization {
    EmulatorConfiguration.Organization(
      managementAccount: id(of: source.management.value), root: try unit(source.root, name: "Root"))
  }

  private func unit(_ source: Scenario.Unit, name: String) throws(Diagnostic) -> EmulatorConfiguration.Unit {
    var unit = EmulatorConfiguration.Unit(
      name: name, guardrails: try guardrails(source.attachments))
    for member in source.accounts {
      unit.accounts.append(
        EmulatorConfiguration.Member(
          id: id(of: member.account.value),
          guardrails: try guardrails(member.attachments)))
    }
    for inner in source.units {
      unit.units.append(try self.unit(inner, name: inner.name?.value ?? "Unit"))
    }
    return unit
  }

  private func guardrails(
    _ attachments: Scenario.Attachments
  ) throws(Diagnostic) -> EmulatorConfiguration.Guardrails {
    var guardrails = EmulatorConfiguration.Guardrails()
    guardrails.serviceControl =
      (attachments.hasFullAWSAccess ? [.fullAccess] : []) + (try policies(attachments.serviceControlPolicies))
    guardrails.resourceControl = try policies(attachments.resourceControlPolicies)
    return guardrails
  }

  private func policies(_ names: [Located<String>]) throws(Diagnostic) -> [EmulatorConfiguration.ControlPolicy] {
    var policies: [EmulatorConfiguration.ControlPolicy] = []
    for name in names {
      if name.value == EmulatorConfiguration.ControlPolicy.fullAccess.name {
        policies.append(.fullAccess)
        continue
      }
      guard let policy = scenario.policies.first(where: { $0.name.value == name.value }) else {
        throw .error("no policy '\(name.value)'", at: name.range)
      }
      policies.append(
        EmulatorConfiguration.ControlPolicy(name: name.value, document: try policy.document.value(in: scope).text))
    }
    return policies
  }

  private func id(of account: String) -> String {
    scenario.accounts.first { $0.name.value == account }?.id.value ?? account
  }
}
