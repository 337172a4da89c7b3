/// Percent-encoding as RFC 3986 and AWS use it: everything but the unreserved characters is `%XX`, upper case.
package enum PercentEncoding {
  /// Encodes the UTF-8 bytes of `text`; bytes in `keeping` stay as they are besides the unreserved ones.
  @inlinable
  package static func encode(_ text: some StringProtocol, keeping: StaticString = "") -> String {
    encode(bytes: Array(text.utf8), keeping: keeping)
  }

  /// Encodes `bytes`; bytes in `keeping` stay as they are besides the unreserved ones.
  @usableFromInline
  package static func encode(bytes: [UInt8], keeping: StaticString = "") -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    append(bytes, to: &result, keeping: keeping)
    return String(decoding: result, as: UTF8.self)
  }

  /// Encodes `bytes` behind what is in `result`; bytes in `keeping` stay as they are besides the unreserved ones.
  @inlinable
  package static func append(_ bytes: some Sequence<UInt8>, to result: inout [UInt8], keeping: StaticString = "") {
    // Texts and arrays lie in one piece of memory, over which the loop is several times as fast.
    let done: Void? = bytes.withContiguousStorageIfAvailable { append(buffer: $0, to: &result, keeping: keeping) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { append(buffer: $0, to: &result, keeping: keeping) } }
  }

  @usableFromInline
  package static func append(buffer: UnsafeBufferPointer<UInt8>, to result: inout [UInt8], keeping: StaticString) {
    keeping.withUTF8Buffer { kept in
      for byte in buffer {
        if byte.isUnreserved || kept.contains(byte) {
          result.append(byte)
        } else {
          result.append(UInt8(ascii: "%"))
          result.append((byte >> 4).upperHexDigit)
          result.append((byte & 15).upperHexDigit)
        }
      }
    }
  }

  /// The bytes behind `text`; a `%` that no two hexadecimal digits follow stands for itself, as S3 and browsers read it.
  @inlinable
  package static func decodeBytes(_ text: some StringProtocol, plusIsSpace: Bool = false) -> [UInt8] {
    decode(bytes: Array(text.utf8), plusIsSpace: plusIsSpace)
  }

  /// The bytes behind the encoded `bytes`; a `%` that no two hexadecimal digits follow stands for itself.
  @inlinable
  package static func decode(bytes: some Sequence<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
    decode(bytes: Array(bytes), plusIsSpace: plusIsSpace)
  }

  /// The bytes behind the encoded `bytes`; a `%` that no two hexadecimal digits follow stands for itself.
  @usableFromInline
  package static func decode(bytes encoded: [UInt8], plusIsSpace: Bool = false) -> [UInt8] {
    // Most texts have nothing to decode.
    guard isEncoded(encoded[...], plusIsSpace: plusIsSpace) else { return encoded }
    var result: [UInt8] = []
    result.reserveCapacity(encoded.count)
    var index = 0
    while index < encoded.count {
      let byte = encoded[index]
      index += 1
      switch byte {
      case UInt8(ascii: "%"):
        if index + 1 < encoded.count, let high = encoded[index].hexDigitValue,
          let low = encoded[index + 1].hexDigitValue
        {
          result.append(high << 4 | low)
          index += 2
        } else {
          result.append(byte)
        }
      case UInt8(ascii: "+") where plusIsSpace: result.append(UInt8(ascii: " "))
      default: result.append(byte)
      }
    }
    return result
  }

  /// Whether anything in `bytes` stands for something else.
  static func isEncoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) -> Bool {
    bytes.contains { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }
  }

  /// The text behind the encoded `bytes`, or `nil` where what they decode to is not UTF-8.
  @usableFromInline
  package static func decodeText(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> String? {
    bytes.withUnsafeBufferPointer { decodeText($0, plusIsSpace: plusIsSpace) }
  }

  static func decodeText(_ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> String? {
    // Most texts have nothing to decode, and are ASCII, about which there is nothing to be found out.
    var (isEncoded, all) = (false, UInt8(0))
    for byte in bytes {
      all |= byte
      if byte == UInt8(ascii: "%") || (plusIsSpace && byte == UInt8(ascii: "+")) { isEncoded = true }
    }
    guard isEncoded else {
      return all < 0x80 ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }
    let decoded = decode(bytes: Array(bytes), plusIsSpace: plusIsSpace)
    return String(validating: decoded, as: UTF8.self)
  }

  /// The text behind `text`, or `nil` where its bytes are not UTF-8.
  @inlinable
  package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    decodeText(Array(text.utf8)[...], plusIsSpace: plusIsSpace)
  }
}
