package import FoundationEssentials

/// The basic ISO 8601 form in which SigV4 writes points in time: `20260131T235959Z`.
package enum AmazonDate {
  /// `date` to the second, in UTC. Outside of the years 0 to 9999 the nearest that can be written.
  package static func string(_ date: Date) -> String {
    let seconds = Int64(min(max(date.timeIntervalSince1970, -62_167_219_200), 253_402_300_799).rounded(.down))
    let days = floorDivide(seconds, 86_400)
    let (year, month, day) = civil(daysSinceEpoch: days)
    let time = Int(seconds - days * 86_400)
    return String(unsafeUninitializedCapacity: 16) { buffer in
      write(year, 4, to: buffer, at: 0)
      write(month, 2, to: buffer, at: 4)
      write(day, 2, to: buffer, at: 6)
      buffer[8] = UInt8(ascii: "T")
      write(time / 3600, 2, to: buffer, at: 9)
      write(time / 60 % 60, 2, to: buffer, at: 11)
      write(time % 60, 2, to: buffer, at: 13)
      buffer[15] = UInt8(ascii: "Z")
      return 16
    }
  }

  /// The point in time behind `text`, or `nil` where it is not of the form or names no day.
  package static func parse(_ text: String) -> Date? {
    var text = text
    return text.withUTF8 { parse(bytes: $0) }
  }

  private static func parse(bytes: UnsafeBufferPointer<UInt8>) -> Date? {
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
      let year = number(bytes[0..<4]), let month = number(bytes[4..<6]), let day = number(bytes[6..<8]),
      let hour = number(bytes[9..<11]), let minute = number(bytes[11..<13]), let second = number(bytes[13..<15])
    else { return nil }
    return date(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  /// The point in time behind the value of a `Date` header, `Sat, 31 Jan 2026 23:59:59 GMT`; `nil` where it is none.
  ///
  /// The zone may also be written as botocore does, `-0000`.
  package static func parseHTTPDate(_ text: String) -> Date? {
    let words = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }.map { Array($0) }
    guard words.count == 6, words[0].count == 3, words[2].count == 3, words[3].count == 4, words[4].count == 8,
      ["GMT", "UTC", "+0000", "-0000"].contains(String(decoding: words[5], as: UTF8.self)),
      let month = months.firstIndex(of: String(decoding: words[2], as: UTF8.self)),
      let year = number(words[3][...]), let day = number(words[1][...])
    else { return nil }
    let time = words[4]
    guard time[2] == UInt8(ascii: ":"), time[5] == UInt8(ascii: ":"), let hour = number(time[0..<2]),
      let minute = number(time[3..<5]), let second = number(time[6..<8])
    else { return nil }
    return date(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
  }

  /// The extended form in which S3's errors write times: `2026-01-31T23:59:59Z`.
  package static func extended(_ date: Date) -> String {
    let basic = Array(string(date).utf8)
    let parts = [basic[0..<4], basic[4..<6], basic[6..<11], basic[11..<13], basic[13..<16]]
    return zip(parts, ["-", "-", ":", ":", ""]).map { String(decoding: $0, as: UTF8.self) + $1 }.joined()
  }
}

// The proleptic Gregorian calendar in whole days, counted in years that begin in March so that the leap day is last.
extension AmazonDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func date(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Date? {
    // A leap second (60) is the first of the next minute.
    guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61 else { return nil }
    let days = daysSinceEpoch(year: year, month: month, day: day)
    guard civil(daysSinceEpoch: days) == (year, month, day) else { return nil }
    return Date(timeIntervalSince1970: Double(days * 86_400 + Int64(hour * 3600 + minute * 60 + second)))
  }

  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(daysSinceEpoch: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    return (
      Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    )
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...4).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func write(_ value: Int, _ width: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    var rest = value
    for index in stride(from: start + width - 1, through: start, by: -1) {
      buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }
}
