import Testing
import XML

@Suite("XPath") struct XPathTests {
  static let role = """
    <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
      <GetRoleResult><Role><RoleName>R&amp;D</RoleName><Arn>arn:aws:iam::1:role/R</Arn></Role></GetRoleResult>
    </GetRoleResponse>
    """
  static let grants = """
    <AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
      <Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group" n="1"><URI>a</URI></Grantee>
      </Grant>
      <Grant><Grantee xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:type="CanonicalUser"><ID>b</ID></Grantee></Grant>
    </AccessControlPolicy>
    """

  @Test(
    "AWS's default namespaces need no prefixes",
    arguments: [
      ("path", "//Role/Arn", "arn:aws:iam::1:role/R"),
      ("path from the root", "/GetRoleResponse/GetRoleResult/Role/Arn", "arn:aws:iam::1:role/R"),
      ("references are resolved", "//RoleName", "R&D"),
      ("string value of many", "string(//Role)", "R&Darn:aws:iam::1:role/R"),
      ("count", "count(//Role/*)", "2"),
      ("string", "string(//Arn)", "arn:aws:iam::1:role/R"),
      ("no node as string", "string(//Nope)", ""),
      ("boolean", "boolean(//Nope)", "false"),
      ("predicate", "//Role[RoleName='R&D']/Arn", "arn:aws:iam::1:role/R"),
      ("text node", "//RoleName/text()", "R&D"),
      ("axis", "//Arn/preceding-sibling::RoleName", "R&D"),
      ("name", "name((//*)[last()])", "Arn"),
      ("functions", "concat(substring-after(//Arn, 'role/'), '-', string-length(//RoleName))", "R-3"),
      ("fraction", "1 div 2", "0.5"),
      ("negative", "-3", "-3"),
      ("not a number", "number('x')", "NaN"),
      ("infinity", "1 div 0", "Infinity"),
      ("comma in a literal", "contains('a,b(', ',')", "true"),
    ])
  func values(name: String, expression: String, expected: String) throws {
    #expect(try XMLDocument(parsing: Self.role.utf8).string(expression) == expected)
  }

  @Test("each kind of result")
  func kinds() throws {
    let document = try XMLDocument(parsing: Self.grants.utf8)
    #expect(try document.evaluate("count(//Grant)") == .number(2))
    #expect(try document.evaluate("//Grant = 'b'") == .boolean(true))
    #expect(try document.evaluate("normalize-space(//Grant)") == .string("a"))
    #expect(try document.evaluate("//Nope") == .nodes([]))
    #expect(try document.string("//Nope") == nil)
    guard case .nodes(let nodes) = try document.evaluate("//Grantee | //Grantee/@* | //URI/text()") else {
      Issue.record("no nodes")
      return
    }
    #expect(nodes.map(\.kind) == [.element, .attribute, .attribute, .text, .element, .attribute])
    #expect(nodes.map(\.name) == ["Grantee", "type", "n", "", "Grantee", "type"])
    #expect(nodes.map(\.text) == ["a", "Group", "1", "a", "b", "CanonicalUser"])
    #expect(nodes.map(\.line) == [2, 2, 2, 2, 4, 4])
  }

  @Test("attributes keep their namespace, whatever the document's prefix for it")
  func attributes() throws {
    let document = try XMLDocument(parsing: Self.grants.utf8)
    #expect(try document.string("//Grantee[@xsi:type='CanonicalUser']/ID") == "b")
    #expect(try document.evaluate("//@type") == .nodes([]))
    #expect(try document.evaluate("//namespace::*") != .nodes([]))
    #expect(document.root["Grant"]?.namespace == "http://s3.amazonaws.com/doc/2006-03-01/")
  }

