import AWSAPI
import HTTP
import IAMPolicy
import JSON
package import Runner
import Scenario

/// A run as a document to read: the scenario's prose, and for each step the call as an `aws` command, the exchange, the
/// verdict and why. It has no times and no machine in it, so that it is the same to the byte on every run.
package struct MarkdownTranscript: Recorder {
  private let redactor: Redactor
  private let write: (String) -> Void
  private var places: StatementPlaces?
  private var source = ""
  private var stepNumber = 0

  /// - Parameter write: gets the text, redacted, piece by piece.
  package init(redactor: Redactor, write: @escaping (String) -> Void) {
    self.redactor = redactor
    self.write = write
  }

  package mutating func record(_ event: Event) {
    switch event {
    case .scenarioStarted(let scenario, _): begin(scenario)
    case .chapterStarted(let chapter):
      if let title = chapter.title { paragraph("## \(title.value)") }
      if let about = chapter.about { paragraph(about.value) }
    case .stepEnded(let result): step(result)
    case .scenarioEnded(let result): end(result)
    case .runStarted, .stepStarted, .setUpEnded, .progressed, .teardown, .runEnded: break
    }
  }

  private func paragraph(_ text: String) {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    write(redactor.redact(text) + "\n\n")
  }

  private func fenced(_ text: String, _ language: String) {
    paragraph(CodeFence.around(text, language: language))
  }

  private mutating func begin(_ scenario: Scenario) {
    stepNumber = 0
    source = scenario.source.path
    paragraph("# \(scenario.name.value)")
    let file = source.split(separator: "/").last.map(String.init) ?? source
    paragraph(
      "<!-- Generated from \(file) by `iamdrill transcript`. Do not edit: `iamdrill transcript --check` compares. -->")
    if let about = scenario.about { paragraph(about.value) }
    let accounts = scenario.accounts.map { "| \($0.name.value) | `\($0.id.value)` |" }
    if !accounts.isEmpty { paragraph("| account | id |\n|---|---|\n" + accounts.joined(separator: "\n")) }
    // What depends on the moment, or on an answer, is shown where it is sent.
    for policy in scenario.policies where !policy.document.dependsOnTheMoment {
      guard let text = try? policy.document.value(in: Scope(scenario)).json.pretty else { continue }
      paragraph("**Policy `\(policy.name.value)`**")
      fenced(text, "json")
    }
  }

  private mutating func step(_ result: StepResult) {
    stepNumber += 1
    paragraph("### \(stepNumber). \(result.title)")
    if let about = result.step.about { paragraph(about.value) }
    for renewal in result.renewals {
      paragraph("The session has to be made first, or made again:")
      show(renewal)
    }
    if let exchange = result.exchange { show(exchange) }
    if let outcome = result.outcome {
      // A link carries a signature; all of it that tells anything is what it leads to.
      paragraph(outcome.hasPrefix("https://") ? "The link:\n\n    \(outcome)" : outcome)
    }
    paragraph("**\(verdict(result))**" + reason(result))
    let misses = nearMisses(result)
    if !misses.isEmpty { paragraph(misses) }
    for remark in result.remarks { paragraph("_Note: \(remark)._") }
  }

  private func show(_ exchange: Exchange) {
    if let call = exchange.call {
      let who = exchange.principal.map { "As **\($0)**:" } ?? "Without a signature:"
      paragraph(who)
      fenced(call.operation.commandLine(call.parameters).text(width: 100), "sh")
    }
    fenced(HTTPText.request(exchange.request), "http")
    fenced(HTTPText.response(exchange), "http")
  }

  private func verdict(_ result: StepResult) -> String {
    switch result.verdict {
    case .passed: result.step.expect == nil ? "Done." : "As expected."
    case .failed(let mismatches): "Not as expected: " + mismatches.map(\.summary).joined(separator: "; ")
    case .notReady(let message): "Not ready: \(message)"
    case .error(let problem): "Error: \(problem.message)"
    case .notRun(let cause): "Not run, because of: \(cause)"
    }
  }

  /// Why the call was allowed or refused, down to the statement.
  private func reason(_ result: StepResult) -> String {
    guard let decision = result.exchange?.decision else { return "" }
    let effect =
      switch decision.effect {
      case .allowed: "Allowed"
      case .explicitDeny: "Refused by an explicit deny"
      case .implicitDeny: "Refused because nothing allows it"
      }
    guard !decision.statements.isEmpty else { return " \(effect): `\(decision.decidedBy.name)`." }
    let statements = decision.statements.map { statement in
      let name = statement.policyName ?? statement.policyARN ?? "the policy"
      let sid = statement.sid.map { " (`\($0)`)" } ?? ""
      let owner = statement.attachedTo.map { " of \($0)" } ?? ""
      return "statement \(statement.index + 1)\(sid) of the \(statement.layer.rawValue) `\(name)`\(owner)"
    }
    return " \(effect): " + statements.joined(separator: ", and ") + "."
  }

  /// How many statements that came near are told of.
  private static let nearMisses = 4

  /// Where nothing allows a call: the statements that came nearest, and why they do not match.
  private func nearMisses(_ result: StepResult) -> String {
    guard let deciding = result.exchange?.explained?.deciding else { return "" }
    return deciding.nearMisses.prefix(Self.nearMisses).map { miss in
      let reasons = deciding.misfits(of: miss).map { $0.text.replacing("`", with: "'") }
      return "- \(miss.statement.title) does not match: `\(reasons.joined(separator: "`; `"))`"
    }.joined(separator: "\n")
  }

  private func end(_ result: ScenarioResult) {
    if let problem = result.problem { paragraph("**Error: \(problem.message)**") }
    guard !result.teardown.isEmpty else { return }
    paragraph("## Taken back")
    paragraph(
      result.teardown.map { "- `\($0.title)`" + ($0.problem.map { ": \($0)" } ?? "") }.joined(separator: "\n"))
  }
}

extension TemplateValue {
  /// Whether a function, such as `now()`, stands anywhere in it.
  fileprivate var dependsOnTheMoment: Bool {
    switch self {
    case .null: false
    case .scalar(let template): template.references.contains { $0.function != nil }
    case .list(let elements, _): elements.contains(where: \.dependsOnTheMoment)
    case .mapping(let entries, _): entries.contains { $0.value.dependsOnTheMoment }
    }
  }
}
