import Scenario
import TestSupport
import Testing

@Suite("Files that have been damaged") struct MutationTests {
  static let tutorial: [UInt8] =
    (try? ScenarioFolder(path: RepositoryScenarioTests.root + "scenarios").read("cross-account-role.yaml", at: nil))
    ?? []

  /// Pieces that mean something to YAML, to templates or to the terminal.
  static let pieces = [
    "${{", "}}", "$${{", "${{ names.role }}", "(", ")", ":", ": ", "- ", "{", "}", "[", "]", "\"", "'", "|", ">", "&a ",
    "*a", "#",
    "!!str ", "\t", "\n", "\r", "\n\n", "  ", "\u{FEFF}", "\u{0}", "\u{1B}", "é", "名", "🙂", "e\u{301}", "~", "null",
    "1h",
    "999999999999", "expect", "steps", "policies",
  ].map { Array($0.utf8) }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let index = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, index + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(index..<end)
    case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: index)
    case 2: bytes.replaceSubrange(index..<end, with: pieces.randomElement(using: &random) ?? [])
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
    case 4: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &random))
    default: bytes.removeSubrange(index..<min(bytes.count, index + 400))
    }
  }

  @Test("Whatever was done to a file, reading, checking and printing come to an end, and every place is in the file")
  func mutations() throws {
    try #require(Self.tutorial.count > 1000)
    var random = SeededGenerator(seed: 1)
    for round in 0..<400 {
      var bytes = Self.tutorial
      for _ in 0..<Int.random(in: 1...6, using: &random) { Self.mutate(&bytes, &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      let loaded = ScenarioFile.parse(text, path: "mutated.yaml")
      let found = loaded.checked()
      let source = try #require(loaded.sources.first)
      for diagnostic in found {
        guard let range = diagnostic.range else { continue }
        #expect(range.start <= range.end, "round \(round): \(diagnostic)")
        #expect(range.start.line >= 1 && range.start.line <= source.lineCount + 1, "round \(round): \(diagnostic)")
      }
      if loaded.scenario == nil { #expect(found.hasErrors, "round \(round)") }
      let rendered = DiagnosticRenderer(files: loaded.sources).render(found)
      let controls = rendered.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
      #expect(controls.isEmpty, "round \(round)")
    }
  }

  @Test("Every prefix of a file is read to an end")
  func prefixes() {
    for count in stride(from: 0, to: Self.tutorial.count, by: 97) {
      let text = String(decoding: Self.tutorial.prefix(count), as: UTF8.self)
      _ = ScenarioFile.parse(text, path: "prefix.yaml").checked()
    }
  }

  @Test("A template takes any text")
  func templates() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<2000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        text += Self.pieces.randomElement(using: &random) ?? []
      }
      let source = SourceFile(path: "t", text: String(decoding: text, as: UTF8.self))
      let place = SourcePosition(line: 1, column: 1)
      var parser = TemplateParser(source: source)
      let template = parser.parse(
        source.text, at: SourceRange(file: "t", start: place, end: SourcePosition(line: source.lineCount, column: 1000))
      )
      let references = template.references.count
      #expect(references <= text.count / 5)
    }
  }
}
