import CLibCrypto

/// A message digest of libcrypto.
package enum DigestAlgorithm: Sendable, Hashable, CaseIterable {
  case md5, sha1, sha256

  /// The number of bytes of a digest.
  package var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }

  /// The number of bytes of the longest digest.
  static let greatestLength = 32

  fileprivate var native: iamdrill_digest_algorithm {
    switch self {
    case .md5: IAMDRILL_MD5
    case .sha1: IAMDRILL_SHA1
    case .sha256: IAMDRILL_SHA256
    }
  }
}

extension DigestAlgorithm {
  /// The digest of `bytes`.
  @inlinable
  package func digest(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var digest = IncrementalDigest(self)
    digest.update(bytes)
    return digest.finish()
  }

  /// What `body` makes of the digest of `bytes`.
  func withDigest<R>(of bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    var digest = IncrementalDigest(self)
    digest.update(buffer: bytes)
    return digest.withDigest(body)
  }
}

/// A digest that is fed piece by piece: a plain value, of which a copy goes its own way.
package struct IncrementalDigest: Sendable {
  private let algorithm: DigestAlgorithm
  private var state = iamdrill_digest()

  package init(_ algorithm: DigestAlgorithm) {
    self.algorithm = algorithm
    restart()
  }

  @inlinable
  package mutating func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(buffer: $0) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { update(buffer: $0) } }
  }

  @usableFromInline
  package mutating func update(buffer: UnsafeBufferPointer<UInt8>) {
    iamdrill_digest_update(&state, buffer.baseAddress, buffer.count)
  }

  /// The digest of all that was fed so far.
  package func finish() -> [UInt8] { withDigest { Array($0) } }

  /// What `body` makes of the digest of all that was fed so far.
  func withDigest<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    var state = state
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DigestAlgorithm.greatestLength) { result in
      iamdrill_digest_finish(&state, result.baseAddress)
      return body(UnsafeBufferPointer(rebasing: result[..<algorithm.length]))
    }
  }

  /// Forgets what was fed.
  package mutating func restart() { iamdrill_digest_start(&state, algorithm.native) }
}
