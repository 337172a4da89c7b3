import AWSAPI
import HTTP
import IAMPolicy
package import Runner
package import Scenario

/// Shows why the steps of a run were allowed or refused: `iamdrill explain`.
package struct ExplanationReport: Recorder {
  private let redactor: Redactor
  private let style: TerminalStyle
  private let isShown: (Scenario.Step) -> Bool
  private let write: (String) -> Void

  /// - Parameters:
  ///   - isShown: whether a step is among those that were asked for.
  ///   - write: gets the text, redacted, piece by piece.
  package init(
    color: Bool, redactor: Redactor, showing isShown: @escaping (Scenario.Step) -> Bool,
    write: @escaping (String) -> Void
  ) {
    style = TerminalStyle(isOn: color)
    self.redactor = redactor
    self.isShown = isShown
    self.write = write
  }

  package mutating func record(_ event: Event) {
    switch event {
    case .stepEnded(let result):
      if isShown(result.step) { show(result) }
    case .scenarioEnded(let result):
      if let problem = result.problem { line(style.red("The scenario could not begin: \(problem.message)")) }
    case .runStarted, .scenarioStarted, .identified, .chapterStarted, .stepStarted, .setUpEnded, .progressed, .teardown,
      .runEnded:
      break
    }
  }

  private func line(_ text: String) { write(redactor.redact(text) + "\n") }

  private func show(_ result: StepResult) {
    let place = result.step.range
    line("\(style.bold("\(result.number). \(result.title)")) \(style.dim("(\(place.file):\(place.start.line))"))")
    line("")
    guard let places = result.places else { return }
    for renewal in result.renewals {
      line("  The session is made first, or made again: \(Self.summary(of: renewal))")
      show(renewal, places)
    }
    if let command = result.command {
      line("  The command `\(command.commandLine.text)` exited with \(command.status).")
      if command.calls.isEmpty { line("") }
      for call in command.calls {
        line("  \(Self.summary(of: call))")
        show(call, places)
      }
    } else if let exchange = result.exchange {
      line("  \(Self.summary(of: exchange))")
      show(exchange, places)
    } else if result.renewals.isEmpty {
      line("  Nothing was asked of AWS." + (Self.obstacle(result.verdict).map { " \($0)" } ?? ""))
      line("")
    }
  }

  private func show(_ exchange: Exchange, _ places: StatementPlaces) {
    if case .failure(let error) = exchange.outcome, !error.message.isEmpty { line("    \(style.dim(error.message))") }
    line("")
    guard let requests = exchange.explained?.requests else {
      line("    No policy was asked: the request ended before its permissions did matter.")
      return line("")
    }
    if requests.isEmpty {
      line("    No permission is needed.")
      return line("")
    }
    var text = DecisionText(style: style, places: places)
    for request in requests { text.add(request) }
    for each in text.lines { line(each) }
  }

  /// `sts:AssumeRole as Jane: 403 AccessDenied`
  private static func summary(of exchange: Exchange) -> String {
    let what = exchange.call?.operation.qualifiedName ?? "\(exchange.request.method) \(exchange.request.target)"
    let who = exchange.call == nil ? "" : exchange.principal.map { " as \($0)" } ?? " without a signature"
    var answer = "\(exchange.response.status)"
    if case .failure(let error) = exchange.outcome { answer += " \(error.code)" }
    return "\(what)\(who): \(answer)"
  }

  private static func obstacle(_ verdict: Verdict) -> String? {
    switch verdict {
    case .error(let problem): "The step could not be carried out: \(problem.message)"
    case .notRun(let cause): "The step was not run, because of: \(cause)"
    case .passed, .failed, .notReady: nil
    }
  }
}
