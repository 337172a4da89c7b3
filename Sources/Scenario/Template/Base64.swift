import FoundationEssentials

/// Base64 of RFC 4648 with padding.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The bytes of `text`, in which line breaks are ignored; `nil` where it is no base64.
  static func decode(_ text: String) -> [UInt8]? {
    Data(base64Encoded: String(text.filter { !$0.isNewline })).map(Array.init)
  }
}
