import FoundationEssentials

/// The checksum of ISO 3309 that S3's clients send by default.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
  }

  /// The checksum as `x-amz-checksum-crc32` carries it: base64 over its bytes, the most significant first.
  static func base64(of bytes: [UInt8]) -> String {
    withUnsafeBytes(of: checksum(bytes).bigEndian) { Data($0).base64EncodedString() }
  }
}
