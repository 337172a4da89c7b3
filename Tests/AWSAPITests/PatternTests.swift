import AWSAPI
import TestSupport
import Testing

@Suite("Patterns")
struct PatternTests {
  /// Every pattern of the catalogue's parameters, once.
  private static let patterns: [StringConstraint.Pattern] = {
    var found: [String: StringConstraint.Pattern] = [:]
    func collect(_ shape: Shape) {
      switch shape {
      case .string(let constraint): constraint.pattern.map { found[$0.source] = $0 }
      case .list(let list): collect(list.element)
      case .map(let map): collect(map.value)
      case .structure(let structure): structure.members.forEach { collect($0.shape) }
      case .integer, .boolean, .timestamp, .blob: break
      }
    }
    for service in Service.allCases {
      for name in Catalogue.names(of: service) {
        Catalogue.operation(service, name)?.input.members.forEach { collect($0.shape) }
      }
    }
    return found.values.sorted { $0.source < $1.source }
  }()

  /// Written for Java, where `\u10000` is U+1000 and a zero; we check what is meant.
  private static let notARegularExpression =
    #"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"#

  @Test("the check behind a pattern agrees with the pattern")
  func agreement() throws {
    #expect(Self.patterns.count > 15)
    let alphabet = [
      "a", "z", "A", "Z", "v", "0", "1", "9", "_", "-", "--", ".", "..", "/", "//", "+", "=", ",", "@", ":", " ", "\t",
      "\n",
      "\u{7F}", "\u{A0}", "\u{A1}", "é", "ÿ", "Ā", "日", "Ⅷ", "🙂", "*", "#", "~", "(", "http://", "arn", "my-alias",
      "v12.a-b", "/a/",
    ]
    var random = SeededGenerator(seed: 7)
    for pattern in Self.patterns where pattern.source != Self.notARegularExpression {
      let expression = try Regex(pattern.source).asciiOnlyWordCharacters().asciiOnlyDigits()
        .matchingSemantics(.unicodeScalar)
      var accepted = 0
      for round in 0..<600 {
        // Small alphabets, so that texts that match come up often enough.
        let letters = round % 2 == 0 ? alphabet : alphabet.shuffled(using: &random).prefix(3).map(\.self)
        let text = (0..<Int.random(in: 0..<6, using: &random))
          .compactMap { _ in letters.randomElement(using: &random) }.joined()
        let expected = try expression.wholeMatch(in: text) != nil
        accepted += expected ? 1 : 0
        #expect(pattern.matches(text) == expected, "\(pattern.source) on \(text.debugDescription)")
      }
      #expect(accepted > 0, "\(pattern.source) never matched")
    }
  }

  @Test("ARNs are texts without control characters, of any script")
  func arns() throws {
    let pattern = try #require(Self.patterns.first { $0.source == Self.notARegularExpression })
    for text in ["arn:aws:iam::1:role/R", "日本", "🙂", "a\nb"] { #expect(pattern.matches(text), "\(text)") }
    for text in ["", "a\u{1}", "\u{7F}", "\u{FFFF}"] { #expect(!pattern.matches(text), "\(text.debugDescription)") }
  }
}
