import TestSupport
import Testing
import YAML

@Suite("YAML places") struct YAMLRangeTests {
  /// A file and the text that the value of its key `k` covers, between the marks.
  struct Covered: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var range: String
    var covered: String

    init(_ name: String, _ text: String, _ range: String, _ covered: String) {
      (testDescription, self.text, self.range, self.covered) = (name, text, range, covered)
    }
  }

  @Test(
    "a value's range covers what is written, and no white space around it",
    arguments: [
      Covered("plain", "k:   a b   # comment\n", "1:6-1:9", "a b"),
      Covered("plain, at the file's end", "k: v", "1:4-1:5", "v"),
      Covered("plain, several lines", "k: a\n  b\n  c\nl: 1\n", "1:4-3:4", "a\n  b\n  c"),
      Covered("single quoted", "k: 'a''b' \nl: 1\n", "1:4-1:10", "'a''b'"),
      Covered("double quoted, several lines", "k: \"a\n  b\"\n", "1:4-2:5", "\"a\n  b\""),
      Covered("empty quotes", "k: \"\"\n", "1:4-1:6", "\"\""),
      Covered("literal", "k: |\n  a\n  b\n\n\nl: 1\n", "1:4-3:4", "|\n  a\n  b"),
      Covered("literal, kept line ends, before a comment", "k: |+\n  a\n\n# c\nl: 1\n", "1:4-2:4", "|+\n  a"),
      Covered("literal, at the file's end", "k: |\n  a", "1:4-2:4", "|\n  a"),
      Covered("literal, without content", "k: |\nl: 1\n", "1:4-1:5", "|"),
      Covered("folded", "k: >-\n  a\n  b\nl: 1\n", "1:4-3:4", ">-\n  a\n  b"),
      Covered("left out", "k:\nl: 1\n", "1:3-1:3", ""),
      Covered("left out, before a comment", "k: # none\nl: 1\n", "1:3-1:3", ""),
      Covered("left out, last", "l: 1\nk:", "2:3-2:3", ""),
      Covered("flow sequence", "k: [a, b ] # c\n", "1:4-1:11", "[a, b ]"),
      Covered("flow sequence, several lines", "k: [a,\n  b\n  ]\n", "1:4-3:4", "[a,\n  b\n  ]"),
      Covered("flow mapping", "k: {a: b}\n", "1:4-1:10", "{a: b}"),
      Covered("pair in a flow sequence", "l: [x, k: v ]\nk: [a: b ]\n", "2:4-2:11", "[a: b ]"),
      Covered("block sequence", "k:\n  - a\n  - b\n\n# c\nl: 1\n", "2:3-3:6", "- a\n  - b"),
      Covered("block sequence without indentation", "k:\n- a\n- b\n\nl: 1\n", "2:1-3:4", "- a\n- b"),
      Covered("block sequence, before an explicit key", "k:\n- a\n? l\n: 1\n", "2:1-2:4", "- a"),
      Covered("block sequence, last element left out", "k:\n  - a\n  -\nl: 1\n", "2:3-3:4", "- a\n  -"),
      Covered("block mapping", "k:\n  a: b\n  c:\n    d: e\n\nl: 1\n", "2:3-4:9", "a: b\n  c:\n    d: e"),
      Covered("block mapping, last value left out", "k:\n  a: b\n  c:\n\nl: 1\n", "2:3-3:5", "a: b\n  c:"),
      Covered("block mapping that ends with a literal", "k:\n  a: |\n    b\n\nl: 1\n", "2:3-3:6", "a: |\n    b"),
      Covered("anchor", "k: &x v\n", "1:4-1:8", "&x v"),
      Covered("tag", "k: !!str v\n", "1:4-1:11", "!!str v"),
      Covered("alias", "l: &x v\nk: *x\n", "2:4-2:6", "*x"),
      Covered("columns count scalars", "\u{e9}: \u{1F600}\nk: \u{1F600} e\u{301}\n", "2:4-2:8", "\u{1F600} e\u{301}"),
      Covered("after a byte order mark", "\u{FEFF}k: v\n", "1:4-1:5", "v"),
      Covered("CR LF", "l: \u{e9}\r\nk: |\r\n  a\r\n\r\nm: 1\r\n", "2:4-3:4", "|\r\n  a"),
      Covered("a line separator ends no line", "l: \"\u{2028}\"\nk: v\n", "2:4-2:5", "v"),
      Covered("far into the file", String(repeating: "# \u{e9}\n", count: 5_000) + "k: v\n", "5001:4-5001:5", "v"),
      Covered(
        "far into a line", "{a: \"" + String(repeating: "\u{1F600}", count: 5_000) + "\", k: v}", "1:5012-1:5013", "v"),
    ])
  func covered(_ test: Covered) throws {
    let value = try #require(try YAMLNode.parse(test.text)["k"])
    let bytes = Array(test.text.utf8)
    #expect(value.range.description == test.range)
    #expect(String(decoding: bytes[value.range.start.offset..<value.range.end.offset], as: UTF8.self) == test.covered)
  }

  @Test("keys and nested values have ranges of their own")
  func nested() throws {
    let node = try YAMLNode.parse("steps:\n  - as: David\n    'call':  iam:CreateRole\n")
    #expect(node.range.description == "1:1-3:28")
    let step = try #require(node["steps"]?[0])
    #expect(step.range.description == "2:5-3:28")
    #expect(step.mapping?.map(\.key.range.description) == ["2:5-2:7", "3:5-3:11"])
    #expect(step.mapping?.map(\.range.description) == ["2:5-2:14", "3:5-3:28"])
    #expect(step["call"]?.range.description == "3:14-3:28")
  }

  @Test("a pair in a flow sequence covers itself alone")
  func pair() throws {
    let pair = try #require(try YAMLNode.parse("[a, b: c , d]")[1])
    #expect(pair.range.description == "1:5-1:9")
    #expect(pair["b"]?.string == "c")
  }

  @Test("in every collection of a random file, values lie inside it, in order and apart", arguments: 0..<100)
  func ordered(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = RandomYAML.document(&random)
    let bytes = Array(text.utf8)
    func check(_ node: YAMLNode) {
      #expect(node.range.start <= node.range.end)
      let inner: [YAMLNode] = node.sequence ?? node.mapping?.flatMap { [$0.key, $0.value] } ?? []
      var previous = node.range.start
      for child in inner {
        #expect(previous <= child.range.start, "\(text)")
        previous = child.range.end
        check(child)
      }
      #expect(previous <= node.range.end, "\(text)")
      if node.range.start < node.range.end {
        #expect(![0x20, 0x0A].contains(bytes[node.range.end.offset - 1]), "\(text)")
        #expect(![0x20, 0x0A].contains(bytes[node.range.start.offset]), "\(text)")
      }
    }
    check(try YAMLNode.parse(text))
  }
}
