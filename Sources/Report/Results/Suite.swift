import Runner
import Scenario

/// The steps of one chapter of one scenario, with what else of the scenario reports show as cases.
struct Suite {
  var scenario: Scenario
  /// `Delegate access across AWS accounts / Step 1: create a role`
  var name: String
  var cases: [Case]

  /// A step, or something of the scenario itself that went wrong.
  struct Case {
    var name: String
    var verdict: Verdict
    var duration: Duration
    /// The step's number; `nil` for what is no step.
    var number: Int?
    var remarks: [String] = []
  }

  var counts: VerdictCounts {
    var counts = VerdictCounts()
    for item in cases { counts.add(item.verdict) }
    return counts
  }

  var duration: Duration { cases.reduce(.zero) { $0 + $1.duration } }
}

extension ScenarioResult {
  /// A suite a chapter, in order; `finally`, and what went wrong outside of steps, make suites of their own.
  var suites: [Suite] {
    var suites: [Suite] = []
    for (index, chapter) in scenario.chapters.enumerated() {
      add(steps.filter { $0.chapter == index }.map(Suite.Case.init), titled: chapter.title?.value, to: &suites)
    }
    add(steps.filter { $0.chapter == nil }.map(Suite.Case.init), titled: "finally", to: &suites)
    let left = teardown.compactMap { item in
      item.problem.map { Suite.Case(name: item.title, verdict: .error(Problem("left behind: \($0)")), duration: .zero) }
    }
    add(left, titled: "teardown", to: &suites)
    if let problem {
      add(
        [Suite.Case(name: "the scenario begins", verdict: .error(problem), duration: .zero)], titled: nil, to: &suites)
    }
    return suites
  }

  private func add(_ cases: [Suite.Case], titled title: String?, to suites: inout [Suite]) {
    guard !cases.isEmpty else { return }
    let name = title.map { "\(scenario.name.value) / \($0)" } ?? scenario.name.value
    suites.append(Suite(scenario: scenario, name: name, cases: cases))
  }
}

extension Suite.Case {
  init(_ step: StepResult) {
    self.init(
      name: step.title, verdict: step.verdict, duration: step.duration, number: step.number, remarks: step.remarks)
  }
}

extension Verdict {
  /// What is wrong, each with its place; none where the step passed or was not run.
  var diagnostics: [Diagnostic] {
    switch self {
    case .passed, .notRun: []
    case .failed(let mismatches): mismatches.map(\.diagnostic)
    case .error(let problem): [problem.diagnostic]
    case .notReady(let message): [.error("the credentials were not ready: \(message)", at: nil)]
    }
  }
}

extension ScenarioResult {
  /// Shows places in the scenario's files, without colour.
  var renderer: DiagnosticRenderer { DiagnosticRenderer(files: [scenario.source] + scenario.furtherSources) }
}
