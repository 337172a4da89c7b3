import TestSupport
import Testing
import YAML

@Suite("YAML errors") struct YAMLErrorTests {
  /// A file and what is said about it.
  struct Refused: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var error: String

    init(_ name: String, _ text: String, _ error: String) {
      (testDescription, self.text, self.error) = (name, text, error)
    }
  }

  private static func error(_ bytes: [UInt8], limits: YAMLLimits = .default) throws -> YAMLError {
    try #require(throws: YAMLError.self) { try YAMLNode.parse(bytes, limits: limits) }
  }

  @Test(
    "what a scenario must not have is refused at its place",
    arguments: [
      Refused("nothing", "", "the file is empty"),
      Refused("comments alone", "# nothing\n\n", "the file is empty"),
      Refused("duplicate key", "a: 1\nb: 2\n'a': 3\n", "3:1: the key `a` occurs twice (1:1: first here)"),
      Refused("duplicate key, nested", "x: {a: 1, b: 2, a: 3}", "1:17: the key `a` occurs twice (1:5: first here)"),
      Refused("second document", "a: 1\n---\nb: 2\n", "2:1: a second document begins here; a file holds one"),
      Refused("merge key", "x: &x {a: 1}\ny:\n  <<: *x\n", "3:3: merge keys are not supported"),
      Refused("tag", "a: !secret b\n", "1:4: tags are not supported"),
      Refused("tag after an anchor", "a: &x !secret b\n", "1:7: tags are not supported"),
      Refused("tag of a collection", "a: !env {b: c}\n", "1:4: tags are not supported"),
      Refused("tag of YAML", "a: !!int 5\n", "1:4: tags are not supported"),
      Refused("tag for another kind", "a: !!str [b]\n", "1:4: tags are not supported"),
      Refused("tag without a name", "a: ! b\n", "1:4: tags are not supported"),
      Refused("key in brackets", "? [a]\n: b\n", "1:3: a key must be text, not a collection"),
      Refused("key in a block", "? a: b\n: c\n", "1:3: a key must be text, not a collection"),
      Refused("key by alias", "a: &x [b]\n*x : c\n", "2:1: a key must be text, not a collection"),
      Refused("key left out", "a: 1\n?\n: 2\n", "2:2: the key is missing"),
      Refused("key left out between braces", "{a: 1, ? : 2}", "1:10: the key is missing"),
      Refused(
        "alias without anchor", "a: *b\n",
        "1:4: no anchor `&b` stands before this alias; text that begins with `*` needs quotes"),
      Refused("recursive alias", "a: &x\n  b: [*x]\n", "2:7: the alias `*x` stands inside what it refers to"),
      Refused("undefined tag handle", "a: !x!y b\n", "1:4: found undefined tag handle while parsing a node"),
    ])
  func refused(_ test: Refused) throws {
    let error = try Self.error(Array(test.text.utf8))
    #expect(error.description == test.error)
  }

  @Test(
    "syntax errors have a place, and advice where the cause is a common one",
    arguments: [
      Refused("tab", "a:\n\tb: c\n", "2:1: a tab cannot indent; YAML is indented with spaces"),
      Refused("asterisk", "Action: *\n", "1:9: `*` begins an alias; where an asterisk is meant it needs quotes: \"*\""),
      Refused("at sign", "a: @b\n", "1:4: text that begins with `@` needs quotes"),
      Refused("unclosed quote", "a: 'b\nc: d\n", "1:4: this quote is not closed"),
      Refused(
        "unclosed bracket", "a: [b\nc: d\n",
        """
        2:2: expected `,` or `]`; between brackets, text with `{`, `}`, `[`, `]` or `,` in it needs quotes \
        (1:4: the flow sequence begins here)
        """),
      Refused(
        "braces in a flow mapping", "{a: ${{ b }}}\n",
        """
        1:6: expected `,` or `}`; between braces, text with `{`, `}`, `[`, `]` or `,` in it needs quotes \
        (1:1: the flow mapping begins here)
        """),
      Refused(
        "colon in plain text", "a: b: c\n",
        "1:5: a mapping cannot begin here; quote text that has `: ` in it, and indent keys of one mapping alike"),
      Refused(
        "more indentation", "a: 1\n b: 2\n",
        "2:3: a mapping cannot begin here; quote text that has `: ` in it, and indent keys of one mapping alike"),
      Refused(
        "less indentation", "a:\n    b: 1\n  c: 2\n",
        "3:3: expected a key; keys of one mapping are indented alike (1:1: the block mapping begins here)"),
      Refused(
        "elements indented differently", "a:\n  - b\n  c: d\n",
        "3:3: expected `-`; elements of one sequence are indented alike (2:3: the block collection begins here)"),
      Refused("no colon", "a: 1\nb\nc: 2\n", "2:1: expected `:` after this key"),
      Refused(
        "unknown escape", "a: \"\\q\"\n",
        "1:5: found unknown escape character while parsing a quoted scalar (1:4: the quoted scalar begins here)"),
      Refused(
        "half of a character", "a: \"\\ud83d\\ude00\"\n",
        "1:7: this escape is no character; beyond U+FFFF write `\\U` and eight digits "
          + "(1:4: the quoted scalar begins here)"),
      Refused(
        "control character", "a: \u{1}\n", "1:4: a control character; in double quotes write it as `\\x` and two digits"
      ),
      Refused(
        "NUL", "\u{e9}: b\u{0}c\n", "1:5: a control character; in double quotes write it as `\\x` and two digits"),
      Refused("text after the document", "{a: 1} b\n", "1:8: the document has ended before this"),
      Refused(
        "unknown directive", "%FOO\n---\na: 1\n",
        "1:5: found unknown directive name while scanning a directive (1:1: the directive begins here)"),
      Refused("YAML 2", "%YAML 2.0\n---\na: 1\n", "1:1: found incompatible YAML document"),
    ])
  func syntax(_ test: Refused) throws {
    let error = try Self.error(Array(test.text.utf8))
    #expect(error.description == test.error)
  }

  @Test(
    "bytes that are not UTF-8 are refused at the first of them",
    arguments: [
      ("stray byte", Array("a: b\nc: ".utf8) + [0xFF], "2:4: this byte is not UTF-8"),
      ("cut off", Array("\u{e9}: ".utf8) + [0xF0, 0x9F], "1:4: this byte is not UTF-8"),
      ("surrogate", [0xED, 0xA0, 0x80], "1:1: this byte is not UTF-8"),
      ("overlong", Array("# ".utf8) + [0xC0, 0x80], "1:3: this byte is not UTF-8"),
      ("far into the file", Array(repeating: UInt8(ascii: "a"), count: 64) + [0x80], "1:65: this byte is not UTF-8"),
      ("UTF-16", [0xFF, 0xFE, 0x61, 0x00], "1:1: the file is UTF-16; only UTF-8 is read"),
    ])
  func notUTF8(name: String, bytes: [UInt8], message: String) throws {
    #expect(try Self.error(bytes).description == message)
  }

  @Test("a file above the size limit is not read")
  func size() throws {
    #expect(
      try Self.error(Array("a: 1".utf8), limits: YAMLLimits(bytes: 3)).description
        == "the file has 4 bytes; at most 3 are read")
    #expect(try Self.error(Array(repeating: 0x20, count: 4 << 20 + 1)).range == nil)
  }

  @Test("collections may be nested to the limit and no deeper")
  func depth() throws {
    let limits = YAMLLimits(depth: 3)
    _ = try YAMLNode.parse("[{a: [b]}]", limits: limits)
    #expect(
      try Self.error(Array("[{a: [[b]]}]".utf8), limits: limits).description
        == "1:7: collections are nested more than 3 deep")
    #expect(
      try Self.error(Array("- - - - a".utf8), limits: limits).description
        == "1:7: collections are nested more than 3 deep")
  }

  @Test("a greater depth than can be read safely is not to be had")
  func greatestDepth() throws {
    let limits = YAMLLimits(depth: 10_000)
    let (open, close) = (String(repeating: "[", count: 256), String(repeating: "]", count: 256))
    _ = try YAMLNode.parse(open + close, limits: limits)
    #expect(
      try Self.error(Array("[\(open)]\(close)".utf8), limits: limits).description
        == "1:257: collections are nested more than 256 deep")
  }

  @Test("however many keys a mapping has, one that occurs twice is found", arguments: [2, 15, 16, 17, 40], [0, 1])
  func duplicateAmongMany(count: Int, first: Int) throws {
    let lines = (0..<count).map { "key\($0): \($0)\n" }.joined() + "key\(first): again\n"
    #expect(
      try Self.error(Array(lines.utf8)).description
        == "\(count + 1):1: the key `key\(first)` occurs twice (\(first + 1):1: first here)")
  }

  @Test("a message repeats little of the file, and no control characters")
  func quoting() throws {
    let key = "\"\\e[31m" + String(repeating: "\u{e9}", count: 1_000) + "\""
    let shown = "\u{FFFD}[31m" + String(repeating: "\u{e9}", count: 55) + "…"
    #expect(
      try Self.error(Array("{? \(key), ? \(key)}".utf8)).message == "the key `\(shown)` occurs twice")
  }

  @Test(
    "20,000 levels fail at the limit, whatever they are made of",
    arguments: [("[", "1:65"), ("{a: ", "1:257"), ("- ", "1:129"), ("? ", "1:3"), ("{? ", "1:4"), ("[{a: ", "1:161")])
  func deep(opening: String, place: String) throws {
    let error = try Self.error(Array(String(repeating: opening, count: 20_000).utf8))
    #expect(error.range?.start.description == place)
  }

  @Test("an alias counts with the depth of what it stands for")
  func aliasDepth() throws {
    let text = "[&a [[x]], [[*a]]]"
    _ = try YAMLNode.parse(text, limits: YAMLLimits(depth: 5))
    #expect(
      try Self.error(Array(text.utf8), limits: YAMLLimits(depth: 4)).description
        == "1:14: with this alias collections are nested more than 4 deep")
    // The depth of what comes before an anchor is not the anchor's.
    _ = try YAMLNode.parse("[[[[x]]], &a y, [[[*a]]]]", limits: YAMLLimits(depth: 4))
  }

  @Test("values are counted, keys included, and aliases with all that they stand for")
  func nodes() throws {
    let text = "{a: &x [1, 2], b: *x}"  // The mapping, two keys, twice a sequence of two.
    _ = try YAMLNode.parse(text, limits: YAMLLimits(nodes: 9))
    #expect(
      try Self.error(Array(text.utf8), limits: YAMLLimits(nodes: 8)).description
        == "1:19: with this alias the file has more than 8 values")
    #expect(
      try Self.error(Array(text.utf8), limits: YAMLLimits(nodes: 4)).description
        == "1:12: the file has more than 4 values")
  }

  @Test("anchors that explode are stopped where they pass the limit")
  func explosion() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<40 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    let error = try Self.error(Array(text.utf8))
    #expect(error.description == "6:15: with this alias the file has more than 200000 values")
  }

  @Test("more directives than any file needs are refused, since libyaml compares each with all")
  func directives() throws {
    let text = (0..<100).map { "%TAG !t\($0)! tag:example.com,2000:\n" }.joined()
    #expect(try Self.error(Array((text + "---\na: 1\n").utf8)).description == "65:1: more than 64 directives")
  }

  @Test("whatever bytes come, there is a tree or an error with a place inside the file", arguments: 0..<500)
  func damaged(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(RandomYAML.document(&random).utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: bytes.indices, using: &random)
      let damage = Array("\t\n {}[]:,-?&*!|>'\"%@#\\".utf8) + [0x00, 0x80, 0xFF]
      bytes[index] = damage.randomElement(using: &random) ?? 0
    }
    do throws(YAMLError) {
      let node = try YAMLNode.parse(bytes)
      #expect(node.range.end.offset <= bytes.count)
    } catch {
      if let range = error.range {
        #expect(range.start <= range.end && range.end.offset <= bytes.count)
      } else {
        #expect(error.message == "the file is empty")
      }
    }
  }
}
