import TestSupport
import Testing
import XML

@Suite("XML writer") struct XMLWriterTests {
  @Test("elements, attributes, empty elements and escapes")
  func writing() {
    var writer = XMLWriter()
    writer.declaration()
    writer.element("a", attributes: [("n", "1 & \"2\"\n")]) { writer in
      writer.element("b", text: "<x> ]]>\r")
      writer.element("c")
      writer.element("d", text: "")
    }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a n="1 &amp; &quot;2&quot;&#10;"><b>&lt;x&gt; ]]&gt;&#13;</b><c/><d></d></a>
        """)
  }

  @Test("what XML 1.0 cannot carry is replaced, or referred to as S3 does")
  func unrepresentable() {
    var replacing = XMLWriter()
    replacing.element("k", text: "a\u{1}b\u{FFFE}\u{FFFD}\u{EFFF}\u{7F}")
    #expect(
      String(decoding: replacing.bytes, as: UTF8.self) == "<k>a\u{FFFD}b\u{FFFD}\u{FFFD}\u{EFFF}\u{7F}</k>")
    var referring = XMLWriter(unrepresentable: .characterReference)
    referring.element("k", text: "a\u{1}b\u{1F}\u{0}\u{FFFE}\u{FFFF}")
    #expect(String(decoding: referring.bytes, as: UTF8.self) == "<k>a&#x1;b&#x1f;&#x0;&#xfffe;&#xffff;</k>")
  }

  @Test("any text comes back as it was written, but for what XML cannot carry", arguments: 0..<200)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scalars = (0..<40).compactMap { _ in Unicode.Scalar(UInt32(random.next() % (seed % 2 == 0 ? 0x80 : 0x11_0000)))
    }
    let text = String(String.UnicodeScalarView(scalars))
    var writer = XMLWriter()
    writer.element("a", attributes: [("n", text)]) { $0.text(text) }
    let root = try XMLDocument(parsing: writer.bytes).root
    let expected = String(
      String.UnicodeScalarView(
        scalars.map { scalar in
          switch scalar.value {
          case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: scalar
          default: "\u{FFFD}"
          }
        }))
    #expect(Array(root.text.utf8) == Array(expected.utf8))
    #expect(Array((root.attribute("n") ?? "?").utf8) == Array(expected.utf8))
  }
}
