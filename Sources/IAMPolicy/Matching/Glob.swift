/// A pattern of literal bytes, `*` (any run) and `?` (one character).
///
/// Over bytes, because Swift's characters would make canonically equal spellings the same, which IAM does not, and
/// because this is where decisions spend their time.
struct Glob: Sendable, Hashable {
  /// Literal bytes as they are, and the two wildcards beyond them.
  private var tokens: [UInt16]
  private let isLiteral: Bool

  static let anyRun: UInt16 = 256
  static let anyOne: UInt16 = 257

  init(tokens: [UInt16]) {
    self.tokens = tokens
    isLiteral = !tokens.contains { $0 > 255 }
  }

  /// The pattern as IAM writes it.
  init(_ pattern: some StringProtocol) { self.init(tokens: pattern.utf8.map(Self.token)) }

  static func token(_ byte: UInt8) -> UInt16 {
    switch byte {
    case UInt8(ascii: "*"): anyRun
    case UInt8(ascii: "?"): anyOne
    default: UInt16(byte)
    }
  }

  /// Whether the pattern is nothing but `*`.
  var matchesEverything: Bool { !tokens.isEmpty && tokens.allSatisfy { $0 == Self.anyRun } }

  /// The bytes before the first wildcard, which any text that matches begins with.
  var literalPrefix: ArraySlice<UInt16> { tokens.prefix { $0 < 256 } }

  /// The whole pattern, where it has no wildcard.
  var literal: [UInt8]? { isLiteral ? tokens.map { UInt8(truncatingIfNeeded: $0) } : nil }

  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { text in
      tokens.withUnsafeBufferPointer { tokens in
        isLiteral ? Self.equal(tokens, text) : Self.match(tokens, text)
      }
    }
  }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in
      tokens.withUnsafeBufferPointer { tokens in
        isLiteral ? Self.equal(tokens, text) : Self.match(tokens, text)
      }
    }
  }

  private static func equal(_ tokens: UnsafeBufferPointer<UInt16>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard tokens.count == text.count else { return false }
    for index in 0..<text.count where tokens[index] != UInt16(text[index]) { return false }
    return true
  }

  /// Goes back to the last `*` only, which is enough: quadratic at worst, without recursion.
  private static func match(_ tokens: UnsafeBufferPointer<UInt16>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var (token, byte) = (0, 0)
    var (star, retry) = (-1, 0)
    while byte < text.count {
      if token < tokens.count, tokens[token] == anyRun {
        star = token
        retry = byte
        token += 1
      } else if token < tokens.count, tokens[token] == anyOne {
        token += 1
        byte = afterCharacter(at: byte, in: text)
      } else if token < tokens.count, tokens[token] == UInt16(text[byte]) {
        token += 1
        byte += 1
      } else if star >= 0 {
        token = star + 1
        retry = afterCharacter(at: retry, in: text)
        byte = retry
      } else {
        return false
      }
    }
    while token < tokens.count, tokens[token] == anyRun { token += 1 }
    return token == tokens.count
  }

  /// The position behind the UTF-8 sequence that begins at `index`.
  private static func afterCharacter(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var next = index + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
