import Glibc

extension String {
  /// What `body` makes of the UTF-8 bytes, where they lie.
  @inlinable
  package func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return copy.withUTF8(body)
  }

  /// Compares as HTTP compares names: ASCII letters without case, every other byte as it is.
  @inlinable
  package func equalsIgnoringASCIICase(_ other: String) -> Bool {
    utf8.count == other.utf8.count && withBytes { bytes in other.withBytes { bytes.equalsIgnoringASCIICase($0) } }
  }

  /// Whether the text begins with `start`, of which the letters are in lower case; letters of the text in either.
  @inlinable
  package func startsIgnoringASCIICase(_ start: StaticString) -> Bool {
    withBytes { $0.count >= start.utf8CodeUnitCount && $0.startsIgnoringASCIICase(start) }
  }

  /// Whether the text begins with `start`, letters in either case.
  @inlinable
  package func startsIgnoringASCIICase(_ start: String) -> Bool {
    withBytes { bytes in
      start.withBytes { start in
        bytes.count >= start.count
          && UnsafeBufferPointer(rebasing: bytes[..<start.count]).equalsIgnoringASCIICase(start)
      }
    }
  }
}

extension StringProtocol {
  /// Compares as HTTP compares names: ASCII letters without case, every other byte as it is.
  @inlinable
  package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
    String(self).equalsIgnoringASCIICase(String(other))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Compares as HTTP compares names: ASCII letters without case, every other byte as it is.
  @inlinable
  package func equalsIgnoringASCIICase(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] {
      guard self[index].asciiLowercased == other[index].asciiLowercased else { return false }
    }
    return true
  }

  /// Whether the bytes are those of `text`, of which the letters are in lower case; letters of the bytes in either.
  @inlinable
  package func equalsIgnoringASCIICase(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && startsIgnoringASCIICase(text)
  }

  /// The same of the first bytes, of which there are enough.
  @inlinable
  func startsIgnoringASCIICase(_ text: StaticString) -> Bool {
    for index in 0..<text.utf8CodeUnitCount where self[index].asciiLowercased != text.utf8Start[index] { return false }
    return true
  }

  /// Whether the bytes are those of `text`.
  package func isText(_ text: StaticString) -> Bool {
    guard let baseAddress else { return text.utf8CodeUnitCount == 0 }
    return count == text.utf8CodeUnitCount && memcmp(baseAddress, text.utf8Start, count) == 0
  }

  /// Where the first `byte` is, from that at `start` on; the end where there is none.
  package func end(before byte: UInt8, from start: Int = 0) -> Int {
    guard let baseAddress, start < count, let found = memchr(baseAddress + start, Int32(byte), count - start) else {
      return count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
  }

  /// Less than 0 where these bytes come before `other` in the order of their values, greater than 0 behind it, 0 for the same.
  package func order(_ other: UnsafeBufferPointer<UInt8>) -> Int {
    guard let baseAddress, let base = other.baseAddress else { return count - other.count }
    let order = memcmp(baseAddress, base, Swift.min(count, other.count))
    return order == 0 ? count - other.count : Int(order)
  }

  /// Whether all bytes are visible ASCII characters or spaces: then they are text, and no control characters.
  @inlinable
  package var isPrintable: Bool {
    // Without an exit in the middle, which the compiler makes many bytes at once of.
    var greatest: UInt8 = 0
    for byte in self { greatest = Swift.max(greatest, byte &- UInt8(ascii: " ")) }
    return greatest <= UInt8(ascii: "~") - UInt8(ascii: " ")
  }

  /// Whether all bytes are visible ASCII characters or no ASCII at all: then there is no white space among them.
  @inlinable
  package var isBlankless: Bool {
    var least: UInt8 = .max
    for byte in self { least = Swift.min(least, byte) }
    return least > UInt8(ascii: " ")
  }

  /// The bytes of this range, in place.
  @inlinable
  package func part(_ range: some RangeExpression<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[range.relative(to: self)])
  }
}

extension UInt8 {
  /// The byte with `A`…`Z` turned into `a`…`z`, every other byte as it is.
  @inlinable
  package var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }

  /// Whether percent-encoding leaves the byte as it is (RFC 3986, section 2.3): a letter, a digit or one of `-._~`.
  @inlinable
  package var isUnreserved: Bool {
    // A bit for each byte up to 63, and for each up to 127.
    let set: UInt64 = self < 64 ? 0x03FF_6000_0000_0000 : 0x47FF_FFFE_87FF_FFFE
    return self < 128 && set >> UInt64(self & 63) & 1 == 1
  }

  /// The value of a hexadecimal digit, in either case; `nil` for any other byte.
  @inlinable
  package var hexDigitValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The upper-case hexadecimal digit of a value below 16.
  @inlinable
  package var upperHexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "A") + self - 10 }
}
