/// A pattern of literal bytes, `*` (any run) and `?` (one character).
///
/// Over bytes, because Swift's characters would make canonically equal spellings the same, which IAM does not, and
/// because this is where decisions spend their time.
struct Glob: Sendable, Hashable {
  private enum Form: Sendable, Hashable {
    /// `*`
    case everything
    case literal([UInt8])
    /// Literal bytes and then `*`, the commonest pattern there is.
    case prefix([UInt8])
    case general([UInt16])
  }

  private let form: Form

  /// The wildcards, beyond the literal bytes.
  static let anyRun: UInt16 = 256
  static let anyOne: UInt16 = 257

  init(tokens: [UInt16]) {
    let firstWildcard = tokens.firstIndex { $0 > 255 } ?? tokens.count
    let literal = tokens[..<firstWildcard].map { UInt8(truncatingIfNeeded: $0) }
    let rest = tokens[firstWildcard...]
    if rest.isEmpty {
      form = .literal(literal)
    } else if rest.allSatisfy({ $0 == Self.anyRun }) {
      form = literal.isEmpty ? .everything : .prefix(literal)
    } else {
      form = .general(tokens)
    }
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
  var matchesEverything: Bool { form == .everything }

  /// The bytes of the pattern, where it has no wildcard.
  var literal: [UInt8]? { if case .literal(let bytes) = form { bytes } else { nil } }

  func matches(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { matches($0) } }

  func matches(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { matches(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch form {
    case .everything: true
    case .literal(let bytes): bytes.count == text.count && Self.begins(text, with: bytes)
    case .prefix(let bytes): bytes.count <= text.count && Self.begins(text, with: bytes)
    case .general(let tokens): tokens.withUnsafeBufferPointer { Self.match($0, text) }
    }
  }

  @inline(__always)
  private static func begins(_ text: UnsafeBufferPointer<UInt8>, with bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      // From behind: names share their beginnings more than their ends.
      var index = bytes.count
      while index > 0 {
        index -= 1
        if bytes[index] != text[index] { return false }
      }
      return true
    }
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
