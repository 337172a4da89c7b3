/// An HMAC (RFC 2104) under one key, made from two digests.
///
/// What the key contributes to either is hashed once, with the key: a message then costs its own blocks and one more.
package struct KeyedDigest: Sendable {
  /// The block length of MD5, SHA-1 and SHA-256 alike, in bytes.
  private static let blockLength = 64

  /// Digests that were fed the key padded to a block, combined with either constant of RFC 2104.
  private let inner: IncrementalDigest
  private let outer: IncrementalDigest

  package init(_ algorithm: DigestAlgorithm, key: some Collection<UInt8>) {
    var block = key.count > Self.blockLength ? algorithm.digest(key) : Array(key)
    block.append(contentsOf: repeatElement(0, count: Self.blockLength - block.count))
    inner = Self.digest(algorithm, block, combinedWith: 0x36)
    outer = Self.digest(algorithm, block, combinedWith: 0x5c)
  }

  private static func digest(
    _ algorithm: DigestAlgorithm, _ block: [UInt8], combinedWith constant: UInt8
  ) -> IncrementalDigest {
    var digest = IncrementalDigest(algorithm)
    digest.update(block.map { $0 ^ constant })
    return digest
  }

  package func authenticationCode(for message: some Collection<UInt8>) -> [UInt8] {
    Array(message).withUnsafeBufferPointer { withAuthenticationCode(for: $0) { Array($0) } }
  }

  /// What `body` makes of the code of `message`.
  func withAuthenticationCode<R>(
    for message: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R
  ) -> R {
    var (inner, outer) = (inner, outer)
    inner.update(buffer: message)
    inner.withDigest { outer.update(buffer: $0) }
    return outer.withDigest(body)
  }
}

extension DigestAlgorithm {
  /// The HMAC of `message` under `key`.
  package func hmac(_ message: some Collection<UInt8>, key: [UInt8]) -> [UInt8] {
    KeyedDigest(self, key: key).authenticationCode(for: message)
  }
}
