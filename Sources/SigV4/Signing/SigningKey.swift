import Synchronization

/// The key that a day's requests to one service in one region are signed with, derived from the secret access key.
///
/// Source: AWS, "Create a signed AWS API request", step 4.
package struct SigningKey: Sendable {
  private let hmac: KeyedDigest

  private init(secret: Secret, scope: CredentialScope) {
    var key = Array("AWS4".utf8) + secret.reveal().utf8
    for part in [scope.day, scope.region, scope.service, "aws4_request"] {
      key = KeyedDigest(.sha256, key: key).authenticationCode(for: part.utf8)
    }
    hmac = KeyedDigest(.sha256, key: key)
  }

  /// The signature of `stringToSign`, in hexadecimal digits.
  package func sign(_ stringToSign: UnsafeBufferPointer<UInt8>) -> String {
    hmac.withAuthenticationCode(for: stringToSign) { CryptoBytes.hex($0) }
  }

  /// Whether `signature` is the one of `stringToSign`; how long it takes does not tell where it differs.
  func accepts(_ signature: String, of stringToSign: UnsafeBufferPointer<UInt8>) -> Bool {
    hmac.withAuthenticationCode(for: stringToSign) { code in
      CryptoBytes.withHex(of: code) { CryptoBytes.areEqual($0, signature) }
    }
  }
}

extension SigningKey {
  private struct Origin: Hashable {
    var secret: Secret
    var scope: CredentialScope
  }

  /// Deriving costs four HMACs; a server sees the same few keys over and over. Emptied when full, which is cheaper than
  /// keeping an order of use, and rare.
  private static let derived = Mutex<[Origin: SigningKey]>([:])
  private static let capacity = 1024

  /// The key of `secret` for `scope`.
  package static func derive(secret: Secret, scope: CredentialScope) -> SigningKey {
    let origin = Origin(secret: secret, scope: scope)
    if let known = derived.withLock({ $0[origin] }) { return known }
    let key = SigningKey(secret: secret, scope: scope)
    derived.withLock { derived in
      if derived.count >= capacity { derived.removeAll(keepingCapacity: true) }
      derived[origin] = key
    }
    return key
  }
}
