import Scenario
import Testing

@Suite("Diagnostics with their place") struct RendererTests {
  private func range(_ line: Int, _ columns: ClosedRange<Int>, file: String = "a.yaml") -> SourceRange {
    SourceRange(
      file: file, start: SourcePosition(line: line, column: columns.lowerBound),
      end: SourcePosition(line: line, column: columns.upperBound + 1))
  }

  private func render(_ text: String, _ diagnostic: Diagnostic, color: Bool = false) -> String {
    DiagnosticRenderer(files: [SourceFile(path: "a.yaml", text: text)], color: color).render(diagnostic)
  }

  @Test("The design's example")
  func example() {
    let line = "        expect: { denied: explicit }"
    let text = String(repeating: "\n", count: 40) + line
    let diagnostic = Diagnostic.error(
      "expected denied, was allowed", at: range(41, 19...34), label: "sts:AssumeRole returned 200",
      notes: [.init("allowed by statement 1 of AllowAssume (group Developers)", at: range(58, 1...2))])
    #expect(
      render(text, diagnostic) == """
        a.yaml:41:19: error: expected denied, was allowed
           |
        41 |         expect: { denied: explicit }
           |                   ^^^^^^^^^^^^^^^^ sts:AssumeRole returned 200
           |
           = allowed by statement 1 of AllowAssume (group Developers), line 58

        """)
  }

  struct Case: CustomTestStringConvertible {
    var name: String
    var text: String
    var columns: ClosedRange<Int>
    /// The line with its text, and the one with the carets, as they must be.
    var shown: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "tabs", text: "a:\tbc\td", columns: 4...5, shown: ["a:  bc  d", "    ^^"]),
    Case(name: "a tab that is marked", text: "\tx", columns: 1...1, shown: ["    x", "^^^^"]),
    Case(name: "wide characters before", text: "名前: x", columns: 5...5, shown: ["名前: x", "      ^"]),
    Case(name: "wide characters marked", text: "a 名前", columns: 3...4, shown: ["a 名前", "  ^^^^"]),
    Case(name: "an emoji", text: "🙂 x", columns: 3...3, shown: ["🙂 x", "   ^"]),
    Case(name: "a combining accent", text: "e\u{301}x", columns: 3...3, shown: ["e\u{301}x", " ^"]),
    Case(
      name: "an escape sequence", text: "a\u{1B}[31mb", columns: 7...7,
      shown: ["a\\u{1b}[31mb", String(repeating: " ", count: 11) + "^"]),
    Case(
      name: "a change of direction", text: "a\u{202E}b", columns: 3...3,
      shown: ["a\\u{202e}b", String(repeating: " ", count: 9) + "^"]),
    Case(name: "beyond the end", text: "ab", columns: 9...12, shown: ["ab", "  ^"]),
    Case(name: "before a CR LF", text: "abc\r\n", columns: 2...9, shown: ["abc", " ^^"]),
  ]

  @Test("Carets stand under what they mark", arguments: cases)
  func carets(_ example: Case) {
    let lines = render(example.text, .error("x", at: range(1, example.columns))).split(separator: "\n").map(String.init)
    #expect(lines.dropFirst(2).map { String($0.dropFirst(4)) } == example.shown)
  }

  @Test("An empty range has one caret")
  func empty() {
    let place = SourcePosition(line: 1, column: 3)
    let diagnostic = Diagnostic.error("x", at: SourceRange(file: "a.yaml", start: place, end: place))
    #expect(render("a: ", diagnostic).hasSuffix("  |   ^\n"))
  }

  @Test("A range over several lines is shown by its first")
  func severalLines() {
    let range = SourceRange(
      file: "a.yaml", start: SourcePosition(line: 1, column: 3), end: SourcePosition(line: 3, column: 2))
    #expect(render("a: {\n b: c\n }", .error("x", at: range)).hasSuffix("1 | a: {\n  |   ^^\n"))
  }

  @Test("A long line is cut around the range")
  func longLine() throws {
    let text = String(repeating: "a", count: 500) + "HERE" + String(repeating: "b", count: 500)
    let lines = render(text, .error("x", at: range(1, 501...504))).split(separator: "\n")
    let shown = Array(lines[2].dropFirst(4))
    let carets = Array(lines[3].dropFirst(4))
    #expect(shown.count <= 162)
    #expect(shown.first == "…" && shown.last == "…")
    let start = try #require(carets.firstIndex(of: "^"))
    #expect(String(shown[start..<carets.count]) == "HERE")
  }

  @Test("A message cannot drive the terminal")
  func control() {
    let rendered = render("x", .error("unknown key `\u{1B}]0;x\u{7}`", at: nil, notes: [.init("\u{9B}2J")]))
    #expect(rendered == "error: unknown key `\\u{1b}]0;x\\u{7}`\n = \\u{9b}2J\n")
  }

  @Test("Notes elsewhere name their file; notes of several lines are indented")
  func notes() {
    let diagnostic = Diagnostic.warning(
      "x", at: range(1, 1...1), notes: [.init("there", at: range(7, 1...1, file: "b.json")), .init("one\ntwo")])
    #expect(
      render("y", diagnostic) == """
        a.yaml:1:1: warning: x
          |
        1 | y
          | ^
          |
          = there, b.json:7
          = one
            two

        """)
  }

  @Test("Colour is wrapped around the same text")
  func color() {
    let diagnostic = Diagnostic.error("message", at: range(1, 1...1), label: "label", notes: [.init("note")])
    let plain = render("y", diagnostic)
    let colored = render("y", diagnostic, color: true)
    #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    var stripped = ""
    var isEscape = false
    for scalar in colored.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { stripped.unicodeScalars.append(scalar) }
      if scalar == "m", isEscape { isEscape = false }
    }
    #expect(stripped == plain)
  }
}
