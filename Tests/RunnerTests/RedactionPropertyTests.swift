import HTTP
import Runner
import Testing

@Suite("Redaction, whatever the secret and however it is written") struct RedactionPropertyTests {
  /// Ways of writing a text, and of writing what was written so.
  enum Encoding: String, CaseIterable {
    case plain, percent, percentLower, percentTwice, form, json, jsonSlashes, jsonUnicode, xml, xmlNumeric, jsonInXML
    case percentInJSON, base64, base64URL, base64Percent

    func write(_ text: String, _ random: inout SeededGenerator) -> String {
      switch self {
      case .plain: text
      case .percent: PercentEncoding.encode(text)
      case .percentLower: Self.lowercaseEscapes(PercentEncoding.encode(text))
      case .percentTwice: PercentEncoding.encode(PercentEncoding.encode(text))
      case .form:
        PercentEncoding.encode(text).split(separator: "%20", omittingEmptySubsequences: false).joined(separator: "+")
      case .json: Self.json(text)
      case .jsonSlashes:
        Self.json(text).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
      case .jsonUnicode: text.utf8.map { "\\u00" + Self.hex($0) }.joined()
      case .xml: Self.xml(text)
      case .xmlNumeric: text.utf8.map { "&#x\(Self.hex($0));" }.joined()
      case .jsonInXML: Self.xml(Self.json(text))
      case .percentInJSON: Self.json(PercentEncoding.encode(text))
      case .base64: Self.base64(text, &random)
      case .base64URL: Self.base64(text, &random).map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()
      case .base64Percent: PercentEncoding.encode(Self.base64(text, &random))
      }
    }

    private static func json(_ text: String) -> String {
      text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    }

    private static func xml(_ text: String) -> String {
      text.map { character in
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: String(character)
        }
      }.joined()
    }

    private static func hex(_ byte: UInt8) -> String {
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }

    private static func lowercaseEscapes(_ text: String) -> String {
      var result = ""
      var left = 0
      for character in text {
        if character == "%" { left = 3 }
        result += left > 0 ? character.lowercased() : String(character)
        left -= 1
      }
      return result
    }

