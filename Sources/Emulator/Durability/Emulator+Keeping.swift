// An emulator whose state outlives it.
extension Emulator {
  /// Whether answers wait for the disk.
  package var keepsState: Bool { keeper != nil }

  /// The emulator whose state is in `store`, or a new one whose state is put there.
  ///
  /// Accounts of the configuration that the state does not have are added. The organization is the configuration's, and
  /// the configuration's clock goes on from where it had been moved to. The bytes of objects are in the configuration's
  /// payload store.
  /// - Throws: ``PolicyError`` where a guardrail of the organization is no policy, ``StateFormatError`` where what is kept
  ///   cannot be read, what the store throws.
  package convenience init(_ configuration: EmulatorConfiguration, keptIn store: some StateStore) throws {
    let former = try EmulatorState.read(store, payloads: configuration.payloads)
    var state = try former ?? EmulatorState(configuration)
    configuration.clock.resume(state.clockAdvance, state.clockSteps ?? [])
    state.addMissingAccounts(of: configuration)
    state.issuers = configuration.issuerKeys
    if let organization = configuration.organization {
      var identifiers = IdentifierGenerator(.seeded(state.organizationSeed))
      state.organization = try Organization(organization, identifiers: &identifiers)
    }
    try store.apply(try state.changes(since: former))
    self.init(configuration, NumberedState(state: state, number: 0), keptIn: store)
  }

  /// Moves the clock forward, and keeps that it was.
  /// - Throws: where it could not be kept; the clock stands forward then until the emulator ends.
  package func advanceClock(by duration: Duration) throws {
    clock.advance(by: duration)
    let steps = clock.steps
    try settle(
      change { state in
        state.clockAdvance += duration.seconds
        state.clockSteps = steps
      })
  }

  /// Puts `state` in the place of everything that is known; ids go on from where they are.
  /// - Throws: where it could not be kept; then it is taken back.
  package func restore(_ state: EmulatorState) throws {
    try settle(
      change { current in
        let (identifiers, payloads, issuers) = (current.identifiers, current.s3.payloads, current.issuers)
        let (advance, steps) = (current.clockAdvance, current.clockSteps)
        current = state
        current.issuers = issuers
        current.identifiers = identifiers
        current.s3.payloads = payloads
        current.clockAdvance = advance
        current.clockSteps = steps
      })
  }
}

extension Duration {
  /// The duration as a fraction.
  package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
