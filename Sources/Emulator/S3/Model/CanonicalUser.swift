import SigV4

/// The 64 hexadecimal digits by which S3 knows an account.
enum CanonicalUser {
  /// The id of an account: like AWS's, it tells nothing of the account's number but always is the same.
  static func id(ofAccount account: String) -> String {
    CryptoBytes.hex(DigestAlgorithm.sha256.digest("canonical user of \(account)".utf8))
  }

  /// The account of the emulator that has this id.
  static func account(withID id: String, in state: EmulatorState) -> String? {
    state.accounts.first { self.id(ofAccount: $0.key) == id }?.key
  }
}
