/// Reads fixed fields of a date from its bytes.
struct DigitReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { index == bytes.count }
  var isAtDigit: Bool { index < bytes.count && Self.digit(bytes[index]) != nil }

  /// Steps over `text` where it comes next.
  mutating func skip(_ text: StaticString) -> Bool {
    guard text.withUTF8Buffer({ bytes[index...].starts(with: $0) }) else { return false }
    index += text.utf8CodeUnitCount
    return true
  }

  /// Exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    guard index + count <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[index..<(index + count)] {
      guard let digit = Self.digit(byte) else { return nil }
      number = number * 10 + digit
    }
    index += count
    return number
  }

  /// One digit or more, as a fraction of 1.
  mutating func fraction() -> Double? {
    var (fraction, place) = (0.0, 0.1)
    guard isAtDigit else { return nil }
    while index < bytes.count, let digit = Self.digit(bytes[index]) {
      fraction += Double(digit) * place
      place /= 10
      index += 1
    }
    return fraction
  }

  /// `23:16:46` in seconds; a leap second counts into the next minute.
  mutating func timeOfDay() -> Int? {
    guard let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// `Z` or `+01:00`, in seconds east.
  mutating func zone() -> Int? {
    if skip("Z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hour = number(2), hour < 24 else { return nil }
    _ = skip(":")
    guard let minute = number(2), minute < 60 else { return nil }
    return sign * (hour * 3600 + minute * 60)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }
}
