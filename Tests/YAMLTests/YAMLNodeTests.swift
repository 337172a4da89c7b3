import Testing
import YAML

@Suite("YAML nodes") struct YAMLNodeTests {
  @Test("scalars keep their text and style; nothing is guessed from how they look")
  func scalars() throws {
    let node = try YAMLNode.parse(
      """
      plain: 012345678901
      single: 'it''s'
      double: "a\\tb\\x01\\u00e9"
      literal: |
        one
          two
      folded: >-
        one
        two
      none:
      tagged: !!str
      no: no
      """)
    #expect(node["plain"]?.scalar == YAMLScalar("012345678901"))
    #expect(node["single"]?.scalar == YAMLScalar("it's", style: .singleQuoted))
    #expect(node["double"]?.scalar == YAMLScalar("a\tb\u{1}\u{e9}", style: .doubleQuoted))
    #expect(node["literal"]?.scalar == YAMLScalar("one\n  two\n", style: .literal))
    #expect(node["folded"]?.scalar == YAMLScalar("one two", style: .folded))
    #expect(node["none"]?.isEmpty == true)
    #expect(node["tagged"]?.scalar == YAMLScalar("", hasStringTag: true))
    #expect(node["tagged"]?.isEmpty == false)
    #expect(node["no"]?.string == "no")
    #expect(node.keys == ["plain", "single", "double", "literal", "folded", "none", "tagged", "no"])
  }

  @Test("accessors answer for the kinds they are about and give nothing for others")
  func access() throws {
    let node = try YAMLNode.parse("a: [x, {y: z}]\nb: {}\n")
    #expect(node.kind == .mapping)
    #expect(node["a"]?.kind == .sequence)
    #expect(node["a"]?[0]?.string == "x")
    #expect(node["a"]?[1]?["y"]?.string == "z")
    #expect(node["a"]?[2] == nil)
    #expect(node["a"]?[-1] == nil)
    #expect(node["a"]?["x"] == nil)
    #expect(node["b"]?.mapping?.isEmpty == true)
    #expect(node["b"]?[0] == nil)
    #expect(node["b"]?.string == nil)
    #expect(node["b"]?.isEmpty == false)
    #expect(node["c"] == nil)
    #expect(node.sequence == nil)
    #expect(node.entry("b")?.range.description == "2:1-2:6")
  }

  @Test("keys are told apart by their bytes")
  func exactKeys() throws {
    let node = try YAMLNode.parse("\"\\u00e9\": composed\n\"e\\u0301\": decomposed\n")
    #expect(node["\u{e9}"]?.string == "composed")
    #expect(node["e\u{301}"]?.string == "decomposed")
  }

  @Test("an alias stands for what its anchor marks, at its own place")
  func aliases() throws {
    let node = try YAMLNode.parse("a: &x {k: [1]}\nb: *x\nc: [&y z, *y]\n*y : d\n")
    #expect(node["b"]?["k"]?[0]?.string == "1")
    #expect(node["b"]?.range.description == "2:4-2:6")
    #expect(node["b"]?["k"]?.range == node["a"]?["k"]?.range)
    #expect(node["c"]?.sequence?.map(\.string) == ["z", "z"])
    #expect(node["z"]?.string == "d")
  }

  @Test("an anchor that is used again marks the later node")
  func repeatedAnchor() throws {
    #expect(try YAMLNode.parse("[&a 1, &a 2, *a]").sequence?.map(\.string) == ["1", "2", "2"])
  }

  @Test("JSON is read as well")
  func json() throws {
    let node = try YAMLNode.parse("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\"}]}")
    #expect(node["Statement"]?[0]?["Effect"]?.string == "Allow")
  }
}
