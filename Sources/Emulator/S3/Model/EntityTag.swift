/// An object's ETag: the MD5 of its bytes or, for one uploaded in parts, of its parts' MD5s with their number.
///
/// Source: S3 API reference, "Object": the ETag of objects encrypted with S3's own keys.
struct EntityTag: Sendable, Hashable, Codable {
  /// The digest in two words, the first byte the highest: a fixed size keeps objects small.
  private var high: UInt64
  private var low: UInt64
  /// How many parts; 0 where the object came in one piece.
  private var partCount: Int32

  /// - Parameter md5: 16 bytes.
  init(md5: [UInt8], partCount: Int? = nil) {
    high = md5.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = md5.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    self.partCount = Int32(clamping: partCount ?? 0)
  }

  /// The 16 bytes of the digest.
  var md5: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
  }

  /// The tag without quotes: 32 hexadecimal digits and, for parts, `-` and their number.
  var text: String {
    let digits = String(unsafeUninitializedCapacity: 32) { write(to: $0, from: 0) }
    return partCount == 0 ? digits : "\(digits)-\(partCount)"
  }

  /// The tag as it stands on the wire, in quotes.
  var quoted: String {
    guard partCount == 0 else { return "\"\(text)\"" }
    return String(unsafeUninitializedCapacity: 34) { buffer in
      buffer[0] = UInt8(ascii: "\"")
      buffer[33] = UInt8(ascii: "\"")
      return write(to: buffer, from: 1) + 2
    }
  }

  /// Writes the digits of the digest, which are 32, at `start`.
  private func write(to buffer: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int {
    for index in 0..<32 {
      let word = index < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index & 15))) & 15
      buffer[start + index] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
    return 32
  }

  /// Whether `text`, with or without quotes, names this tag.
  func matches(_ other: some StringProtocol) -> Bool {
    var other = Substring(other)
    if other.utf8.count >= 2, other.utf8.first == UInt8(ascii: "\""), other.utf8.last == UInt8(ascii: "\"") {
      other = other.dropFirst().dropLast()
    }
    return other == text
  }
}
