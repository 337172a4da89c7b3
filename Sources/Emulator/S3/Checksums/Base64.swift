import FoundationEssentials

/// Base64 as headers carry digests: with padding, no line breaks.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The bytes behind `text`; `nil` where it is not base64.
  static func decode(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { Array($0) } }
}
