package import FoundationEssentials

/// Points in time in the three ways AWS writes them.
///
/// Done by hand on the civil calendar because a date formatter costs every answer microseconds and depends on a locale.
package enum AWSTimestamp {
  private static let weekdays: [StaticString] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  /// Years 0001 to 9999, the ones ISO 8601 writes with four digits.
  private static let bounds = -62_135_596_800.0...253_402_300_799.0

  /// `date` as `format` writes it; seconds are not rounded up. A date beyond the years 1 to 9999 is drawn to their edge.
  package static func text(_ date: Date, _ format: Shape.TimestampFormat) -> String {
    let given = date.timeIntervalSince1970
    let seconds = given.isNaN ? 0 : min(max(given, bounds.lowerBound), bounds.upperBound)
    let whole = Int(seconds.rounded(.down))
    let civil = CivilDate(daysSinceEpoch: whole.flooredQuotient(by: 86_400))
    let time = whole - whole.flooredQuotient(by: 86_400) * 86_400
    return String(unsafeUninitializedCapacity: 32) { buffer in
      var writer = DigitWriter(buffer: buffer)
      switch format {
      case .iso8601, .iso8601Milliseconds:
        writer.write(civil.year, digits: 4, then: "-")
        writer.write(civil.month, digits: 2, then: "-")
        writer.write(civil.day, digits: 2, then: "T")
        writer.write(time: time)
        if format == .iso8601Milliseconds {
          writer.write(".")
          writer.write(min(999, Int((seconds - Double(whole)) * 1000 + 0.001)), digits: 3)
        }
        writer.write("Z")
      case .httpDate:
        writer.write(weekdays[whole.flooredQuotient(by: 86_400).flooredRemainder(by: 7)])
        writer.write(", ")
        writer.write(civil.day, digits: 2, then: " ")
        writer.write(months[civil.month - 1])
        writer.write(" ")
        writer.write(civil.year, digits: 4, then: " ")
        writer.write(time: time)
        writer.write(" GMT")
      }
      return writer.count
    }
  }

  /// Reads any of the formats (`2011-12-19`, `2011-12-19T23:16:46.123Z`, `…+01:00`, `Mon, 19 Dec 2011 23:16:46 GMT`);
  /// `nil` where `text` is none of them or names a day that is none.
  package static func date(_ text: String) -> Date? {
    var reader = DigitReader(Array(text.utf8))
    return reader.isAtDigit ? iso8601(&reader) : httpDate(&reader)
  }

  private static func iso8601(_ reader: inout DigitReader) -> Date? {
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
    else { return nil }
    let midnight = Double(days * 86_400)
    if reader.isAtEnd { return Date(timeIntervalSince1970: midnight) }
    guard reader.skip("T") || reader.skip(" "), let time = reader.timeOfDay() else { return nil }
    let fraction = reader.skip(".") ? reader.fraction() : 0
    guard let fraction, let offset = reader.zone(), reader.isAtEnd else { return nil }
    return Date(timeIntervalSince1970: midnight + Double(time - offset) + fraction)
  }

  private static func httpDate(_ reader: inout DigitReader) -> Date? {
    guard weekdays.contains(where: { reader.skip($0) }), reader.skip(", "), let day = reader.number(2),
      reader.skip(" "), let month = months.firstIndex(where: { reader.skip($0) }), reader.skip(" "),
      let year = reader.number(4), reader.skip(" "), let time = reader.timeOfDay(), reader.skip(" GMT"),
      reader.isAtEnd, let days = CivilDate(year: year, month: month + 1, day: day).daysSinceEpoch
    else { return nil }
    return Date(timeIntervalSince1970: Double(days * 86_400 + time))
  }
}

/// A day of the Gregorian calendar, by Howard Hinnant's day-count algorithms.
private struct CivilDate {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  init(daysSinceEpoch days: Int) {
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `nil` where there is no such day.
  var daysSinceEpoch: Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredQuotient(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    let again = CivilDate(daysSinceEpoch: days)
    return again.month == month && again.day == day ? days : nil
  }
}

extension Int {
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  fileprivate func flooredRemainder(by divisor: Int) -> Int {
    self - flooredQuotient(by: divisor) * divisor
  }
}
