package import FoundationEssentials

/// The name of one run of one scenario: when it began, and something that no other run has.
///
/// It stands in the name, the path and the tags of everything that the run makes, so it is made of the characters that all
/// of these allow, bucket names included, and sorts by time.
package struct RunID: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  private static let timeDigits = 7
  private static let randomDigits = 6
  /// Base 32 without characters that are taken for one another.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  package init(at time: Date, random: () -> UInt64 = { UInt64.random(in: .min ... .max) }) {
    var digits: [UInt8] = []
    Self.append(UInt64(max(0, time.timeIntervalSince1970)), Self.timeDigits, to: &digits)
    Self.append(random(), Self.randomDigits, to: &digits)
    text = String(decoding: digits, as: UTF8.self)
  }

  /// - Returns: `nil` where `text` is no such name.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.timeDigits + Self.randomDigits,
      text.utf8.allSatisfy({ Self.alphabet.contains($0) })
    else { return nil }
    self.text = String(text)
  }

  private static func append(_ number: UInt64, _ count: Int, to digits: inout [UInt8]) {
    for position in (0..<count).reversed() {
      digits.append(alphabet[Int((number >> UInt64(5 * position)) & 31)])
    }
  }

  /// When the run began, to the second.
  package var time: Date {
    let digits = text.utf8.prefix(Self.timeDigits).compactMap { Self.alphabet.firstIndex(of: $0) }
    return Date(timeIntervalSince1970: Double(digits.reduce(0) { $0 << 5 | $1 }))
  }

  package var description: String { text }

  /// The path of what the run makes, `/iamdrill/0abc…/`.
  package var path: String { "/\(Self.pathRoot)/\(text)/" }
  package static let pathRoot = "iamdrill"

  /// The key of the tag that everything of a run carries.
  package static let tagKey = "iamdrill:run"

  /// `name` as only this run has it, at most as long as every kind of resource allows (a bucket's name: 63).
  package func unique(_ name: String) -> String {
    var canonical = name[...]
    // AWS reserves this prefix for its documentation: no such bucket can be made.
    if canonical.hasPrefix(Self.reserved) { canonical = canonical.dropFirst(Self.reserved.count) }
    if canonical.utf8.count > Self.longestCanonical {
      // What is cut off still tells two names apart.
      let mark = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
      var digits: [UInt8] = []
      Self.append(mark, 4, to: &digits)
      canonical = canonical.prefix(Self.longestCanonical - 5) + "-" + String(decoding: digits, as: UTF8.self)
    }
    return "\(canonical)-\(text)"
  }

  private static let reserved = "amzn-s3-demo-"
  private static let longestCanonical = 63 - 1 - timeDigits - randomDigits

  /// The run that a name was made unique for; `nil` for a name that no run made.
  package init?(inName name: String) {
    guard let dash = name.utf8.lastIndex(of: UInt8(ascii: "-")), dash != name.startIndex else { return nil }
    self.init(name[name.utf8.index(after: dash)...])
  }

  /// The run that a path belongs to; `nil` for any other path.
  package init?(inPath path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].isEmpty, parts[1] == Self.pathRoot else { return nil }
    self.init(parts[2])
  }
}
