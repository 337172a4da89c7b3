import CLibCrypto
import Synchronization

/// A message digest of libcrypto.
package enum DigestAlgorithm: Sendable, Hashable, CaseIterable {
  case md5, sha1, sha256

  /// Fetched once: libcrypto 3 looks an algorithm up among its providers each time it is only named, which costs more
  /// than hashing a short text.
  ///
  /// `nonisolated(unsafe)`: libcrypto's method objects are never changed after they were fetched.
  private nonisolated(unsafe) static let methods = (md5: fetch("MD5"), sha1: fetch("SHA1"), sha256: fetch("SHA256"))

  private static func fetch(_ name: String) -> OpaquePointer {
    guard let method = EVP_MD_fetch(nil, name, nil) else {
      // Not a matter of input: libcrypto was built or configured (FIPS) without it, and no request can be served.
      fatalError("libcrypto has no \(name) on this system")
    }
    return method
  }

  /// Fetches them now.
  package static func prepare() { _ = methods }

  var method: OpaquePointer {
    switch self {
    case .md5: Self.methods.md5
    case .sha1: Self.methods.sha1
    case .sha256: Self.methods.sha256
    }
  }

  /// The number of bytes of a digest.
  package var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }
}

extension DigestAlgorithm {
  /// The digest of `bytes`.
  @inlinable
  package func digest(_ bytes: some Collection<UInt8>) -> [UInt8] { digest(Array(bytes)) }

  /// The digest of `bytes`.
  @usableFromInline
  package func digest(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBufferPointer { digest(of: $0) } }

  private func digest(of buffer: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    DigestContext.borrowed { context in context.digest(self) { $0.update(buffer) } }
  }
}

/// A context of libcrypto, kept for the next text: to make one takes longer than to hash a short text.
///
/// `@unchecked Sendable`: whoever borrows it has it alone.
final class DigestContext: @unchecked Sendable {
  private let context: OpaquePointer

  private static let idle = Mutex<[DigestContext]>([])
  /// More than threads are likely to hash at the same time.
  private static let mostIdle = 64

  private init() {
    guard let context = EVP_MD_CTX_new() else { fatalError("out of memory") }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  static func borrowed<R>(_ body: (DigestContext) -> R) -> R {
    let context = idle.withLock { $0.popLast() } ?? DigestContext()
    defer { idle.withLock { if $0.count < mostIdle { $0.append(context) } } }
    return body(context)
  }

  /// The digest of all that `feed` feeds.
  func digest(_ algorithm: DigestAlgorithm, _ feed: (DigestContext) -> Void) -> [UInt8] {
    let started = EVP_DigestInit_ex(context, algorithm.method, nil)
    precondition(started == 1, "libcrypto could not start a digest")
    feed(self)
    return [UInt8](unsafeUninitializedCapacity: algorithm.length) { result, count in
      let ended = EVP_DigestFinal_ex(context, result.baseAddress, nil)
      precondition(ended == 1, "libcrypto could not hash")
      count = algorithm.length
    }
  }

  func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(status == 1, "libcrypto could not hash")
  }

  func update(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { update($0) } }
}

/// A digest that is fed piece by piece. It belongs to one thread at a time.
package struct IncrementalDigest: ~Copyable {
  private let context: OpaquePointer
  private let algorithm: DigestAlgorithm

  package init(_ algorithm: DigestAlgorithm) {
    guard let context = EVP_MD_CTX_new() else { fatalError("out of memory") }
    self.context = context
    self.algorithm = algorithm
    restart()
  }

  deinit { EVP_MD_CTX_free(context) }

  package func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      _ = EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    if done == nil { update(Array(bytes)) }
  }

  /// The digest of all that was fed. Only to be asked for once, unless ``restart()`` comes in between.
  package func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: algorithm.length) { buffer, count in
      let status = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      precondition(status == 1, "a digest was asked for twice")
      count = algorithm.length
    }
  }

  /// Forgets what was fed.
  package func restart() {
    let status = EVP_DigestInit_ex(context, algorithm.method, nil)
    precondition(status == 1, "libcrypto could not start a digest")
  }
}
