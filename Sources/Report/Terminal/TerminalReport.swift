package import Runner
import Scenario

/// The report for people at a terminal and for logs: chapters, steps with their verdicts, failures with their places, a
/// summary.
package struct TerminalReport: Recorder {
  private let write: (String) -> Void
  private let redactor: Redactor
  private let style: TerminalStyle
  private var renderer = DiagnosticRenderer(files: [])
  private var elapsed: () -> Duration

  /// - Parameters:
  ///   - elapsed: the time since the run began.
  ///   - write: gets the text, redacted, piece by piece.
  package init(
    color: Bool, redactor: Redactor, elapsed: @escaping () -> Duration, write: @escaping (String) -> Void
  ) {
    style = TerminalStyle(isOn: color)
    self.redactor = redactor
    self.elapsed = elapsed
    self.write = write
  }

  package mutating func record(_ event: Event) {
    switch event {
    case .runStarted: break
    case .scenarioStarted(let scenario, let target):
      renderer = DiagnosticRenderer(
        files: [scenario.source] + scenario.furtherSources, color: style.isOn)
      line("\(style.bold(scenario.name.value)) (\(scenario.source.path), on \(target))")
    case .chapterStarted(let chapter):
      if let title = chapter.title { line("\n  \(style.bold(title.value))") }
    case .stepEnded(let result): step(result)
    case .teardown(let result):
      if let problem = result.problem { line("  \(style.red("!")) left behind: \(result.title): \(problem)") }
    case .scenarioEnded(let result): scenarioEnd(result)
    case .runEnded(let result): summary(result)
    }
  }

  private func line(_ text: String) { write(redactor.redact(text) + "\n") }

  private func step(_ result: StepResult) {
    switch result.verdict {
    case .passed: line("    \(style.green("✓")) \(result.title)")
    case .failed(let mismatches):
      line("    \(style.red("✗")) \(result.title)")
      for mismatch in mismatches { show(mismatch.diagnostic) }
    case .error(let problem):
      line("    \(style.red("!")) \(result.title)")
      show(problem.diagnostic)
    case .notReady(let message):
      line("    \(style.red("!")) \(result.title)")
      show(.error("the credentials were not ready: \(message)", at: result.step.principal?.range))
    case .notRun(let cause):
      line("    \(style.dim("–")) \(result.title) \(style.dim("(not run, because of: \(cause))"))")
    }
    for remark in result.remarks { line("      \(style.dim(remark))") }
  }

  private func show(_ diagnostic: Diagnostic) {
    line("\n" + renderer.render(diagnostic))
  }

  private func scenarioEnd(_ result: ScenarioResult) {
    if let problem = result.problem { show(problem.diagnostic) }
    let removed = result.teardown.count { $0.problem == nil }
    let left = result.teardown.count - removed
    line("\n  Teardown: \(removed) things taken back" + (left == 0 ? "" : ", \(left) left behind") + "\n")
  }

  private func summary(_ result: RunResult) {
    var counts = VerdictCounts()
    for step in result.scenarios.flatMap(\.steps) { counts.add(step.verdict) }
    let duration = elapsed()
    line(String(repeating: "─", count: 60))
    line("Scenarios:  \(result.scenarios.count)")
    line("Steps:      \(counts.all) (\(counts.text))")
    if result.wasInterrupted { line("Interrupted: what was made has been taken back") }
    let milliseconds = Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    line("Duration:   \(Int(milliseconds.rounded())) ms")
  }
}

/// How many steps ended in which way.
struct VerdictCounts {
  private var passed = 0
  private var failed = 0
  private var errors = 0
  private var notRun = 0

  var all: Int { passed + failed + errors + notRun }

  mutating func add(_ verdict: Verdict) {
    switch verdict {
    case .passed: passed += 1
    case .failed: failed += 1
    case .error, .notReady: errors += 1
    case .notRun: notRun += 1
    }
  }

  /// `58 as expected, 1 not as expected`; what did not happen is left out.
  var text: String {
    let parts = [
      (passed, "as expected"), (failed, "not as expected"), (errors, "could not be carried out"), (notRun, "not run"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return told.isEmpty ? "none" : told.joined(separator: ", ")
  }
}

/// A terminal's escape sequences, or nothing.
struct TerminalStyle: Sendable {
  var isOn: Bool

  func bold(_ text: String) -> String { wrap(text, "1") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func red(_ text: String) -> String { wrap(text, "1;31") }
  func dim(_ text: String) -> String { wrap(text, "2") }

  private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
