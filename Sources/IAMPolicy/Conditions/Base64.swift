/// Standard base64 with its padding.
enum Base64 {
  static func decode(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count % 4 == 0 else { return nil }
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let isLast = start + 4 == bytes.count
      let padding = isLast ? bytes[start..<start + 4].reversed().prefix { $0 == UInt8(ascii: "=") }.count : 0
      guard padding <= 2 else { return nil }
      var group: UInt32 = 0
      for byte in bytes[start..<start + 4 - padding] {
        guard let value = value(byte) else { return nil }
        group = group << 6 | UInt32(value)
      }
      group <<= 6 * UInt32(padding)
      result.append(
        contentsOf: [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)].dropLast(padding))
    }
    return result
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
