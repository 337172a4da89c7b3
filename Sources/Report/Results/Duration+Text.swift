import Scenario

extension Duration {
  /// Seconds with six digits behind the point, `0.001234`.
  var secondsText: String {
    let (whole, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let digits = String(fraction)
    return "\(whole)." + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// For people: `0.4 ms`, `27 ms`, `3.2 s`, `2 min 5 s`.
  var shortText: String {
    let microseconds = microseconds
    switch microseconds {
    case ..<10_000: return Self.tenths(microseconds, of: 1000) + " ms"
    case ..<1_000_000: return "\((microseconds + 500) / 1000) ms"
    case ..<60_000_000: return Self.tenths(microseconds, of: 1_000_000) + " s"
    default:
      let seconds = (microseconds + 500_000) / 1_000_000
      return "\(seconds / 60) min \(seconds % 60) s"
    }
  }

  private static func tenths(_ value: Int64, of unit: Int64) -> String {
    let tenths = (value * 10 + unit / 2) / unit
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Duration {
  /// Milliseconds with three digits behind the point, `1.234`.
  var millisecondsText: String {
    let (whole, fraction) = microseconds.quotientAndRemainder(dividingBy: 1000)
    let digits = String(fraction)
    return "\(whole)." + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
