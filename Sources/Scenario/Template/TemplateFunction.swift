import FoundationEssentials

/// The functions that a reference may apply.
package enum TemplateFunction: String, Sendable, CaseIterable {
  /// The time on the run's clock, moved by an optional duration: `now()`, `now(-5m)`.
  case now
  /// The one-time code of an MFA device with this base32 seed; `totp(seed, 1)` is the next one.
  case totp
  /// Percent-encoded, all but RFC 3986's unreserved characters.
  case url
  case base64

  /// Whether its first argument is the name of a value.
  var takesValue: Bool { self != .now }

  /// How it is written, for messages and the documentation.
  var usage: String {
    switch self {
    case .now: "now(), or now(-5m)"
    case .totp: "totp(name), or totp(name, 1)"
    case .url: "url(name)"
    case .base64: "base64(name)"
    }
  }

  /// What its value must be, where not every value will do.
  var needs: String? { self == .totp ? "it must be the base32 seed of an MFA device" : nil }

  /// Whether `arguments`, all of them, are what the function takes.
  func takes(_ arguments: [String]) -> Bool {
    switch self {
    case .now: arguments.isEmpty || arguments.count == 1 && Self.offset(arguments[0]) != nil
    case .totp:
      arguments.count == 1 || arguments.count == 2 && (Int(arguments[1]).map { (-10...10).contains($0) } ?? false)
    case .url, .base64: arguments.count == 1
    }
  }

  /// - Parameter arguments: those after the value.
  /// - Returns: `nil` where the value is not what the function needs.
  func apply(to text: String, _ arguments: [String], in scope: Scope) -> String? {
    switch self {
    case .now:
      let offset = arguments.first.flatMap(Self.offset) ?? .zero
      return (scope.now() + offset.timeInterval).formatted(.iso8601)
    case .totp:
      let step = arguments.first.flatMap { Int($0) } ?? 0
      return scope.oneTimeCode(text, scope.now() + Double(step) * 30)
    case .url: return Self.percentEncoded(text)
    case .base64: return Base64.encode(Array(text.utf8))
    }
  }

  /// `-5m` or `15m` as a duration.
  private static func offset(_ text: String) -> Duration? {
    guard text.hasPrefix("-") else { return DurationValue(text)?.duration }
    return DurationValue(String(text.dropFirst())).map { .zero - $0.duration }
  }

  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
