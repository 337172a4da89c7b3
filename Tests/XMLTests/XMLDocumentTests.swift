import Testing
import XML

@Suite("XML documents") struct XMLDocumentTests {
  static let role = """
    <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
      <GetRoleResult><Role><RoleName>R&amp;D</RoleName><Arn>arn:aws:iam::1:role/R</Arn></Role></GetRoleResult>
    </GetRoleResponse>
    """

  @Test("the tree keeps names, namespaces, attributes, text and lines")
  func tree() throws {
    let document = try XMLDocument(
      parsing: Array(
        """
        <a xmlns="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <b xsi:type="T" n="1">x<![CDATA[<y>]]>&#122;</b><b/>
        </a>
        """.utf8))
    #expect(document.root.name == "a")
    #expect(document.root.namespace == "urn:x")
    let b = try #require(document.root["b"])
    #expect(b.text == "x<y>z")
    #expect(b.attribute("type") == "T")
    #expect(b.attributes.first?.namespace == "http://www.w3.org/2001/XMLSchema-instance")
    #expect(b.line == 2)
    #expect(document.root.children(named: "b").count == 2)
  }

  @Test(
    "a hostile or broken document is refused",
    arguments: [
      ("empty", ""),
      ("truncated", "<a><b></b>"),
      ("not XML", "{\"a\": 1}"),
      ("NUL", "<a>\u{0}</a>"),
      ("control character", "<a>\u{1}</a>"),
      ("document type", "<!DOCTYPE a><a/>"),
      ("internal subset", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>"),
      ("external entity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>"),
      ("external subset", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>"),
      (
        "billion laughs",
        "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;\">]><a>&z;</a>"
      ),
      ("undefined entity", "<a>&nope;</a>"),
    ])
  func refused(name: String, text: String) {
    #expect(throws: XMLError.self) { try XMLDocument(parsing: Array(text.utf8)) }
  }

  @Test("elements nested too deeply are refused", arguments: [129, 20_000])
  func depth(levels: Int) {
    let text = String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
    #expect(throws: XMLError.self) { try XMLDocument(parsing: Array(text.utf8)) }
  }

  @Test("bytes that are not UTF-8 are refused")
  func notUTF8() {
    #expect(throws: XMLError.self) { try XMLDocument(parsing: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
  }

  @Test("an error says where")
  func errorPlace() throws {
    let error = #expect(throws: XMLError.self) { try XMLDocument(parsing: Array("<a>\n  <b></c>\n</a>".utf8)) }
    #expect(error?.line == 2)
    #expect(error?.description.hasPrefix("line 2, column ") == true)
  }

  @Test("a document above the size limit is not parsed")
  func size() {
    #expect(throws: XMLError("the document has 4 bytes; at most 3 are read")) {
      try XMLDocument(parsing: Array("<a/>".utf8), limits: XMLLimits(bytes: 3))
    }
  }

  @Test(
    "XPath needs no prefixes for AWS's default namespaces",
    arguments: [
      ("path", "//Role/Arn", "arn:aws:iam::1:role/R"),
      ("references are resolved", "//RoleName", "R&D"),
      ("count", "count(//Role/*)", "2"),
      ("string", "string(//Arn)", "arn:aws:iam::1:role/R"),
      ("boolean", "boolean(//Nope)", "false"),
      ("attribute-free predicate", "//Role[RoleName='R&D']/Arn", "arn:aws:iam::1:role/R"),
      ("text node", "//RoleName/text()", "R&D"),
      ("fraction", "1 div 2", "0.5"),
    ])
  func xpath(name: String, expression: String, expected: String) throws {
    #expect(try XMLDocument(parsing: Array(Self.role.utf8)).string(expression) == expected)
  }

  @Test("XPath that selects nothing has no text; attributes of xsi can be named")
  func xpathEdges() throws {
    let document = try XMLDocument(
      parsing: Array(
        "<G xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><Grantee xsi:type='CanonicalUser'/></G>".utf8))
    #expect(try document.string("//Nope") == nil)
    #expect(try document.string("//Grantee/@xsi:type") == "CanonicalUser")
    #expect(try document.evaluate("//namespace::*") != .nodes([]))
  }

  @Test(
    "what is not an XPath expression is refused before any document",
    arguments: ["", "//", "//a[", "nope(", "$x", "p:a"])
  func badXPath(source: String) throws {
    let document = try XMLDocument(parsing: Array("<a/>".utf8))
    #expect(throws: XMLError.self) { try document.evaluate(source) }
  }

  @Test("an expression that takes too long is stopped")
  func expensiveXPath() throws {
    let wide = "<a>" + String(repeating: "<b/>", count: 3000) + "</a>"
    let document = try XMLDocument(parsing: Array(wide.utf8))
    #expect(throws: XMLError.self) { try document.evaluate("count(//b[count(//b[count(//b) > 1]) > 1])") }
  }

  @Test("one document answers many threads")
  func threads() async throws {
    let document = try XMLDocument(parsing: Array(Self.role.utf8))
    await withTaskGroup(of: String?.self) { group in
      for _ in 0..<64 { group.addTask { try? document.string("//Role/Arn") } }
      for await text in group { #expect(text == "arn:aws:iam::1:role/R") }
    }
  }

  @Test("formatting indents, keeps text on its line and escapes")
  func formatted() throws {
    #expect(
      try XMLDocument(parsing: Array("<a xmlns='u'><b><c>1 &lt; 2</c><d/></b></a>".utf8)).root.formatted() == """
        <a xmlns="u">
          <b>
            <c>1 &lt; 2</c>
            <d/>
          </b>
        </a>

        """)
  }
}
