package import FoundationEssentials

/// A second, as AWS writes it: every answer bears it, and every call is held against policies that may ask for it. All requests
/// of the same second share one.
package final class AWSSecond: Sendable {
  /// Since 1970, rounded down.
  package let number: Int
  /// `2011-12-19T23:16:46Z`
  package let iso8601: String
  /// `Mon, 19 Dec 2011 23:16:46 GMT`
  package let httpDate: String
  /// The number in digits.
  package let epoch: String

  package init(_ date: Date) {
    number = Self.number(of: date)
    iso8601 = AWSTimestamp.text(date, .iso8601)
    httpDate = AWSTimestamp.text(date, .httpDate)
    epoch = String(number)
  }

  /// The second that `date` is in.
  package static func number(of date: Date) -> Int {
    Int(exactly: date.timeIntervalSince1970.rounded(.down)) ?? 0
  }
}
