package import Federation

/// Everything the emulator knows, as one value: a copy of it is a snapshot that nothing changes any more.
///
/// All but the generator of ids lies in a box: requests hand the state from step to step, and a copy costs one reference
/// count. The generator is outside because every request takes an id, also while snapshots share the box.
package struct EmulatorState: Sendable {
  package var identifiers: IdentifierGenerator
  private var tables = Shared(Tables())

  private struct Tables: Sendable {
    var accounts: SortedMap<String, AccountState> = [:]
    var credentials: SortedMap<UTF8Key, Credential> = [:]
    var sessionEnds: SortedMap<SessionEnd, Bool> = [:]
    var usage: SortedMap<UTF8Key, CredentialUsage> = [:]
    var entities: SortedMap<UTF8Key, EntityReference> = [:]
    var issuers: [String: JSONWebKeySet]?
    var organization: Organization?
    var clockAdvance: Double = 0
    var clockSteps: [EmulatorClock.Step]?
    var organizationSeed: UInt64 = .random(in: 0 ... .max)
    var s3 = S3State()
  }

  package init(identifiers: IdentifierGenerator) {
    self.identifiers = identifiers
  }
}

// What lies in the box.
extension EmulatorState {
  /// By the account's twelve digits.
  package var accounts: SortedMap<String, AccountState> {
    _read { yield tables.value.accounts }
    _modify { yield &tables.value.accounts }
  }

  /// By the access key id.
  package var credentials: SortedMap<UTF8Key, Credential> {
    _read { yield tables.value.credentials }
    _modify { yield &tables.value.credentials }
  }

  /// When temporary credentials end, the first to end first.
  package var sessionEnds: SortedMap<SessionEnd, Bool> {
    _read { yield tables.value.sessionEnds }
    _modify { yield &tables.value.sessionEnds }
  }

  /// The last use of each key by its id, and of each role by its unique id.
  package var usage: SortedMap<UTF8Key, CredentialUsage> {
    _read { yield tables.value.usage }
    _modify { yield &tables.value.usage }
  }

  /// Users, groups and roles of all accounts by their unique ids.
  package var entities: SortedMap<UTF8Key, EntityReference> {
    _read { yield tables.value.entities }
    _modify { yield &tables.value.entities }
  }

  /// The keys of OpenID Connect issuers, by the `iss` of their tokens; they are the configuration's, and not kept.
  package var issuers: [String: JSONWebKeySet]? {
    _read { yield tables.value.issuers }
    _modify { yield &tables.value.issuers }
  }

  /// The organization around the accounts, where there is one; it is the configuration's, and not kept.
  package var organization: Organization? {
    _read { yield tables.value.organization }
    _modify { yield &tables.value.organization }
  }

  /// What the clock was moved forward by, in seconds.
  package var clockAdvance: Double {
    _read { yield tables.value.clockAdvance }
    _modify { yield &tables.value.clockAdvance }
  }

  /// The steps of that, so far as they are known one by one.
  package var clockSteps: [EmulatorClock.Step]? {
    _read { yield tables.value.clockSteps }
    _modify { yield &tables.value.clockSteps }
  }

  /// What the ids of the organization are made from, where the state is kept: the organization itself comes from the
  /// configuration at every start.
  package var organizationSeed: UInt64 {
    _read { yield tables.value.organizationSeed }
    _modify { yield &tables.value.organizationSeed }
  }

  package var s3: S3State {
    _read { yield tables.value.s3 }
    _modify { yield &tables.value.s3 }
  }
}
