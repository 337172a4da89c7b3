import Synchronization

/// The key that a day's requests to one service in one region are signed with, derived from the secret access key.
package enum SigningKey {
  private struct Input: Hashable {
    var secret: Secret
    var scope: CredentialScope
  }

  /// Deriving costs four HMACs; a server sees the same few keys over and over. Emptied when full, which is cheaper than
  /// keeping an order of use, and rare.
  private static let cache = Mutex<[Input: [UInt8]]>([:])
  private static let capacity = 1024

  package static func derive(secret: Secret, scope: CredentialScope) -> [UInt8] {
    let input = Input(secret: secret, scope: scope)
    if let known = cache.withLock({ $0[input] }) { return known }
    let sha256 = DigestAlgorithm.sha256
    let day = sha256.hmac(scope.day.utf8, key: Array("AWS4\(secret.reveal())".utf8))
    let region = sha256.hmac(scope.region.utf8, key: day)
    let service = sha256.hmac(scope.service.utf8, key: region)
    let key = sha256.hmac("aws4_request".utf8, key: service)
    cache.withLock { cache in
      if cache.count >= capacity { cache.removeAll(keepingCapacity: true) }
      cache[input] = key
    }
    return key
  }

  /// The signature of `stringToSign`, in hexadecimal digits.
  package static func sign(_ stringToSign: String, secret: Secret, scope: CredentialScope) -> String {
    CryptoBytes.hex(DigestAlgorithm.sha256.hmac(stringToSign.utf8, key: derive(secret: secret, scope: scope)))
  }
}
