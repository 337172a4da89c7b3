import AWSAPI
import HTTP
import IAMPolicy
package import Runner
import Scenario

/// The report for people at a terminal and for logs: chapters, steps with their verdicts, failures with their places, a
/// summary.
package struct TerminalReport: Recorder {
  private let write: (String) -> Void
  private let redactor: Redactor
  let style: TerminalStyle
  private let verbosity: Verbosity
  private var renderer = DiagnosticRenderer(files: [])
  private var source = ""
  /// Headings that are not written before something follows them, where only failures are told.
  private var headings: [String] = []

  /// - Parameter write: gets the text, redacted, piece by piece; every piece ends with a line's end.
  package init(
    color: Bool, verbosity: Verbosity = .normal, redactor: Redactor, write: @escaping (String) -> Void
  ) {
    style = TerminalStyle(isOn: color)
    self.verbosity = verbosity
    self.redactor = redactor
    self.write = write
  }

  package mutating func record(_ event: Event) {
    switch event {
    case .runStarted, .stepStarted, .progressed: break
    case .scenarioStarted(let scenario, let target): begin(scenario, on: target)
    case .identified(let identities):
      for identity in identities { line("  \(identity.name) is \(identity.arn), by \(identity.source)") }
    case .chapterStarted(let chapter):
      if let title = chapter.title { heading("\n  \(style.bold(title.value))") }
    case .stepEnded(let result): step(result)
    case .setUpEnded(let result):
      if !result.verdict.isPassed {
        line(
          "    \(style.dim("· step \(result.number), before the selected ones: \(result.verdict.name): \(result.title)"))"
        )
      }
    case .teardown(let result):
      if let problem = result.problem { line("  \(style.red("!")) left behind: \(result.title): \(problem)") }
    case .scenarioEnded(let result): scenarioEnd(result)
    case .runEnded(let result): summary(result)
    }
  }

  private mutating func begin(_ scenario: Scenario, on target: String) {
    renderer = DiagnosticRenderer(files: [scenario.source] + scenario.furtherSources, color: style.isOn)
    source = scenario.source.path
    headings = []
    heading("\(style.bold(scenario.name.value)) (\(source), on \(target))")
  }

  private mutating func heading(_ text: String) {
    guard verbosity == .quiet else { return line(text) }
    // One chapter's title takes the place of the one before.
    headings = Array(headings.prefix(1)) + [text]
  }

  private mutating func line(_ text: String) {
    let pending = headings
    headings = []
    write(pending.map { redactor.redact($0) + "\n" }.joined() + redactor.redact(text) + "\n")
  }

  // MARK: Steps

  private mutating func step(_ result: StepResult) {
    if result.verdict.isPassed, verbosity == .quiet { return }
    line("    \(mark(result.verdict)) \(result.title)\(suffix(result.verdict))")
    if verbosity >= .exchanges { exchanges(of: result) }
    failure(of: result)
    if let settling = result.settling, settling.tries > 1 {
      line("      \(style.dim("\(settling.tries) tries, \(settling.duration.shortText)"))")
    }
    for remark in result.remarks { line("      \(style.dim(remark))") }
  }

  private func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .passed: style.green("✓")
    case .failed: style.red("✗")
    case .error, .notReady: style.red("!")
    case .notRun: style.dim("–")
    }
  }

  private func suffix(_ verdict: Verdict) -> String {
    if case .notRun(let cause) = verdict { " " + style.dim("(not run, because of: \(cause))") } else { "" }
  }

  private mutating func failure(of result: StepResult) {
    switch result.verdict {
    case .passed, .notRun: return
    case .failed(let mismatches):
      for mismatch in mismatches {
        show(mismatch.diagnostic)
        if let comparison = mismatch.comparison { line(ComparisonText(comparison, style).text) }
      }
    case .error(let problem): show(problem.diagnostic)
    case .notReady(let message):
      show(.error("the credentials were not ready: \(message)", at: result.step.principal?.range))
    }
    line("    \(style.dim("again:")) iamdrill run \(ShellWord.quoted(source)) --step \(result.number)\n")
  }

  private mutating func show(_ diagnostic: Diagnostic) {
    line("\n" + renderer.render(diagnostic))
  }

  private mutating func exchanges(of result: StepResult) {
    for exchange in result.renewals + (result.exchange.map { [$0] } ?? []) {
      let detail = ExchangeText(exchange, isFull: verbosity >= .connections)
      line(detail.text(style, indent: "      "))
    }
    if let command = result.command { line(CommandText(command).text(style, indent: "      ")) }
    if let outcome = result.outcome { line("      \(outcome)") }
    if verbosity >= .connections { line("      \(style.dim("took \(result.duration.shortText)"))") }
  }

  // MARK: Ends

  private mutating func scenarioEnd(_ result: ScenarioResult) {
    if let problem = result.problem { show(problem.diagnostic) }
    guard verbosity > .quiet else { return }
    let removed = result.teardown.count { $0.problem == nil }
    let left = result.teardown.count - removed
    line("\n  Teardown: \(removed) things taken back" + (left == 0 ? "" : ", \(left) left behind") + "\n")
  }

  private mutating func summary(_ result: RunResult) {
    headings = []
    guard verbosity > .quiet || result.wasInterrupted else { return }
    let counts = VerdictCounts(result.scenarios.lazy.flatMap(\.steps))
    let wrong = result.scenarios.count { $0.hasError || $0.hasFailure }
    line(String(repeating: "─", count: 60))
    line("Scenarios:  \(result.scenarios.count)" + (wrong == 0 ? "" : " (\(wrong) not as expected)"))
    line("Steps:      \(counts.all) (\(colored(counts)))")
    if result.wasInterrupted { line("Interrupted: what was made has been taken back") }
    let seconds = Double(result.duration.microseconds) / 1_000_000
    let rate = seconds > 0 && counts.all > 0 ? " (\(Int((Double(counts.all) / seconds).rounded())) steps/s)" : ""
    line("Duration:   \(result.duration.shortText)\(rate)")
  }

  private func colored(_ counts: VerdictCounts) -> String {
    counts.passed == counts.all && counts.all > 0 ? style.green(counts.text) : style.red(counts.text)
  }
}
