import AWSAPI
import HTTP
import IAMPolicy
import JSON
package import Runner
import Scenario

/// A run of a scenario as a document to read: the scenario's prose, two pictures of who did what, and for each step the call
/// with the AWS CLI and as the exchange of the API, the verdict and why. It has no times and no machine in it, so that it is
/// the same to the byte on every run.
package struct MarkdownTranscript {
  private var text = ""
  private let result: ScenarioResult

  /// The document, not redacted yet.
  package static func text(_ result: ScenarioResult) -> String {
    var transcript = MarkdownTranscript(result)
    transcript.write()
    var text = transcript.text
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }

  private init(_ result: ScenarioResult) {
    self.result = result
  }

  /// Where links to the step of a number lead.
  static func anchor(_ step: Int) -> String { "step-\(step)" }

  private mutating func paragraph(_ content: String) {
    var content = content
    while content.hasSuffix("\n") { content.removeLast() }
    text += content + "\n\n"
  }

  private mutating func fenced(_ content: String, _ language: String) {
    paragraph(CodeFence.around(content, language: language))
  }

  private mutating func write() {
    let scenario = result.scenario
    begin(scenario)
    contents()
    pictures()
    for (index, chapter) in scenario.chapters.enumerated() {
      if let title = chapter.title { paragraph("<a id=\"chapter-\(index + 1)\"></a>\n\n## \(title.value)") }
      if let about = chapter.about { paragraph(about.value) }
      for step in result.steps where step.chapter == index { self.step(step) }
    }
    let last = result.steps.filter { $0.chapter == nil }
    if !last.isEmpty { paragraph("<a id=\"finally\"></a>\n\n## Finally") }
    for step in last { self.step(step) }
    end()
  }

  // MARK: The beginning

  private mutating func begin(_ scenario: Scenario) {
    paragraph("# \(scenario.name.value)")
    let file = scenario.source.path.split(separator: "/").last.map(String.init) ?? scenario.source.path
    paragraph(
      "<!-- Generated from \(file) by `iamdrill transcript`. Do not edit: `iamdrill transcript --check` compares. -->")
    if let about = scenario.about { paragraph(about.value) }
    let accounts = scenario.accounts.map { "| \($0.name.value) | `\($0.id.value)` |" }
    if !accounts.isEmpty { paragraph("| account | id |\n|---|---|\n" + accounts.joined(separator: "\n")) }
  }

  private mutating func contents() {
    var lines: [String] = []
    for (index, chapter) in result.scenario.chapters.enumerated() {
      let steps = result.steps.filter { $0.chapter == index }
      let links = steps.map { "[\($0.number)](#\(Self.anchor($0.number)))" }.joined(separator: " ")
      guard let title = chapter.title else {
        lines.append("- Steps: \(links)")
        continue
      }
      lines.append("- [\(title.value)](#chapter-\(index + 1)): \(links)")
    }
    if result.steps.contains(where: { $0.chapter == nil }) { lines.append("- [Finally](#finally)") }
    if !policies.isEmpty { lines.append("- [The policies](#policies)") }
    paragraph("**Contents**")
    paragraph(lines.joined(separator: "\n"))
  }

  private mutating func pictures() {
    let matrix = AccessMatrix(result.steps)
    if !matrix.isEmpty {
      paragraph("**Who was let do what**")
      paragraph(matrix.markdown { Self.anchor($0) })
    }
    let sequence = SequenceDiagram(result.steps)
    if !sequence.messages.isEmpty {
      paragraph("**Who called whom**")
      fenced(sequence.mermaid, "mermaid")
    }
  }

  // MARK: Steps

  private mutating func step(_ result: StepResult) {
    paragraph("<a id=\"\(Self.anchor(result.number))\"></a>\n\n### \(result.number). \(result.title)")
    if let about = result.step.about { paragraph(about.value) }
    for renewal in result.renewals {
      paragraph("The session has to be made first, or made again:")
      show(renewal)
    }
    if let exchange = result.exchange { show(exchange) }
    if let command = result.command { show(CommandText(command)) }
    if let outcome = result.outcome {
      // A link carries a signature; all of it that tells anything is what it leads to.
      paragraph(outcome.hasPrefix("https://") ? "The link:\n\n    \(outcome)" : outcome)
    }
    let words = VerdictWords(result)
    let reason = words.reason.isEmpty ? "" : " " + words.reason
    paragraph("**\(words.verdict)**\(reason)")
    if !words.misses.isEmpty { paragraph(words.misses.map { "- \($0)" }.joined(separator: "\n")) }
    for remark in result.remarks { paragraph("_Note: \(remark)._") }
  }

  private mutating func show(_ exchange: Exchange) {
    let who = exchange.principal.map { "As **\($0)**" } ?? "Without a signature"
    if let call = exchange.call {
      paragraph("\(who), with the AWS CLI:")
      fenced(call.operation.commandLine(call.parameters).text(width: 100), "sh")
    }
    paragraph(exchange.call == nil ? "\(who), over HTTP:" : "Over the API:")
    fenced(HTTPText.request(exchange.request), "http")
    fenced(HTTPText.response(exchange), "http")
  }

  private mutating func show(_ command: CommandText) {
    paragraph(command.introduction + ":")
    if let configuration = command.configuration { fenced(configuration, "ini") }
    fenced([command.exports, command.line(width: 100)].compactMap { $0 }.joined(separator: "\n"), "sh")
    let output = command.output
    paragraph(output.isEmpty ? "It prints nothing." : "It prints:")
    if !output.isEmpty { fenced(output, "text") }
    if let ending = command.ending { paragraph(ending) }
    guard !command.calls.isEmpty else { return }
    paragraph("What it asked for:")
    paragraph(command.calls.map { "- \($0)" }.joined(separator: "\n"))
  }

  // MARK: The end

  private var policies: [(name: String, text: String)] { result.scenario.readablePolicies }

  private mutating func end() {
    if let problem = result.problem { paragraph("**Error: \(problem.message)**") }
    if !result.teardown.isEmpty {
      paragraph("## Taken back")
      paragraph(
        result.teardown.map { "- `\($0.title)`" + ($0.problem.map { ": \($0)" } ?? "") }.joined(separator: "\n"))
    }
    guard !policies.isEmpty else { return }
    paragraph("<a id=\"policies\"></a>\n\n## The policies")
    for policy in policies {
      paragraph("**`\(policy.name)`**")
      fenced(policy.text, "json")
    }
  }
}
