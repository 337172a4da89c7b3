/// Numbers as policies write them: "an integer or decimal value" (AWS, "IAM JSON policy elements: Condition operators").
///
/// Kept as digits, for ids are numbers too and a binary fraction would take neighbours beyond 2⁵³ for equal.
struct PolicyNumber: Sendable, Hashable, Comparable {
  private let isNegative: Bool
  /// Without leading zeros.
  private let whole: [UInt8]
  /// Without trailing zeros.
  private let fraction: [UInt8]

  init?(_ text: String) {
    var digits = text.utf8[...]
    let sign = digits.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits = digits.dropFirst() }
    let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
    let (before, behind) = (digits[..<point], digits[point...].dropFirst())
    guard !(before.isEmpty && behind.isEmpty), before.allSatisfy(ASCII.isDigit), behind.allSatisfy(ASCII.isDigit) else {
      return nil
    }
    let zero = UInt8(ascii: "0")
    whole = Array(before.drop { $0 == zero })
    fraction = Array(behind.reversed().drop { $0 == zero }.reversed())
    // There is one zero.
    isNegative = sign == UInt8(ascii: "-") && !(whole.isEmpty && fraction.isEmpty)
  }

  static func < (left: PolicyNumber, right: PolicyNumber) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative ? right.isCloserToZero(than: left) : left.isCloserToZero(than: right)
  }

  private func isCloserToZero(than other: PolicyNumber) -> Bool {
    if whole.count != other.whole.count { return whole.count < other.whole.count }
    if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
    return fraction.lexicographicallyPrecedes(other.fraction)
  }
}
