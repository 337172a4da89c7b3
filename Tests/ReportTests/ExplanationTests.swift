import FoundationEssentials
import Report
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What `iamdrill explain` shows of steps of the lessons, held to the byte against files of `Golden`;
/// `IAMDRILL_UPDATE_GOLDEN=1` writes them instead.
@Suite("Decisions explained") struct ExplanationTests {
  static let folder = ReportGoldenTests.folder

  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var scenario: String
    var step: String
    var color = false
    var isJSON = false
    var testDescription: String { file }
  }

  static let cases = [
    Case(file: "explain-trust.txt", scenario: "external-id", step: "7"),
    Case(file: "explain-trust-colour.txt", scenario: "external-id", step: "7", color: true),
    Case(file: "explain-trust.json", scenario: "external-id", step: "7", isJSON: true),
    Case(file: "explain-validation.txt", scenario: "external-id", step: "An id that is too short*"),
    Case(file: "explain-boundary.txt", scenario: "permissions-boundary", step: "Not IAM, in spite of*"),
    Case(file: "explain-session.txt", scenario: "session-policy", step: "It does not write, although the role may"),
    Case(file: "explain-rcp.txt", scenario: "rcp-data-perimeter", step: "the stranger does not*"),
    Case(file: "explain-scp.txt", scenario: "scp-guardrail", step: "Everything else*"),
    Case(file: "explain-bucket.txt", scenario: "cross-account-bucket-policy", step: "The guest whose account*"),
    Case(file: "explain-not-principal.txt", scenario: "not-action-not-principal", step: "The intern, whose own*"),
    Case(file: "explain-anonymous.txt", scenario: "public-access-block", step: "The world*reads"),
    Case(file: "explain-tags.txt", scenario: "attribute-based-access", step: "A team that does not exist"),
  ]

  /// A lesson as if it had been named from the repository's root.
  static func lesson(_ name: String, _ change: (String) -> String = { $0 }) throws -> Scenario {
    let bytes = try ScenarioFolder(path: TranscriptTests.folder).read("\(name).yaml", at: nil)
    let text = change(String(decoding: bytes, as: UTF8.self))
    return try #require(ScenarioFile.parse(text, path: "scenarios/\(name).yaml").scenario)
  }

  @Test("It is shown like this, to the byte", arguments: cases)
  func golden(_ test: Case) throws {
    let scenario = try Self.lesson(test.scenario)
    let pattern = StepPattern(test.step, in: scenario)
    try #require(!pattern.isEmpty)
    let redactor = Redactor()
    var text = ""
    var report = ExplanationReport(color: test.color, redactor: redactor, showing: pattern.includes) { text += $0 }
    var json = ExplanationJSON(redactor: redactor, showing: pattern.includes)
    _ = ScenarioRunner(redactor: redactor) { event in
      report.record(event)
      json.record(event)
    }.run([scenario])
    try Self.hold(test.isJSON ? json.text : text, against: test.file)
  }

  @Test("A failed expectation tells which statements came near, and why they do not match")
  func failure() throws {
    let scenario = try Self.lesson("external-id") { text in
      text.replacing(
        "ExternalId: customer-0815 }\n        expect: { denied: implicit, by: trust-policy, status: 403 }",
        with: "ExternalId: customer-0815 }\n        expect: allowed")
    }
    var text = ""
    let redactor = Redactor()
    var terminal = TerminalReport(color: false, redactor: redactor) { text += $0 }
    let result = ScenarioRunner(redactor: redactor) { terminal.record($0) }.run([scenario])
    #expect(result.hasFailure)
    let start = try #require(text.firstRange(of: "scenarios/external-id.yaml:")).lowerBound
    let end = text[start...].firstRange(of: "\n\n")?.lowerBound ?? text.endIndex
    try Self.hold(String(text[start..<end]) + "\n", against: "explain-failure.txt")
  }

  @Test(
    "Steps are named by number, line and pattern",
    arguments: [
      ("1", ["The company's collector"]), (":84", ["For another customer it sends another id, and is refused"]),
      (":87", ["For another customer it sends another id, and is refused"]),
      ("*customer's role*", ["The customer's role, guarded by the external id"]),
      ("for it? own*", ["For its own customer the company sends the right id"]), ("99", []), (":1", []),
      ("nothing", []),
    ])
  func selection(_ word: String, _ titles: [String]) throws {
    let scenario = try Self.lesson("external-id")
    let pattern = StepPattern(word, in: scenario)
    #expect(pattern.isEmpty ? titles.isEmpty : !titles.isEmpty)
    let found: [Scenario.Step] = scenario.allSteps.filter(pattern.includes)
    #expect(found.map { $0.name?.value } == titles)
  }

  private static func hold(_ text: String, against file: String) throws {
    if getenv("IAMDRILL_UPDATE_GOLDEN") != nil {
      try text.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
    } else {
      let expected = try ScenarioFolder(path: folder).read(file, at: nil)
      #expect(text == String(decoding: expected, as: UTF8.self))
    }
  }
}
