/// Everything the emulator knows, as one value: a copy of it is a snapshot that nothing changes any more.
package struct EmulatorState: Sendable {
  package var identifiers: IdentifierGenerator
  /// By the account's twelve digits.
  package var accounts: SortedMap<String, AccountState>
  package var s3: S3State

  package init(identifiers: IdentifierGenerator) {
    self.identifiers = identifiers
    accounts = [:]
    s3 = S3State()
  }
}
