import Synchronization

/// The key that a day's requests to one service in one region are signed with, derived from the secret access key.
///
/// Source: AWS, "Create a signed AWS API request", step 4.
package struct SigningKey: Sendable {
  private let hmac: KeyedDigest

  fileprivate init(secret: Secret, scope: CredentialScope) {
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

/// The signing keys of one secret access key. Deriving one costs four HMACs, and whoever has the secret uses it over and over
/// for the same few scopes.
package final class SigningKeys: Sendable {
  private let secret: Secret
  /// The latest last. A day has few scopes, so they are gone through.
  private let derived = Mutex<[(scope: CredentialScope, key: SigningKey)]>([])
  private static let capacity = 16

  package init(_ secret: Secret) { self.secret = secret }

  /// The key for `scope`.
  package func key(for scope: CredentialScope) -> SigningKey {
    if let known = derived.withLock({ derived in derived.last { $0.scope == scope }?.key }) { return known }
    let key = SigningKey(secret: secret, scope: scope)
    derived.withLock { derived in
      if derived.count >= Self.capacity { derived.removeFirst() }
      derived.append((scope, key))
    }
    return key
  }
}

extension SigningKeys {
  /// Emptied when full, which is cheaper than keeping an order of use, and rare.
  private static let known = Mutex<[Secret: SigningKeys]>([:])
  private static let mostKnown = 1024

  /// Those of `secret`, the same for all who ask.
  package static func of(_ secret: Secret) -> SigningKeys {
    known.withLock { known in
      if let keys = known[secret] { return keys }
      if known.count >= mostKnown { known.removeAll(keepingCapacity: true) }
      let keys = SigningKeys(secret)
      known[secret] = keys
      return keys
    }
  }
}
