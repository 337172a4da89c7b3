import TestSupport
import Testing
import XML

@Suite("XML from strangers") struct XMLHostileTests {
  /// A document and what is said about it.
  struct Refused: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var error: String

    init(_ name: String, _ text: String, _ error: String) {
      (testDescription, self.text, self.error) = (name, text, error)
    }
  }

  private static func error(_ bytes: [UInt8], limits: XMLLimits = .default) throws -> XMLError {
    try #require(throws: XMLError.self) { try XMLDocument(parsing: bytes, limits: limits) }
  }

  private static let noDoctype = "a document type declaration is not accepted"

  @Test(
    "a document with a type declaration is refused where that begins",
    arguments: [
      Refused("bare", "<!DOCTYPE a><a/>", "line 1: \(noDoctype)"),
      Refused("after a comment", "<!-- -->\n<!DOCTYPE a>\n<a/>", "line 2: \(noDoctype)"),
      Refused("internal subset", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", "line 1: \(noDoctype)"),
      Refused(
        "external entity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>",
        "line 1: \(noDoctype)"),
      Refused("external subset", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>", "line 1: \(noDoctype)"),
      Refused(
        "parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]><a/>",
        "line 1: \(noDoctype)"
      ),
      Refused("default attribute", "<!DOCTYPE a [<!ATTLIST a b CDATA \"x\">]><a/>", "line 1: \(noDoctype)"),
      Refused(
        "billion laughs",
        "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;\">]><a>&z;</a>",
        "line 1: \(noDoctype)"),
      Refused(
        "quadratic",
        "<!DOCTYPE a [<!ENTITY x \"\(String(repeating: "x", count: 50_000))\">]><a>"
          + String(repeating: "&x;", count: 50_000) + "</a>", "line 1: \(noDoctype)"),
      Refused("the declaration alone", "<!DOCTYPE a [", "line 1: \(noDoctype)"),
    ])
  func doctype(_ test: Refused) throws {
    let error = try Self.error(Array(test.text.utf8))
    #expect(error.description == test.error)
  }

  @Test(
    "a broken document is refused at the first thing that is wrong",
    arguments: [
      Refused("empty", "", "line 1, column 1: the document is empty"),
      Refused("blank", " \n", "line 2, column 1: Start tag expected, '<' not found"),
      Refused("not XML", "{\"a\": 1}", "line 1, column 1: Start tag expected, '<' not found"),
      Refused("truncated", "<a><b></b>", "line 1, column 11: Premature end of data in tag a line 1"),
      Refused("truncated in a tag", "<a>\n<b", "line 2, column 3: Couldn't find end of Start Tag b line 2"),
      Refused("mismatch", "<a>\n  <b></c>\n</a>", "line 2, column 10: Opening and ending tag mismatch: b line 2 and c"),
      Refused("control character", "<a>\u{1}</a>", "line 1, column 4: PCDATA invalid Char value 1"),
      Refused(
        "reference to a control character", "<a>&#1;</a>", "line 1, column 8: xmlParseCharRef: invalid xmlChar value 1"),
      Refused("undefined entity", "<a>\n&nope;</a>", "line 2, column 7: Entity 'nope' not defined"),
      Refused("unbound prefix", "<a><b:c/></a>", "line 1, column 8: Namespace prefix b on c is not defined"),
      Refused("two roots", "<a/><b/>", "line 1, column 5: Extra content at the end of the document"),
      Refused("repeated attribute", "<a b='1' b='2'/>", "line 1, column 15: Attribute b redefined"),
      Refused("NUL", "<a>\n\u{e9}\u{0}</a>", "line 2, column 2: a NUL character"),
    ])
  func broken(_ test: Refused) throws {
    let error = try Self.error(Array(test.text.utf8))
    #expect(error.description == test.error)
  }

  @Test(
    "bytes in another encoding are refused",
    arguments: [
      ("Latin 1", Array("<a>\n<b>".utf8) + [0xE9] + Array("</b></a>".utf8), "line 2, column 4: this byte is not UTF-8"),
      ("overlong", Array("<a>".utf8) + [0xC0, 0xBC] + Array("</a>".utf8), "line 1, column 4: this byte is not UTF-8"),
      ("surrogate", Array("<a>".utf8) + [0xED, 0xA0, 0x80], "line 1, column 4: this byte is not UTF-8"),
      ("UTF-16", [0xFF, 0xFE, 0x3C, 0x00], "line 1, column 1: the document is UTF-16; only UTF-8 is read"),
      ("UTF-16 without a mark", [0x3C, 0x00, 0x3F, 0x00], "line 1, column 2: a NUL character"),
      (
        "UTF-7", Array("<?xml version='1.0' encoding='UTF-7'?>+ADw-a/+AD4-".utf8),
        "line 1, column 39: Start tag expected, '<' not found"
      ),
    ])
  func encodings(name: String, bytes: [UInt8], message: String) throws {
    #expect(try Self.error(bytes).description == message)
  }

  @Test("elements may be nested 128 deep and no deeper", arguments: [128, 129, 257, 20_000])
  func depth(levels: Int) {
    let text = String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
    let document = try? XMLDocument(parsing: text.utf8)
    #expect((document != nil) == (levels <= 128))
  }

  @Test("the error for depth says where")
  func depthPlace() throws {
    #expect(
      try Self.error(Array("<a>\n<b>\n<c/></b></a>".utf8), limits: XMLLimits(depth: 2)).description
        == "line 3: elements are nested more than 2 deep")
  }

  @Test(
    "what exceeds a limit is refused before libxml2 sees it",
    arguments: [
      ("size", "<a>x</a>", XMLLimits(bytes: 7), "the document has 8 bytes; at most 7 are read"),
      ("tags", "<a>\n<b/></a>", XMLLimits(tags: 2), "line 2, column 5: more than 2 tags"),
      (
        "attributes of an element", "<a b='' c = \"\"\nd='='/>", XMLLimits(attributesOfElement: 2),
        "line 2, column 2: an element with more than 2 attributes"
      ),
      ("attributes", "<a b=''><c d=''/></a>", XMLLimits(attributes: 1), "line 1, column 13: more than 1 attributes"),
      (
        "namespaces", "<a xmlns='u'\nxmlns:b='v'/>", XMLLimits(namespaces: 1),
        "line 2, column 1: more than 1 namespace declarations"
      ),
    ])
  func limits(name: String, text: String, limits: XMLLimits, message: String) throws {
    #expect(try Self.error(Array(text.utf8), limits: limits).description == message)
  }

  @Test("a document at its limits is read")
  func atLimits() throws {
    let text = "<a xmlns='u' b = ''><c d='x=y'>xmlns = x</c></a>"
    let limits = XMLLimits(
      bytes: text.utf8.count, depth: 2, tags: 4, attributes: 3, attributesOfElement: 2, namespaces: 1)
    #expect(try XMLDocument(parsing: text.utf8, limits: limits).root["c"]?.text == "xmlns = x")
  }

  @Test("a very large document is refused by its size alone")
  func huge() throws {
    #expect(
      try Self.error(Array(repeating: UInt8(ascii: "<"), count: 16 << 20 + 1)).description
        == "the document has 16777217 bytes; at most 16777216 are read")
  }

  @Test("whatever bytes come, there is a tree or an error", arguments: 0..<500)
  func damaged(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(RandomXML.element(&random, depth: 0).formatted().utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: bytes.indices, using: &random)
      let damage = Array("<>&;/='\"!?[]x \n".utf8) + [0x00, 0x01, 0x80, 0xFF]
      bytes[index] = damage.randomElement(using: &random) ?? 0
    }
    do throws(XMLError) {
      let document = try XMLDocument(parsing: bytes)
      #expect(!document.root.name.isEmpty)
    } catch {
      #expect(!error.message.isEmpty)
      #expect(error.line.map { $0 >= 1 } ?? true)
    }
  }
}
