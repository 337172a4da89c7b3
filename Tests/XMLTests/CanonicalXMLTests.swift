import Testing
import XML

/// Examples after those of the recommendation (https://www.w3.org/TR/xml-exc-c14n/, section 2).
@Suite("Canonical XML") struct CanonicalXMLTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var source: String
    var path: CanonicalXML.Path = []
    var left: CanonicalXML.Path?
    var prefixes: [String] = []
    var canonical: String
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "attributes are sorted, empty elements opened, references resolved, comments gone",
      source: "<?xml version='1.0'?>\n<a  z='1' b = \"2&quot;\" ><!-- c --><e/>&#65;&amp;<![CDATA[<]]></a>\n",
      canonical: "<a b=\"2&quot;\" z=\"1\"><e></e>A&amp;&lt;</a>"),
    Case(
      name: "a namespace of an outer element goes with the inner one that uses it",
      source:
        "<n0:p xmlns:n0='http://a' xmlns:n3='ftp://b'><n1:e xmlns:n1='http://c'><n3:s xmlns:n3='ftp://b'/></n1:e></n0:p>",
      path: [0], canonical: "<n1:e xmlns:n1=\"http://c\"><n3:s xmlns:n3=\"ftp://b\"></n3:s></n1:e>"),
    Case(
      name: "one that it does not use stays behind",
      source: "<a xmlns:x='urn:x' xmlns:y='urn:y'><y:b t='x:v'/></a>", path: [0],
      canonical: "<y:b xmlns:y=\"urn:y\" t=\"x:v\"></y:b>"),
    Case(
      name: "unless it is listed", source: "<a xmlns:x='urn:x' xmlns:y='urn:y'><y:b t='x:v'/></a>", path: [0],
      prefixes: ["x"], canonical: "<y:b xmlns:x=\"urn:x\" xmlns:y=\"urn:y\" t=\"x:v\"></y:b>"),
    Case(
      name: "an element can be left out", source: "<a> <b><c/></b> <d/> </a>", path: [], left: [0],
      canonical: "<a>  <d></d> </a>"),
    Case(name: "deep down", source: "<a><b/><b><c>1</c><c>2</c></b></a>", path: [1, 1], canonical: "<c>2</c>"),
  ]

  @Test("the exclusive form", arguments: cases)
  func exclusive(_ test: Case) throws {
    let document = try CanonicalXML(parsing: Array(test.source.utf8))
    let bytes = try document.exclusiveForm(of: test.path, without: test.left, inclusivePrefixes: test.prefixes)
    #expect(String(decoding: bytes, as: UTF8.self) == test.canonical)
    // Of what is canonical, that is the canonical form.
    guard test.prefixes.isEmpty, test.left == nil else { return }
    #expect(try CanonicalXML(parsing: bytes).exclusiveForm(of: []) == bytes)
  }

  @Test("there is no form of an element that is not there")
  func missing() throws {
    let document = try CanonicalXML(parsing: Array("<a><b/></a>".utf8))
    for path in [[1], [0, 0], [7, 7, 7]] {
      #expect(throws: XMLError.self) { try document.exclusiveForm(of: path) }
    }
  }
}
