/// A point in time as policies write it: a W3C date and time ("one of the implementations of the W3C ISO 8601 date
/// formats"), or seconds since 1970.
struct PolicyDate: Sendable, Hashable, Comparable {
  /// Seconds since 1970.
  let seconds: Double

  static func < (left: PolicyDate, right: PolicyDate) -> Bool { left.seconds < right.seconds }

  init?(_ text: String) {
    var reader = Reader(rest: Array(text.utf8)[...])
    // The date comes first: four digits alone are a year, not a second of 1970.
    guard let seconds = reader.date() ?? PolicyNumber.parse(text) else { return nil }
    self.seconds = seconds
  }

  /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and the last with `Thh:mm`, seconds, a fraction, and `Z` or an offset.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func date() -> Double? {
      guard let year = number(4) else { return nil }
      if rest.isEmpty { return days(year, 1, 1) * 86_400 }
      guard take("-"), let month = number(2), (1...12).contains(month) else { return nil }
      if rest.isEmpty { return days(year, month, 1) * 86_400 }
      guard take("-"), let day = number(2), (1...Self.length(of: month, in: year)).contains(day) else { return nil }
      let midnight = days(year, month, day) * 86_400
      if rest.isEmpty { return midnight }
      guard take("T") || take("t"), let time = time(), let offset = offset(), rest.isEmpty else { return nil }
      return midnight + time - offset
    }

    private mutating func time() -> Double? {
      guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else { return nil }
      var seconds = Double(hour * 3600 + minute * 60)
      if take(":") {
        guard let second = number(2), second < 61 else { return nil }
        seconds += Double(second)
        if take(".") {
          let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
          guard !digits.isEmpty, let fraction = Double("0." + String(decoding: digits, as: UTF8.self)) else {
            return nil
          }
          rest = rest.dropFirst(digits.count)
          seconds += fraction
        }
      }
      return seconds
    }

    /// Seconds east of Greenwich. A time without a zone is taken for UTC.
    private mutating func offset() -> Double? {
      if rest.isEmpty || take("Z") || take("z") { return 0 }
      let sign: Double
      if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
      guard let hours = number(2), hours < 24 else { return nil }
      _ = take(":")
      guard let minutes = number(2), minutes < 60 else { return nil }
      return sign * Double(hours * 3600 + minutes * 60)
    }

    private mutating func number(_ count: Int) -> Int? {
      guard rest.count >= count else { return nil }
      var value = 0
      for byte in rest.prefix(count) {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      rest = rest.dropFirst(count)
      return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }

    private static func length(of month: Int, in year: Int) -> Int {
      switch month {
      case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    }

    /// Days since 1970 of a day of the Gregorian calendar, in years that begin in March.
    private func days(_ year: Int, _ month: Int, _ day: Int) -> Double {
      let shifted = month <= 2 ? year - 1 : year
      let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
      return Double(shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468)
    }
  }
}
