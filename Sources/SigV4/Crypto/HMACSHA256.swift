import CLibCrypto

/// HMAC-SHA256 (RFC 2104) under one key, made from libcrypto's digest.
///
/// Of libcrypto's own, `HMAC()` looks its algorithm up on each call, and `EVP_MAC` must copy a context for each message:
/// over the short texts of SigV4 both take longer than the two digests of which an HMAC consists.
package struct HMACSHA256: Sendable {
  private static let blockLength = 64

  /// The key padded to a block, combined with either constant of RFC 2104.
  private let inner: [UInt8]
  private let outer: [UInt8]

  package init(key: some Collection<UInt8>) {
    var block = key.count > Self.blockLength ? DigestAlgorithm.sha256.digest(key) : Array(key)
    block.append(contentsOf: repeatElement(0, count: Self.blockLength - block.count))
    inner = block.map { $0 ^ 0x36 }
    outer = block.map { $0 ^ 0x5c }
  }

  package func authenticationCode(for message: some Sequence<UInt8>) -> [UInt8] {
    let hash = DigestAlgorithm.sha256.digest(inner + message)
    return DigestAlgorithm.sha256.digest(outer + hash)
  }
}
