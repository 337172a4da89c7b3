package import Federation

/// Everything the emulator knows, as one value: a copy of it is a snapshot that nothing changes any more.
package struct EmulatorState: Sendable, Codable {
  package var identifiers: IdentifierGenerator
  /// By the account's twelve digits.
  package var accounts: SortedMap<String, AccountState> = [:]
  /// By the access key id.
  package var credentials: SortedMap<UTF8Key, Credential> = [:]
  /// When temporary credentials end, the first to end first.
  package var sessionEnds: SortedMap<SessionEnd, Bool> = [:]
  /// The last use of each key by its id, and of each role by its unique id.
  package var usage: SortedMap<UTF8Key, CredentialUsage> = [:]
  /// Users, groups and roles of all accounts by their unique ids.
  package var entities: SortedMap<UTF8Key, EntityReference> = [:]
  /// The keys of OpenID Connect issuers, by the `iss` of their tokens; they are the configuration's.
  @Unkept package var issuers: [String: JSONWebKeySet]?
  /// The organization around the accounts, where there is one.
  @Unkept package var organization: Organization?
  /// What the clock was moved forward by, in seconds.
  package var clockAdvance: Double = 0
  /// The steps of that, so far as they are known one by one.
  package var clockSteps: [EmulatorClock.Step]?
  /// What the ids of the organization are made from, where the state is kept: the organization itself comes from the
  /// configuration at every start.
  package var organizationSeed: UInt64 = .random(in: 0 ... .max)
  package var s3 = S3State()

  package init(identifiers: IdentifierGenerator) {
    self.identifiers = identifiers
  }
}
