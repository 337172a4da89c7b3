/// An HMAC (RFC 2104) under one key, made from libcrypto's digests.
///
/// Of libcrypto's own, `HMAC()` looks its algorithm up on each call, and `EVP_MAC` must copy a context for each message:
/// over the short texts of SigV4 both take longer than the two digests of which an HMAC consists.
package struct KeyedDigest: Sendable {
  /// The block length of MD5, SHA-1 and SHA-256 alike, in bytes.
  private static let blockLength = 64

  private let algorithm: DigestAlgorithm
  /// The key padded to a block, combined with either constant of RFC 2104.
  private let inner: [UInt8]
  private let outer: [UInt8]

  package init(_ algorithm: DigestAlgorithm, key: some Collection<UInt8>) {
    var block = key.count > Self.blockLength ? algorithm.digest(key) : Array(key)
    block.append(contentsOf: repeatElement(0, count: Self.blockLength - block.count))
    self.algorithm = algorithm
    inner = block.map { $0 ^ 0x36 }
    outer = block.map { $0 ^ 0x5c }
  }

  package func authenticationCode(for message: some Sequence<UInt8>) -> [UInt8] {
    let message = Array(message)
    return DigestContext.borrowed { context in
      let digest = context.digest(algorithm) { context in
        context.update(inner)
        context.update(message)
      }
      return context.digest(algorithm) { context in
        context.update(outer)
        context.update(digest)
      }
    }
  }
}

extension DigestAlgorithm {
  /// The HMAC of `message` under `key`.
  package func hmac(_ message: some Collection<UInt8>, key: [UInt8]) -> [UInt8] {
    KeyedDigest(self, key: key).authenticationCode(for: message)
  }
}
