/// Writes XML into memory, escaping what must be.
///
/// Texts and attribute values may be anything; names are written as they are, so they must be the program's own.
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

  // MARK: Escaping

  /// Copies runs of what needs no escape at once: bytes are looked at one by one, but seldom written so.
  private mutating func escape(_ text: String, inAttribute: Bool) {
    var text = text
    text.withUTF8 { utf8 in
      var copied = 0
      var offset = 0
      while offset < utf8.count {
        let length = Self.lengthToEscape(at: offset, in: utf8, inAttribute: inAttribute)
        guard length > 0 else {
          offset += 1
          continue
        }
        bytes.append(contentsOf: utf8[copied..<offset])
        escape(utf8[offset], length: length, last: utf8[offset + length - 1])
        offset += length
        copied = offset
      }
      bytes.append(contentsOf: utf8[copied...])
    }
  }

  /// How many bytes from `offset` on must be written otherwise: none, one, or the three of U+FFFE and U+FFFF.
  private static func lengthToEscape(
    at offset: Int, in utf8: UnsafeBufferPointer<UInt8>, inAttribute: Bool
  ) -> Int {
    switch utf8[offset] {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): 1
    // A parser makes a space of either inside an attribute.
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"): inAttribute ? 1 : 0
    case 0..<0x20: 1
    case 0xEF: utf8[offset + 1] == 0xBF && utf8[offset + 2] >= 0xBE ? 3 : 0
    default: 0
    }
  }

  private mutating func escape(_ first: UInt8, length: Int, last: UInt8) {
    switch first {
    case UInt8(ascii: "&"): raw("&amp;")
    case UInt8(ascii: "<"): raw("&lt;")
    case UInt8(ascii: ">"): raw("&gt;")
    case UInt8(ascii: "\""): raw("&quot;")
    case UInt8(ascii: "\t"): raw("&#9;")
    case UInt8(ascii: "\n"): raw("&#10;")
    // A parser would make a line feed of a bare carriage return.
    case UInt8(ascii: "\r"): raw("&#13;")
    default:
      switch unrepresentable {
      case .replaced: raw("\u{FFFD}")
      case .characterReference:
        raw("&#x" + (length == 1 ? String(first, radix: 16) : last == 0xBE ? "fffe" : "ffff") + ";")
      }
    }
  }
}
