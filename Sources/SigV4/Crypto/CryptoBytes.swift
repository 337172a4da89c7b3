import CLibCrypto
import HTTP

/// Comparing and writing bytes that secrets depend on.
package enum CryptoBytes {
  /// Compares without telling by its duration where the first difference is.
  package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }

  /// Compares the bytes of two texts in the same way.
  package static func areEqual(_ left: String, _ right: String) -> Bool {
    var left = left
    return left.withUTF8 { areEqual($0, right) }
  }

  static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: String) -> Bool {
    var right = right
    return right.withUTF8 { right in
      left.count == right.count && CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
    }
  }

  /// Lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBufferPointer(hex) }

  static func hex(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { writeHex(bytes, to: $0) }
  }

  /// The same as what `body` makes of it.
  static func withHex<R>(of bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count * 2) { digits in
      _ = writeHex(bytes, to: digits)
      return body(UnsafeBufferPointer(digits))
    }
  }

  private static func writeHex(
    _ bytes: UnsafeBufferPointer<UInt8>, to digits: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    let digit = ("0123456789abcdef" as StaticString).utf8Start
    var index = 0
    for byte in bytes {
      digits[index] = digit[Int(byte >> 4)]
      digits[index + 1] = digit[Int(byte & 15)]
      index += 2
    }
    return index
  }

  /// Whether `text` is what ``hex(_:)`` makes of `byteCount` bytes.
  package static func isHex(_ text: String, byteCount: Int) -> Bool {
    text.withBytes { digits in
      guard digits.count == byteCount * 2 else { return false }
      for digit in digits where digit &- UInt8(ascii: "0") >= 10 && digit &- UInt8(ascii: "a") >= 6 { return false }
      return true
    }
  }
}