    /// In the middle of other bytes, so that it starts anywhere within a group of three.
    private static func base64(_ text: String, _ random: inout SeededGenerator) -> String {
      let before = String(repeating: "x", count: Int(random.next() % 5))
      let after = String(repeating: "y", count: Int(random.next() % 5))
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
      let bytes = Array((before + text + after).utf8)
      var result = ""
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for index in 0..<4 { result.append(index <= group.count ? alphabet[value >> (18 - 6 * index) & 63] : "=") }
      }
      return result
    }
  }

  private static let ordinary = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=")
  private static let odd = ordinary + Array("\"'<>&\\%#;: {}[]")

  private static func secret(_ random: inout SeededGenerator, of alphabet: [Character]) -> String {
    let length = 20 + Int(random.next() % 60)
    return String((0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
  }

  /// Any run of the secret this long, as it is or decoded, would be a leak.
  private static let window = 12

  private static func leaks(_ secret: String, in text: String) -> Bool {
    let bytes = Array(secret.utf8)
    let decoded = PercentEncoding.decodeBytes(String(decoding: PercentEncoding.decodeBytes(text), as: UTF8.self))
    return (0...(bytes.count - window)).contains { start in
      let piece = Array(bytes[start..<(start + window)])
      return Array(text.utf8).firstRange(of: piece) != nil || decoded.firstRange(of: piece) != nil
    }
  }

  @Test("nothing of a secret is left", arguments: Encoding.allCases)
  func nothingLeft(encoding: Encoding) {
    var random = SeededGenerator(seed: 7)
    for round in 0..<60 {
      let redactor = Redactor()
      let others = (0..<3).map { _ in Self.secret(&random, of: Self.ordinary) }
      for other in others { redactor.add(other) }
      let secret = Self.secret(&random, of: round % 2 == 0 ? Self.ordinary : Self.odd)
      redactor.add(secret)
      let written = encoding.write(secret, &random)
      let text = "Key: \(written), \(others[0]) <a>\(others[1])</a> end"
      let redacted = redactor.redact(text)
      #expect(redacted.contains(Redactor.mask))
      #expect(redacted.hasSuffix(" end"))
      #expect(!Self.leaks(secret, in: redacted), "\(encoding) \(secret) in \(redacted)")
      #expect(!Self.leaks(others[0], in: redacted))
      // Nothing that the secret was written as is left either, but what stands around it in base64.
      if !encoding.rawValue.hasPrefix("base64") { #expect(!redacted.contains(written.dropFirst(4).prefix(16))) }
    }
  }

  @Test("a secret that was cut leaves nothing either")
  func cut() {
    var random = SeededGenerator(seed: 11)
    let redactor = Redactor()
    let token = Self.secret(&random, of: Self.ordinary) + Self.secret(&random, of: Self.ordinary)
    redactor.add(token)
    for length in [16, 17, 24, 30, 39] {
      #expect(redactor.redact("was \"\(token.prefix(length))…\"") == "was \"****…\"")
      let encoded = PercentEncoding.encode(String(token.prefix(length)))
      #expect(redactor.redact("was \"\(encoded)…\"") == "was \"****…\"")
    }
  }

  @Test(
    "what is a secret by its name goes although nobody has seen it",
    arguments: [
      ("Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=5d672d79c15b13", "Signature="),
      ("GET /k?X-Amz-Expires=9&X-Amz-Signature=5d672d79c15b13&x=1", "X-Amz-Signature="),
      ("GET /k?X-Amz-Security-Token=IQoJb3JpZ2luX2VjE&x=1", "Token="),
      ("X-Amz-Security-Token: IQoJb3JpZ2luX2VjE\nNext: 1", "Token: "),
      ("<SecretAccessKey>wJalrXUtnFEMI</SecretAccessKey>", "<SecretAccessKey>"),
      ("<SessionToken>\n  IQoJb3JpZ2luX2VjE</SessionToken>", "<SessionToken>\n  "),
      ("&lt;SecretAccessKey&gt;wJalrXUtnFEMI&lt;/SecretAccessKey&gt;", "&gt;"),
      ("{\"SecretAccessKey\": \"wJalrXUtnFEMI\", \"a\": 1}", "\"SecretAccessKey\": \""),
      ("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI", "KEY="),
    ])
  func names(text: String, before: String) {
    let redacted = Redactor().redact(text)
    #expect(redacted.contains(before + Redactor.mask))
    for value in ["5d672d79c15b13", "IQoJb3JpZ2luX2VjE", "wJalrXUtnFEMI"] { #expect(!redacted.contains(value)) }
    #expect(Redactor().redact(redacted) == redacted)
  }

  @Test("ordinary text stays to the byte, also where it is not UTF-8")
  func untouched() {
    var random = SeededGenerator(seed: 3)
    let redactor = Redactor()
    for _ in 0..<20 { redactor.add(Self.secret(&random, of: Self.ordinary)) }
    let text =
      "50% of &amp; \\n \\u12 %zz %2 &#; &#xZZ; \u{1F600} ${aws:username} Signature= <SessionToken></SessionToken>"
    #expect(redactor.redact(text) == text)
    #expect(redactor.redact([0xFF, 0xFE, 0x25, 0x26, 0x5C]) == nil)
  }

  @Test("a thousand secrets cost no more to look for than one", .timeLimit(.minutes(1)))
  func many() {
    var random = SeededGenerator(seed: 5)
    let redactor = Redactor()
    let secrets = (0..<1000).map { _ in Self.secret(&random, of: Self.ordinary) }
    for secret in secrets { redactor.add(secret) }
    let text = String(repeating: "<Arn>arn:aws:iam::111111111111:user/David</Arn>\n", count: 2000) + secrets[500]
    #expect(redactor.redact(text).hasSuffix("\n****"))
  }
}
