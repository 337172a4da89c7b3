/// A 64-bit FNV-1a hash of a name in lower case, by which statements and context keys are found.
///
/// Not Swift's Hasher: hashes are kept with the compiled policy and must cost a few nanoseconds. Names that collide only
/// cost a comparison more; nothing is decided by a hash alone.
struct NameHash: Sendable, Hashable, Comparable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(_ text: some Sequence<UInt8>) { for byte in text { add(byte) } }

  /// Adds a byte; capital ASCII letters count as small ones.
  @inline(__always)
  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(ASCII.lower(byte))) &* 0x100_0000_01B3
  }

  static func < (left: NameHash, right: NameHash) -> Bool { left.value < right.value }
}

/// What policies know of characters: letters that are the same in both cases, and digits.
enum ASCII {
  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 {
    // One comparison instead of two: everything below `A` wraps around to large numbers.
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  static func lower(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 &- UInt8(ascii: "A") < 26 }) else { return text }
    return String(decoding: text.utf8.map { lower($0) }, as: UTF8.self)
  }
}

extension String {
  /// Equality of bytes. Swift's own takes canonically equal spellings for the same, which IAM does not.
  @inline(__always)
  func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
