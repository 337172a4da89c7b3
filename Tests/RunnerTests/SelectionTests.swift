import Runner
import Scenario
import Testing

@Suite("Selecting by tags") struct TagExpressionTests {
  @Test(
    "An expression holds for these tags, and not for those",
    arguments: [
      ("a", ["a"], []), ("not a", [], ["a"]), ("a and b", ["a", "b"], ["a"]), ("a or b", ["b"], ["c"]),
      ("a or b and c", ["a"], ["b"]), ("(a or b) and c", ["b", "c"], ["a"]), ("not (a or b)", ["c"], ["b"]),
      ("not not a", ["a"], []), ("cross-account and not slow", ["cross-account"], ["cross-account", "slow"]),
      ("  a   and\tb ", ["a", "b"], ["b"]),
    ] as [(String, [String], [String])])
  func holds(text: String, yes: [String], no: [String]) throws {
    let expression = try TagExpression(text)
    #expect(expression.holds(for: Set(yes)))
    #expect(!expression.holds(for: Set(no)))
  }

  @Test(
    "What is none says where",
    arguments: [
      ("", 1), ("a and", 6), ("a b", 3), ("(a", 3), ("a)", 2), ("or a", 1), ("not", 4), ("a and or b", 7), ("()", 2),
    ])
  func wrong(text: String, column: Int) {
    let error = #expect(throws: SelectionError.self) { try TagExpression(text) }
    #expect(error?.column == column)
  }

  @Test("Depth is bounded")
  func depth() {
    let text = String(repeating: "(", count: 100_000) + "a"
    #expect(throws: SelectionError.self) { try TagExpression(text) }
  }
}

@Suite("Selecting by name") struct NameGlobTests {
  @Test(
    "A pattern fits these names",
    arguments: [
      ("*", "", true), ("abc", "ABC", true), ("a*c", "abbbc", true), ("a*c", "abbbd", false), ("?b", "ab", true),
      ("?b", "b", false), ("*role*", "Cross-account ROLE tutorial", true), ("a*b*c", "aXbYbZc", true), ("", "a", false),
      ("*a", "aba", true),
    ])
  func matches(pattern: String, name: String, fits: Bool) {
    #expect(NameGlob(pattern).matches(name) == fits)
  }

  @Test("Many stars do not take long")
  func hostile() {
    let pattern = String(repeating: "*a", count: 200) + "b"
    #expect(!NameGlob(pattern).matches(String(repeating: "a", count: 2000)))
  }
}

@Suite("Running several scenarios") struct RunOptionsTests {
  static func scenario(_ name: String, expecting: String = "allowed", count: Int = 1) throws -> Scenario {
    let steps = (1...count).map {
      """
        - name: step \($0)
          as: Home
          call: iam:CreateUser
          with: { UserName: user-\($0) }
          expect: \(expecting)

      """
    }.joined()
    let text = "scenario: \(name)\naccounts: { Home: \"111111111111\" }\nsteps:\n\(steps)"
    return try #require(ScenarioFile.parse(text, path: "\(name).yaml").scenario)
  }

  static func names(_ events: [Event]) -> [String] {
    events.compactMap {
      switch $0 {
      case .scenarioStarted(let scenario, _): "begin \(scenario.name.value)"
      case .stepEnded(let result): result.title
      case .setUpEnded(let result): "before \(result.number)"
      case .scenarioEnded(let result): "end \(result.scenario.name.value)"
      default: nil
      }
    }
  }

  @Test("Those that run at the same time are told whole and in order", arguments: [1, 2, 7, 64])
  func together(jobs: Int) throws {
    let scenarios = try (1...20).map { try Self.scenario("s\($0)", count: 1 + $0 % 4) }
    var options = RunOptions()
    options.jobs = jobs
    var events: [Event] = []
    let result = ScenarioRunner(options: options) { events.append($0) }.run(scenarios)
    var alone: [Event] = []
    _ = ScenarioRunner { alone.append($0) }.run(scenarios)
    #expect(Self.names(events) == Self.names(alone))
    #expect(result.scenarios.map(\.scenario.name.value) == scenarios.map(\.name.value))
    #expect(!result.hasError && !result.hasFailure)
  }

  @Test("A run that fails fast begins nothing more, and takes back what was made")
  func failsFast() throws {
    var options = RunOptions()
    options.failsFast = true
    let scenarios = [
      try Self.scenario("a"), try Self.scenario("b", expecting: "denied", count: 3), try Self.scenario("c"),
    ]
    let result = ScenarioRunner(options: options) { _ in }.run(scenarios)
    #expect(result.scenarios.map(\.steps.count) == [1, 1])
    #expect(result.scenarios[1].teardown.count == 1)
    #expect(result.hasFailure)
  }

  @Test("Selected steps alone are the result; those before are carried out, those after are not")
  func steps() throws {
    var options = RunOptions()
    options.steps = 2...3
    var events: [Event] = []
    let result = ScenarioRunner(options: options) { events.append($0) }.run([try Self.scenario("a", count: 5)])
    #expect(Self.names(events) == ["begin a", "before 1", "step 2", "step 3", "end a"])
    #expect(result.scenarios[0].steps.map(\.number) == [2, 3])
    #expect(result.scenarios[0].teardown.count == 3)
  }

  @Test("A step is named by its number or its name")
  func stepNames() throws {
    let scenario = try Self.scenario("a", count: 5)
    #expect(try StepSelection(from: "2", to: "step 4").range(in: scenario) == 2...4)
    #expect(try StepSelection(from: nil, to: "1").range(in: scenario) == 1...1)
    #expect(try StepSelection(from: "5", to: nil).range(in: scenario) == 5...5)
    for (from, to) in [("6", nil), ("0", nil), ("step 9", nil), ("4", "2")] as [(String, String?)] {
      #expect(throws: SelectionError.self) { try StepSelection(from: from, to: to).range(in: scenario) }
    }
  }

  @Test("A shuffled order is the same for the same seed, and another for another")
  func shuffle() {
    func order(_ seed: UInt64) -> [Int] {
      var generator = SeededGenerator(seed: seed)
      return (0..<50).shuffled(using: &generator)
    }
    #expect(order(1) == order(1))
    #expect(order(1) != order(2))
    #expect(order(1).sorted() == Array(0..<50))
  }
}