  @Test(
    "what is not an XPath expression is refused before any document",
    arguments: [
      ("", "it is empty"),
      ("//", "not an XPath expression"),
      ("//a[", "not an XPath expression"),
      ("//a[1", "a bracket is not closed"),
      ("//\u{e9} b", "not an XPath expression after `//\u{e9} `"),
      ("(1", "not an XPath expression"),
      ("//a[b='x]", "a quote is not closed"),
      ("nope()", "there is no function `nope`"),
      ("//a[b = nope(1)]", "there is no function `nope`"),
      ("x:nope()", "there is no prefix `x`; elements need none"),
      ("xsi:nope()", "there is no function `xsi:nope`"),
      ("$x", "there are no variables"),
      ("//p:a", "there is no prefix `p`; elements need none"),
      ("//p:*", "there is no prefix `p`; elements need none"),
      ("count()", "the function `count` takes 1 arguments, not 0"),
      ("contains(//a[substring(., 1, 2)])", "the function `contains` takes 2 arguments, not 1"),
      ("substring('a')", "the function `substring` takes 2 to 3 arguments, not 1"),
      ("concat ( 'a' )", "the function `concat` takes at least 2 arguments, not 1"),
      ("true( 1 )", "the function `true` takes 0 arguments, not 1"),
    ])
  func bad(source: String, cause: String) throws {
    let error = try #require(throws: XMLError.self) { try XPathExpression(source) }
    #expect(error.description == "XPath `\(source)`: \(cause)")
  }

  @Test(
    "names that look like functions, prefixes or variables are taken for what they are",
    arguments: [
      "text()", "//a/text( )", "self::node()", "processing-instruction('x')", "child::count", "count[div div div]",
      "'$x p:a nope()'", "\"it's $\"", "a and (b or (c))", "2 mod (1)", "//and", "a-b.c_1", "1.5", ".5", "..",
      "@xml:lang",
      "ancestor-or-self::*", "//@xsi:*", "last() = position()", "id('a')", "\u{e9}t\u{e9}",
    ])
  func names(source: String) throws {
    #expect(try XPathExpression(source).source == source)
  }

  @Test("an expression that is too long or nested too deeply is refused")
  func longExpression() {
    #expect(throws: XMLError("the XPath has 4097 bytes; at most 4096 are read")) {
      try XPathExpression(String(repeating: "a", count: 4097))
    }
    let nested = String(repeating: "(", count: 2000) + "1" + String(repeating: ")", count: 2000)
    let error = #expect(throws: XMLError.self) { try XPathExpression(nested) }
    #expect(error?.message.hasPrefix("XPath `\(nested)`: it is nested too deeply") == true)
    #expect(throws: XMLError("a NUL character in an XPath")) { try XPathExpression("a\u{0}") }
  }

  @Test("an expression that fails over a document says why")
  func failing() throws {
    let document = try XMLDocument(parsing: Self.role.utf8)
    #expect(throws: XMLError("XPath `count('x')`: an operand or argument is of the wrong type")) {
      try document.evaluate("count('x')")
    }
  }

  @Test("an expression that takes too many steps is stopped")
  func expensive() throws {
    let document = try XMLDocument(parsing: ("<a>" + String(repeating: "<b/>", count: 3000) + "</a>").utf8)
    let source = "count(//b[count(//b[count(//b) > 1]) > 1])"
    #expect(throws: XMLError("XPath `\(source)`: it takes more than 2000000 steps")) { try document.evaluate(source) }
    #expect(try document.string("count(//b)") == "3000")
  }

  @Test("a result that is too large is refused, but its first node can be had")
  func large() throws {
    let many = try XMLDocument(parsing: ("<a>" + String(repeating: "x<b/>", count: 60_000) + "</a>").utf8)
    #expect(throws: XMLError("XPath `//node()`: it selects more than 100000 nodes")) { try many.evaluate("//node()") }
    #expect(try many.string("//b") == "")
    #expect(try many.evaluate("//b").nodeCount == 60_000)
    let text = String(repeating: "x", count: 1 << 20)
    let deep = try XMLDocument(
      parsing: (String(repeating: "<a>", count: 40) + text + String(repeating: "</a>", count: 40)).utf8)
    #expect(throws: XMLError("XPath `//a`: the texts it selects have more than 33554432 bytes")) {
      try deep.evaluate("//a")
    }
    #expect(try deep.string("//a") == text)
  }

  @Test("one document and one expression answer many threads")
  func threads() async throws {
    let document = try XMLDocument(parsing: Self.role.utf8)
    let expression = try XPathExpression("concat(//Role/Arn, count(//Role))")
    await withTaskGroup(of: String?.self) { group in
      for index in 0..<64 {
        group.addTask {
          let own = index % 2 == 0 ? document : try? XMLDocument(parsing: Self.role.utf8)
          return try? own?.string(expression)
        }
      }
      for await text in group { #expect(text == "arn:aws:iam::1:role/R1") }
    }
  }
}
