import SigV4

/// A checksum that is fed piece by piece.
struct RunningChecksum: ~Copyable {
  let algorithm: ChecksumAlgorithm
  private var check: UInt64 = 0
  private var digest: IncrementalDigest?

  init(_ algorithm: ChecksumAlgorithm) {
    self.algorithm = algorithm
    switch algorithm {
    case .crc32, .crc32c, .crc64nvme: digest = nil
    case .sha1: digest = IncrementalDigest(.sha1)
    case .sha256: digest = IncrementalDigest(.sha256)
    }
  }

  mutating func update(_ bytes: ArraySlice<UInt8>) {
    if let crc = algorithm.cyclicRedundancyCheck {
      check = bytes.withUnsafeBytes { crc.update(check, with: $0) }
    } else {
      digest?.update(bytes)
    }
  }

  /// The value as bytes. Only to be asked for once.
  consuming func finish() -> [UInt8] {
    if let crc = algorithm.cyclicRedundancyCheck { return crc.bytes(of: check) }
    return digest?.finish() ?? []
  }
}

extension ChecksumAlgorithm {
  /// The checksum of `bytes`.
  func value(of bytes: [UInt8]) -> [UInt8] {
    var running = RunningChecksum(self)
    running.update(bytes[...])
    return running.finish()
  }
}
