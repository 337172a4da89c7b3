/// Writes XML into memory, escaping what must be.
package struct XMLWriter: Sendable {
  /// The document so far, UTF-8.
  package private(set) var bytes: [UInt8] = []
  private let unrepresentable: Unrepresentable

  /// What becomes of characters that XML 1.0 has no way to carry: most control characters, U+FFFE and U+FFFF.
  package enum Unrepresentable: Sendable {
    /// U+FFFD in their place: the document stays XML 1.0, and every parser reads it.
    case replaced
    /// `&#x1;`, as S3 writes keys with control characters. XML 1.0 parsers refuse such a document, which is why clients
    /// ask for `encoding-type=url`.
    case characterReference
  }

  package init(unrepresentable: Unrepresentable = .replaced) {
    self.unrepresentable = unrepresentable
    bytes.reserveCapacity(512)
  }

  /// `<?xml version="1.0" encoding="UTF-8"?>` and a line's end.
  package mutating func declaration() {
    raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  /// An element with what `content` writes inside; `<name/>` where that is nothing.
  package mutating func element(
    _ name: String, attributes: [(name: String, value: String)] = [], _ content: (inout XMLWriter) -> Void = { _ in }
  ) {
    start(name, attributes: attributes)
    let opened = bytes.count
    content(&self)
    if bytes.count == opened {
      bytes[opened - 1] = UInt8(ascii: "/")
      bytes.append(UInt8(ascii: ">"))
    } else {
      end(name)
    }
  }

  /// An element that holds `text`; a start and an end tag also where the text is empty.
  package mutating func element(_ name: String, text: String) {
    start(name)
    self.text(text)
    end(name)
  }

  package mutating func start(_ name: String, attributes: [(name: String, value: String)] = []) {
    bytes.append(UInt8(ascii: "<"))
    raw(name)
    for attribute in attributes {
      bytes.append(UInt8(ascii: " "))
      raw(attribute.name)
      raw("=\"")
      escape(attribute.value, inAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  package mutating func end(_ name: String) {
    raw("</")
    raw(name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// Character data, escaped.
  package mutating func text(_ text: String) {
    escape(text, inAttribute: false)
  }

  /// What is XML already.
  package mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func escape(_ text: String, inAttribute: Bool) {
    // Almost every text is plain ASCII without anything to escape.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && !Self.special($0) }) {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      // A parser would turn a bare carriage return into a line feed, and both into spaces inside an attribute.
      case "\r": raw("&#13;")
      case "\n" where inAttribute: raw("&#10;")
      case "\t" where inAttribute: raw("&#9;")
      default: Self.isRepresentable(scalar) ? raw(String(scalar)) : unrepresentable(scalar)
      }
    }
  }

  private mutating func unrepresentable(_ scalar: Unicode.Scalar) {
    switch unrepresentable {
    case .replaced: raw("\u{FFFD}")
    case .characterReference: raw("&#x" + String(scalar.value, radix: 16) + ";")
    }
  }

  private static func special(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"")
  }

  /// The `Char` production of XML 1.0.
  private static func isRepresentable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
