/// The checksums S3 keeps with an object besides its ETag.
enum ChecksumAlgorithm: String, Sendable, Hashable, CaseIterable, Codable {
  case crc32 = "CRC32"
  case crc32c = "CRC32C"
  case crc64nvme = "CRC64NVME"
  case sha1 = "SHA1"
  case sha256 = "SHA256"

  /// The member of requests and answers, `ChecksumCRC32`.
  var member: String {
    switch self {
    case .crc32: "ChecksumCRC32"
    case .crc32c: "ChecksumCRC32C"
    case .crc64nvme: "ChecksumCRC64NVME"
    case .sha1: "ChecksumSHA1"
    case .sha256: "ChecksumSHA256"
    }
  }

  /// The header, `x-amz-checksum-crc32`.
  var header: String {
    switch self {
    case .crc32: "x-amz-checksum-crc32"
    case .crc32c: "x-amz-checksum-crc32c"
    case .crc64nvme: "x-amz-checksum-crc64nvme"
    case .sha1: "x-amz-checksum-sha1"
    case .sha256: "x-amz-checksum-sha256"
    }
  }

  /// The number of bytes of a value.
  var length: Int {
    switch self {
    case .crc32, .crc32c: 4
    case .crc64nvme: 8
    case .sha1: 20
    case .sha256: 32
    }
  }

  /// How the value of several parts is made unless the upload says otherwise.
  var defaultType: ChecksumType { self == .crc64nvme ? .fullObject : .composite }

  func supports(_ type: ChecksumType) -> Bool {
    switch (self, type) {
    case (.crc32, _), (.crc32c, _): true
    case (.crc64nvme, .fullObject), (.sha1, .composite), (.sha256, .composite): true
    case (.crc64nvme, .composite), (.sha1, .fullObject), (.sha256, .fullObject): false
    }
  }

  /// The CRC of this name; `nil` for the digests.
  var cyclicRedundancyCheck: CyclicRedundancyCheck? {
    switch self {
    case .crc32: .crc32
    case .crc32c: .crc32c
    case .crc64nvme: .crc64nvme
    case .sha1, .sha256: nil
    }
  }
}

/// Whether a checksum is over the bytes of an object or over the checksums of its parts.
enum ChecksumType: String, Sendable, Hashable, Codable {
  case fullObject = "FULL_OBJECT"
  case composite = "COMPOSITE"
}

/// A checksum as S3 keeps it with an object.
struct ObjectChecksum: Sendable, Hashable, Codable {
  var algorithm: ChecksumAlgorithm
  var type: ChecksumType
  var bytes: [UInt8]
  /// Of how many parts' checksums a composite one is made.
  var partCount: Int?

  init(_ algorithm: ChecksumAlgorithm, _ bytes: [UInt8], type: ChecksumType = .fullObject, partCount: Int? = nil) {
    self.algorithm = algorithm
    self.type = type
    self.bytes = bytes
    self.partCount = partCount
  }

  /// The value as headers carry it: base64, and for a composite one `-` and the number of parts.
  var text: String {
    let base64 = Base64.encode(bytes)
    return partCount.map { "\(base64)-\($0)" } ?? base64
  }
}
