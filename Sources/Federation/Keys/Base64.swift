import FoundationEssentials

/// Base64 in the two alphabets of tokens and signed XML.
enum Base64 {
  /// Decodes as XML writes it, white space in between included; `nil` where it is something else.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let bytes = text.utf8.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return Data(base64Encoded: Data(bytes)).map { Array($0) }
  }

  static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Decodes the alphabet for URLs, without padding (RFC 7515, section 2); `nil` where it is something else.
  static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "-"): bytes.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): bytes.append(UInt8(ascii: "/"))
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
      default: bytes.append(byte)
      }
    }
    guard bytes.count % 4 != 1 else { return nil }
    bytes += [UInt8](repeating: UInt8(ascii: "="), count: (4 - bytes.count % 4) % 4)
    return Data(base64Encoded: Data(bytes)).map { Array($0) }
  }

  static func encodeURL(_ bytes: [UInt8]) -> String {
    String(
      decoding: encode(bytes).utf8.compactMap { byte -> UInt8? in
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        case UInt8(ascii: "="): nil
        default: byte
        }
      }, as: UTF8.self)
  }
}
