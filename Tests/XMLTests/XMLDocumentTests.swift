import TestSupport
import Testing
import XML

@Suite("XML documents") struct XMLDocumentTests {
  @Test("the tree keeps names, namespaces, prefixes, attributes, text and lines")
  func tree() throws {
    let document = try XMLDocument(
      parsing: """
        <a xmlns="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <b xsi:type="T" n="1">x<![CDATA[<y>]]>&#122;<!-- no text --></b><p:b xmlns:p="urn:p"/>
        </a>
        """.utf8)
    #expect(document.root.name == "a")
    #expect(document.root.namespace == "urn:x")
    #expect(document.root.children(named: "b").count == 2)
    #expect(document.root["c"] == nil)
    let b = try #require(document.root["b"])
    #expect(b.text == "x<y>z")
    #expect(b.line == 2)
    #expect(b.prefix == nil)
    #expect(
      b.attributes == [
        .init(name: "type", namespace: "http://www.w3.org/2001/XMLSchema-instance", prefix: "xsi", value: "T"),
        .init(name: "n", value: "1"),
      ])
    #expect(b.attribute("type") == "T")
    #expect(b.attribute("type", namespace: "urn:x") == nil)
    let prefixed = try #require(document.root.elements.last)
    #expect((prefixed.name, prefixed.prefix, prefixed.namespace) == ("b", "p", "urn:p"))
    #expect(prefixed.text.isEmpty)
  }

  @Test("text of nested elements is joined in order")
  func nestedText() throws {
    #expect(try XMLDocument(parsing: "<a>1<b>2<c>3</c></b>4</a>".utf8).root.text == "1234")
  }

  @Test("a byte order mark is not content, and the XML declaration does not choose the encoding")
  func encoding() throws {
    #expect(try XMLDocument(parsing: "\u{FEFF}<a>\u{e9}</a>".utf8).root.text == "\u{e9}")
    let declared = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{e9}</a>"
    #expect(try XMLDocument(parsing: declared.utf8).root.text == "\u{e9}")
  }

  @Test("lines are counted beyond 16 bits")
  func manyLines() throws {
    let document = try XMLDocument(parsing: ("<a>" + String(repeating: "\n", count: 70_000) + "<b>x</b></a>").utf8)
    #expect(document.root["b"]?.line == 70_001)
  }

  @Test("formatting indents elements, and leaves text, attributes and prefixes as they are")
  func formatted() throws {
    let document = try XMLDocument(
      parsing: """
        <a xmlns='u' xmlns:p="urn:p"><b><c>1 &lt; 2</c>  <d/></b><e> mixed <f g='"'>x</f>
        text </e><p:h p:i="1" xml:lang="en"/><j xmlns=""><k> </k></j></a>
        """.utf8)
    #expect(
      document.root.formatted() == """
        <a xmlns="u">
          <b>
            <c>1 &lt; 2</c>
            <d/>
          </b>
          <e> mixed <f g="&quot;">x</f>
        text </e>
          <p:h xmlns:p="urn:p" p:i="1" xml:lang="en"/>
          <j xmlns="">
            <k> </k>
          </j>
        </a>

        """)
  }

  @Test("what is formatted parses to the same elements, attributes and texts", arguments: 0..<100)
  func formattedRoundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let original = RandomXML.element(&random, depth: 0)
    let text = original.formatted()
    let again = try XMLDocument(parsing: text.utf8).root
    #expect(RandomXML.normalized(again) == RandomXML.normalized(original), "\(text)")
    #expect(again.formatted() == text)
  }
}
