import AWSAPI
import HTTP
import IAMPolicy
package import Runner
package import Scenario

/// What the interactive tutorial says.
package struct TutorialText {
  private let style: TerminalStyle
  private let columns: Int
  private let renderer: DiagnosticRenderer

  package init(_ scenario: Scenario, style: TerminalStyle, columns: Int) {
    self.style = style
    self.columns = columns
    renderer = DiagnosticRenderer(files: [scenario.source] + scenario.furtherSources, color: style.isOn)
  }

  private func prose(_ text: String) -> String { WrappedText.wrap(text, columns: columns) + "\n" }

  package func opening(of scenario: Scenario) -> String {
    var text = style.bold(scenario.name.value) + "\n"
    if let about = scenario.about { text += "\n" + prose(about.value) }
    if !scenario.accounts.isEmpty {
      text += "\n" + scenario.accounts.map { "  \($0.name.value): account \($0.id.value)\n" }.joined()
    }
    return text
  }

  package func heading(_ chapter: Scenario.Chapter, number: Int, of count: Int) -> String {
    let rule = style.dim(String(repeating: "─", count: min(columns, WrappedText.widest)))
    let title = chapter.title?.value ?? "The steps"
    return "\n\(rule)\n\(style.dim("Chapter \(number) of \(count)"))  \(style.bold(title))\n"
      + (chapter.about.map { "\n" + prose($0.value) } ?? "")
  }

  /// What is about to happen, and as whom.
  package func announcement(_ step: Scenario.Step, number: Int, of count: Int) -> String {
    let who = step.principal.map { " as \(style.cyan($0.value))" } ?? ""
    var text = "\n\(style.dim("Step \(number) of \(count)"))  \(style.bold(step.title))\n"
    text += "  \(what(step.action))\(who)\n"
    if let about = step.about { text += WrappedText.wrap(about.value, columns: columns, indent: "  ") + "\n" }
    return text
  }

  private func what(_ action: Scenario.Action) -> String {
    switch action {
    case .call(let call): "calls \(call.operation.value)"
    case .cli(let command): "runs \(command.words.prefix(3).map { $0.literal ?? "…" }.joined(separator: " "))"
    case .advance(let duration): "the clock goes on by \(duration.value.text)"
    case .presign(let call, _): "signs a link for \(call.operation.value)"
    case .fetch: "opens a link"
    case .switchRole: "makes the console's link that switches to a role"
    case .check: "looks at what came before"
    }
  }

  /// The request, the answer, and why.
  package func outcome(_ result: StepResult) -> String {
    var text = ""
    for renewal in result.renewals {
      text += style.dim("  The session has to be made first, or made again:") + "\n" + exchange(renewal)
    }
    if let own = result.exchange { text += exchange(own) }
    if let command = result.command { text += CommandText(command).text(style, indent: "  ") + "\n" }
    if let outcome = result.outcome { text += "  \(outcome)\n" }
    let words = VerdictWords(result)
    let mark = result.verdict.isPassed ? style.green("✓") : style.red("✗")
    text += "  \(mark) \(style.bold(words.verdict)) \(words.reason.replacing("`", with: ""))\n"
    for diagnostic in diagnostics(result.verdict) { text += "\n" + renderer.render(diagnostic) }
    for remark in result.remarks { text += "  \(style.dim(remark))\n" }
    return text
  }

  private func diagnostics(_ verdict: Verdict) -> [Diagnostic] { verdict.diagnostics }

  private func exchange(_ exchange: Exchange) -> String {
    ExchangeText(exchange, isFull: false).text(style, indent: "  ") + "\n"
  }

  // MARK: Keys

  /// `w`
  package func why(_ result: StepResult) -> String {
    guard let exchange = result.decidingExchange else { return "Nothing was asked of AWS here.\n" }
    guard let explanation = exchange.explanation else { return "This call asks for no permission.\n" }
    var lines: [String] = []
    if let asked = exchange.permission {
      lines.append("\(exchange.callerName) asked for \(asked.action) on \(asked.resource)")
    }
    lines += ExplanationText(explanation).lines
    return lines.map { "  \($0)\n" }.joined()
  }

  /// `p`
  package func policies(_ result: StepResult) -> String {
    guard let exchange = result.decidingExchange, let layers = exchange.policiesInForce,
      let decision = exchange.decision
    else {
      return "No policy was asked.\n"
    }
    return PolicyText.text(layers, decision, style).split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  \($0)\n" }.joined()
  }

  /// `c`
  package func command(_ result: StepResult) -> String {
    if let command = result.command {
      return "  " + CommandText(command).line(width: columns - 2).replacing("\n", with: "\n  ") + "\n"
    }
    guard let call = result.exchange?.call else { return "The AWS CLI has no command for this step.\n" }
    return "  " + call.operation.commandLine(call.parameters).text(width: columns - 2).replacing("\n", with: "\n  ")
      + "\n"
  }

  /// `s`
  package func link(_ result: StepResult) -> String {
    if case .switchRole = result.step.action, let link = result.outcome { return "  \(link)\n" }
    guard let call = result.decidingExchange?.call ?? result.renewals.last?.call else { return noLink }
    do throws(SwitchRoleLink.Refusal) {
      guard let link = try SwitchRoleLink(call) else { return noLink }
      return "  \(link.url)\n  " + style.dim("With real accounts, a signed-in user takes on the role by this link.")
        + "\n"
    } catch {
      return "  The console cannot do this: \(error.reason).\n"
    }
  }

  private var noLink: String { "No role is taken on in this step, so the console has no link for it.\n" }

  package func keys(isDone: Bool) -> String {
    let enter = isDone ? "Enter goes on" : "Enter does it"
    return style.dim("[\(enter) · w why · p policies · c command · s link · b shell · r redo · q quit]")
  }

  package func end(_ result: ScenarioResult) -> String {
    let counts = VerdictCounts(result.steps)
    let left = result.teardown.count { $0.problem != nil }
    var text = "\n\(counts.all) steps: \(counts.text).\n"
    text += "\(result.teardown.count - left) things taken back" + (left == 0 ? ".\n" : ", \(left) left behind.\n")
    return text
  }
}
