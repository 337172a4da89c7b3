/// A way of writing bytes as other bytes.
enum EscapeSyntax: CaseIterable {
  /// `%2F`
  case percent
  /// `\/`, `\u002F`
  case json
  /// `&amp;`, `&#47;`, `&#x2F;`
  case xml

  var introducer: UInt8 {
    switch self {
    case .percent: UInt8(ascii: "%")
    case .json: UInt8(ascii: "\\")
    case .xml: UInt8(ascii: "&")
    }
  }

  /// The longest escape, an XML reference with leading zeros.
  private static let longest = 12

  /// What the escape at `index` stands for, and how many bytes it takes; `nil` where there is none.
  func escape(in bytes: [UInt8], at index: Int) -> (decoded: [UInt8], length: Int)? {
    switch self {
    case .percent:
      guard index + 2 < bytes.count, let high = bytes[index + 1].hexDigit, let low = bytes[index + 2].hexDigit else {
        return nil
      }
      return ([high << 4 | low], 3)
    case .json: return jsonEscape(in: bytes, at: index)
    case .xml: return xmlReference(in: bytes, at: index)
    }
  }

  private func jsonEscape(in bytes: [UInt8], at index: Int) -> (decoded: [UInt8], length: Int)? {
    guard index + 1 < bytes.count else { return nil }
    switch bytes[index + 1] {
    case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "\\"): return ([bytes[index + 1]], 2)
    case UInt8(ascii: "n"): return ([0x0A], 2)
    case UInt8(ascii: "r"): return ([0x0D], 2)
    case UInt8(ascii: "t"): return ([0x09], 2)
    case UInt8(ascii: "b"): return ([0x08], 2)
    case UInt8(ascii: "f"): return ([0x0C], 2)
    case UInt8(ascii: "u"):
      guard index + 5 < bytes.count, let unit = Self.number(bytes[(index + 2)...(index + 5)], radix: 16) else {
        return nil
      }
      return Self.utf8(unit).map { ($0, 6) } ?? surrogatePair(high: unit, in: bytes, at: index)
    default: return nil
    }
  }

  private func surrogatePair(high: UInt32, in bytes: [UInt8], at index: Int) -> (decoded: [UInt8], length: Int)? {
    guard (0xD800...0xDBFF).contains(high), index + 11 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
      bytes[index + 7] == UInt8(ascii: "u"), let low = Self.number(bytes[(index + 8)...(index + 11)], radix: 16),
      (0xDC00...0xDFFF).contains(low), let text = Self.utf8(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (text, 12)
  }

  private func xmlReference(in bytes: [UInt8], at index: Int) -> (decoded: [UInt8], length: Int)? {
    let limit = min(bytes.count, index + Self.longest)
    guard let end = bytes[index..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = bytes[(index + 1)..<end]
    let length = end - index + 1
    if name.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
      let number = isHexadecimal ? Self.number(digits.dropFirst(), radix: 16) : Self.number(digits, radix: 10)
      return number.flatMap(Self.utf8).map { ($0, length) }
    }
    let known: [(StaticString, UInt8)] = [
      ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
      ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
    ]
    for (text, byte) in known where text.withUTF8Buffer({ $0.elementsEqual(name) }) { return ([byte], length) }
    return nil
  }

  private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
    guard !digits.isEmpty, digits.count <= 8 else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      guard let digit = digit.hexDigit, UInt32(digit) < radix, value < 1 << 27 else { return nil }
      value = value * radix + UInt32(digit)
    }
    return value
  }

  private static func utf8(_ value: UInt32) -> [UInt8]? {
    Unicode.Scalar(value).map { Array(String(Character($0)).utf8) }
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  fileprivate var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Bytes after an escape syntax was undone, with where each came from.
struct DecodedView {
  var bytes: [UInt8]
  /// Where each byte starts in the text that is written; one more for the end. `nil` for the text itself, in which each
  /// starts where it is.
  private var starts: [Int]?

  /// The text itself.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    starts = nil
  }

  private init(bytes: [UInt8], starts: [Int]) {
    self.bytes = bytes
    self.starts = starts
  }

  func sourceRange(_ range: Range<Int>) -> Range<Int> {
    start(of: range.lowerBound)..<start(of: range.upperBound)
  }

  private func start(of index: Int) -> Int { starts?[index] ?? index }

  /// The view behind this one, or `nil` where nothing in it is escaped in this way.
  func undoing(_ syntax: EscapeSyntax) -> DecodedView? {
    guard var next = bytes.firstIndex(of: syntax.introducer) else { return nil }
    var decoded: [UInt8] = []
    var origins: [Int] = []
    decoded.reserveCapacity(bytes.count)
    origins.reserveCapacity(bytes.count + 1)
    var position = 0
    var isChanged = false
    while position < bytes.count {
      decoded += bytes[position..<next]
      for index in position..<next { origins.append(start(of: index)) }
      position = next
      guard position < bytes.count else { break }
      if let (replacement, length) = syntax.escape(in: bytes, at: position) {
        isChanged = true
        decoded += replacement
        // All bytes of a character that was one escape start where it starts, or taking out the later ones would leave
        // a part of it.
        for _ in replacement { origins.append(start(of: position)) }
        position += length
      } else {
        decoded.append(bytes[position])
        origins.append(start(of: position))
        position += 1
      }
      next = bytes[position...].firstIndex(of: syntax.introducer) ?? bytes.count
    }
    guard isChanged else { return nil }
    origins.append(start(of: bytes.count))
    return DecodedView(bytes: decoded, starts: origins)
  }
}
