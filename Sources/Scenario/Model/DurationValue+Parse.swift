extension DurationValue {
  /// No scenario waits longer than this; it also keeps the sum of parts from overflowing.
  static let longest = Duration.seconds(3650 * 86_400)

  /// How durations are written, for messages.
  package static let form = "a number with a unit, such as 250ms, 30s, 15m, 1h30m or 2d"

  /// Reads `1h30m`: parts of a whole number and a unit, each unit smaller than the one before.
  /// - Returns: `nil` where the text is no such thing, or is longer than ten years.
  package init?(_ text: String) {
    var rest = text.utf8[...]
    var total = Duration.zero
    var unitsLeft = Self.units[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty, digits.count <= 9, let count = Int64(String(digits) ?? "") else { return nil }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(letters.count)
      guard let index = unitsLeft.firstIndex(where: { $0.name.utf8.elementsEqual(letters) }) else { return nil }
      let unit = unitsLeft[index]
      unitsLeft = unitsLeft[(index + 1)...]
      total += Duration.milliseconds(count * unit.milliseconds)
      guard total <= Self.longest else { return nil }
    }
    self.init(text: text, duration: total)
  }

  private static let units: [(name: String, milliseconds: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
  ]
}
