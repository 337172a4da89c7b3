package import Runner
import Scenario
import Synchronization

/// The line at the bottom of a terminal that says what is running. It is drawn over itself, taken away before anything
/// else is written, and gone at the end.
///
/// Events tell it what happens; a clock's tick draws it, so that a run of milliseconds draws nothing at all.
package final class LiveProgress: Sendable {
  private struct State {
    var scenarios = 0
    var endedScenarios = 0
    var steps = 0
    var endedSteps = 0
    var wrong = 0
    /// Whether scenarios run at the same time, so that no step is the current one.
    var isTogether = false
    var current: String?
    var stepStart = ContinuousClock.now
    var ticks = 0
    /// The columns that the drawn line takes; 0 where none is drawn.
    var drawn = 0
  }

  private let state = Mutex(State())
  private let style: TerminalStyle
  private let redactor: Redactor
  private let columns: @Sendable () -> Int
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - columns: the terminal's width at this moment.
  ///   - write: writes at once.
  package init(
    color: Bool, redactor: Redactor, columns: @escaping @Sendable () -> Int, write: @escaping @Sendable (String) -> Void
  ) {
    style = TerminalStyle(isOn: color)
    self.redactor = redactor
    self.columns = columns
    self.write = write
  }

  package func note(_ event: Event) {
    state.withLock { state in
      switch event {
      case .runStarted(let scenarios): state.scenarios = scenarios
      case .scenarioStarted(let scenario, _):
        state.steps = scenario.chapters.reduce(scenario.finally.count) { $0 + $1.steps.count }
        state.endedSteps = 0
      case .stepStarted(let start):
        state.current = start.title
        state.stepStart = .now
      case .stepEnded(let result), .setUpEnded(let result):
        state.endedSteps += 1
        if !result.verdict.isPassed { state.wrong += 1 }
      case .scenarioEnded:
        if !state.isTogether { state.endedScenarios += 1 }
        state.current = nil
      case .progressed(let progress):
        state.isTogether = true
        state.endedScenarios = progress.endedScenarios
      case .identified, .chapterStarted, .teardown, .runEnded: break
      }
    }
  }

  /// Draws the line anew.
  package func tick() {
    state.withLock { state in
      guard state.scenarios > 0 else { return }
      state.ticks += 1
      let width = columns()
      let line = Self.line(state, width: width - 1, redactor)
      write(Self.erasure(state.drawn, width: width) + style.dim(line))
      state.drawn = DisplayText.columns(of: line)
    }
  }

  /// Writes `text` above the line, which the next tick draws again.
  package func above(_ text: String) {
    state.withLock { state in
      write(Self.erasure(state.drawn, width: columns()) + text)
      state.drawn = 0
    }
  }

  /// Takes the line away for good.
  package func end() {
    state.withLock { state in
      state.scenarios = 0
      guard state.drawn > 0 else { return }
      write(Self.erasure(state.drawn, width: columns()))
      state.drawn = 0
    }
  }

  /// A terminal that has become narrower has broken the line into several, and the cursor stands on the last.
  private static func erasure(_ drawn: Int, width: Int) -> String {
    guard drawn > 0 else { return "" }
    let rows = (drawn - 1) / max(1, width)
    return "\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J"
  }

  private static let spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  private static let barWidth = 20

  private static func line(_ state: State, width: Int, _ redactor: Redactor) -> String {
    var parts = [spinner[state.ticks % spinner.count]]
    if state.scenarios > 1 {
      let filled = barWidth * state.endedScenarios / state.scenarios
      parts.append(String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled))
      parts.append("\(state.endedScenarios)/\(state.scenarios)")
    }
    if !state.isTogether { parts.append("step \(min(state.endedSteps + 1, state.steps))/\(state.steps)") }
    if state.wrong > 0 { parts.append("\(state.wrong) not as expected") }
    if let current = state.current, !state.isTogether {
      parts.append("\(redactor.redact(current)) \((ContinuousClock.now - state.stepStart).shortText)")
    }
    return DisplayText.cut(parts.joined(separator: "  "), columns: max(1, width))
  }
}
