import CLibCrypto

/// A message digest of libcrypto.
package enum DigestAlgorithm: Sendable, Hashable, CaseIterable {
  case md5, sha1, sha256

  /// Fetched once: looking an algorithm up by name costs more than hashing a short text.
  ///
  /// `nonisolated(unsafe)`: libcrypto's method objects are never changed after they were fetched.
  private nonisolated(unsafe) static let methods = (md5: EVP_md5(), sha1: EVP_sha1(), sha256: EVP_sha256())

  var method: OpaquePointer? {
    switch self {
    case .md5: Self.methods.md5
    case .sha1: Self.methods.sha1
    case .sha256: Self.methods.sha256
    }
  }

  package var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }
}

/// A digest that is fed piece by piece. It belongs to one thread at a time.
package struct IncrementalDigest: ~Copyable {
  private let context: OpaquePointer?
  private let algorithm: DigestAlgorithm

  package init(_ algorithm: DigestAlgorithm) {
    self.algorithm = algorithm
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, algorithm.method, nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  package func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      _ = EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    if done == nil { update(Array(bytes)) }
  }

  /// The digest of all that was fed. Only to be asked for once.
  package func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: algorithm.length) { buffer, count in
      EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      count = algorithm.length
    }
  }
}

extension DigestAlgorithm {
  /// The digest of `bytes`.
  package func digest(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let digest = IncrementalDigest(self)
    digest.update(bytes)
    return digest.finish()
  }

  /// The HMAC (RFC 2104) of `bytes` under `key`.
  package func hmac(_ bytes: some Collection<UInt8>, key: [UInt8]) -> [UInt8] {
    let message = Array(bytes)
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      HMAC(method, key, Int32(key.count), message, message.count, buffer.baseAddress, nil)
      count = length
    }
  }
}

/// Comparing, writing and making bytes that secrets depend on.
package enum CryptoBytes {
  /// Compares without telling by its duration where the first difference is.
  package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }

  /// Lower-case hexadecimal digits.
  package static func hex(_ bytes: some Collection<UInt8>) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
      var index = 0
      for byte in bytes {
        buffer[index] = digit(byte >> 4)
        buffer[index + 1] = digit(byte & 15)
        index += 2
      }
      return index
    }
  }

  /// Bytes that nobody can guess.
  package static func random(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      RAND_bytes(buffer.baseAddress, Int32(count))
      initialized = count
    }
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
