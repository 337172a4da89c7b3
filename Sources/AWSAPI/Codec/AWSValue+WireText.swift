import FoundationEssentials
import HTTP

extension AWSValue {
  /// The most bytes of a blob that go into a form field or an XML element.
  static let largestInlineBlob = 1 << 20

  /// The value as the text of a form field, an element, a header or a query parameter; `nil` for what has parts.
  ///
  /// A text stays as it is whatever the shape says, so that a scenario can send what AWS is to refuse.
  func wireText(_ shape: Shape) -> String? {
    switch self {
    case .string(let text): return text
    case .integer(let number): return String(number)
    case .boolean(let value): return value ? "true" : "false"
    case .timestamp(let date):
      guard case .timestamp(let format) = shape else { return AWSTimestamp.text(date, .iso8601) }
      return AWSTimestamp.text(date, format)
    case .blob(let body):
      guard let bytes = try? body.collected(limit: Self.largestInlineBlob) else { return nil }
      return Data(bytes).base64EncodedString()
    case .list, .structure: return nil
    }
  }

  /// The value that `text` stands for; `nil` where it is none of `shape`'s.
  init?(wireText text: String, _ shape: Shape) {
    switch shape {
    case .string: self = .string(text)
    case .integer:
      guard let number = Int(text) else { return nil }
      self = .integer(number)
    case .boolean:
      switch text {
      case "true", "True", "TRUE": self = .boolean(true)
      case "false", "False", "FALSE": self = .boolean(false)
      default: return nil
      }
    case .timestamp:
      guard let date = AWSTimestamp.date(text) else { return nil }
      self = .timestamp(date)
    case .blob:
      guard let bytes = Data(base64Encoded: text) else { return nil }
      self = .blob(.bytes(Array(bytes)))
    case .list, .map, .structure: return nil
    }
  }
}
