/// A point in time as policies write it: a W3C date and time ("one of the implementations of the W3C ISO 8601 date
/// formats"), or seconds since 1970.
struct PolicyDate: Sendable, Hashable, Comparable {
  /// Nanoseconds since 1970; what is finer is left off. Whole numbers, so that both forms of a moment are equal.
  private let nanoseconds: Int128

  static func < (left: PolicyDate, right: PolicyDate) -> Bool { left.nanoseconds < right.nanoseconds }

  init?(_ text: String) {
    var date = Reader(rest: Array(text.utf8)[...])
    var seconds = date
    // The date comes first: four digits alone are a year, not a second of 1970.
    guard let nanoseconds = date.date() ?? seconds.seconds() else { return nil }
    self.nanoseconds = nanoseconds
  }

  /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and the last with `Thh:mm`, seconds, a fraction, and `Z` or an offset.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func date() -> Int128? {
      guard let year = number(4) else { return nil }
      if rest.isEmpty { return days(year, 1, 1) }
      guard take("-"), let month = number(2), (1...12).contains(month) else { return nil }
      if rest.isEmpty { return days(year, month, 1) }
      guard take("-"), let day = number(2), (1...Self.length(of: month, in: year)).contains(day) else { return nil }
      let midnight = days(year, month, day)
      if rest.isEmpty { return midnight }
      guard take("T") || take("t"), let time = time(), let offset = offset(), rest.isEmpty else { return nil }
      return midnight + time - offset
    }

    /// Seconds since 1970, also before it, also with a fraction.
    mutating func seconds() -> Int128? {
      let sign: Int128 = take("-") ? -1 : 1
      let digits = rest.prefix(while: ASCII.isDigit)
      guard let whole = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let fraction = fraction(), rest.isEmpty else { return nil }
      return sign * (Int128(whole) * Self.second + fraction)
    }

    private static let second: Int128 = 1_000_000_000

    private mutating func time() -> Int128? {
      guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else { return nil }
      let whole = Int128(hour * 3600 + minute * 60)
      guard take(":") else { return whole * Self.second }
      guard let seconds = number(2), seconds < 61, let fraction = fraction() else { return nil }
      return (whole + Int128(seconds)) * Self.second + fraction
    }

    /// What stands behind a point; nothing where there is none.
    private mutating func fraction() -> Int128? {
      guard take(".") else { return 0 }
      let digits = rest.prefix(while: ASCII.isDigit)
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count)
      var (value, unit) = (Int128(0), Self.second)
      for digit in digits.prefix(9) {
        unit /= 10
        value += Int128(digit - UInt8(ascii: "0")) * unit
      }
      return value
    }

    /// East of Greenwich. A time without a zone is taken for UTC.
    private mutating func offset() -> Int128? {
      if rest.isEmpty || take("Z") || take("z") { return 0 }
      let sign: Int128
      if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
      guard let hours = number(2), hours < 24 else { return nil }
      _ = take(":")
      guard let minutes = number(2), minutes < 60 else { return nil }
      return sign * Int128(hours * 3600 + minutes * 60) * Self.second
    }

    private mutating func number(_ count: Int) -> Int? {
      guard rest.count >= count else { return nil }
      var value = 0
      for byte in rest.prefix(count) {
        guard ASCII.isDigit(byte) else { return nil }
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

    /// The beginning of a day of the Gregorian calendar, counted in years that begin in March.
    private func days(_ year: Int, _ month: Int, _ day: Int) -> Int128 {
      let shifted = month <= 2 ? year - 1 : year
      let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
      let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
      return Int128(days) * 86_400 * Self.second
    }
  }
}
