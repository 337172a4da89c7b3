import IAMPolicy

extension EmulatorState {
  /// The version of what rows hold. It is raised where a state that was kept before cannot be read any more.
  package static let rowFormat = 1

  /// What turns the rows of `former` into those of this state.
  /// - Parameter former: `nil` where there are no rows yet.
  /// - Throws: ``StateFormatError`` where a single row is larger than 4 GiB.
  package func changes(since former: EmulatorState?) throws -> [StateRow] {
    var changes: [StateRow] = []
    try StateRow.addChanges(
      from: former, to: Optional(self), key: StateRow.root.key, at: StateRow.root.map, &changes)
    return changes
  }

  /// The state that was kept as `rows`.
  /// - Parameter payloads: where the bytes of its objects are, and where new ones go.
  /// - Returns: `nil` where there are no rows yet.
  /// - Throws: ``StateFormatError``, what `rows` and `payloads` throw.
  package static func read(_ rows: some StateRows, payloads: any PayloadStore) throws -> EmulatorState? {
    var root: [UInt8]?
    try rows.rows(of: StateRow.root.map) { key, value in
      if key == StateRow.root.key { root = value }
    }
    guard let root else { return nil }
    let row = StateDecoder.Row(rows: rows, payloads: payloads)
    var state: EmulatorState
    do {
      state = try EmulatorState(from: StateDecoder(root, row: row))
    } catch let error as DecodingError {
      throw StateFormatError("\(error)")
    } catch let error as PolicyError {
      throw StateFormatError("a policy is none: \(error)")
    }
    state.s3.payloads = payloads
    state.s3.deriveEffectivePolicies()
    state.identifiers.passOverRequests()
    return state
  }
}

extension S3State {
  /// Makes anew what is derived of each bucket.
  mutating func deriveEffectivePolicies() {
    for name in buckets.keys {
      _ = buckets.update(name) { bucket in
        let whole = bucket
        bucket.settings.value.deriveEffectivePolicy(of: whole)
      }
    }
  }
}
