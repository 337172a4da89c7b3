import AWSAPI
import HTTP
import IAMPolicy
import Runner
import Scenario

/// A step of the page: a line, and behind it the exchange and the explanation.
struct HTMLStep {
  private let result: StepResult
  private let anchor: String
  private let source: String
  private let renderer: DiagnosticRenderer

  init(_ result: StepResult, anchor: String, source: String, renderer: DiagnosticRenderer) {
    self.result = result
    self.anchor = anchor
    self.source = source
    self.renderer = renderer
  }

  /// `not-ready` is shown among the errors.
  private var verdict: String { if case .notReady = result.verdict { "error" } else { result.verdict.name } }

  private var sign: String {
    switch result.verdict {
    case .passed: "✓"
    case .failed: "✗"
    case .error, .notReady: "!"
    case .notRun: "–"
    }
  }

  var text: String {
    let who = result.step.principal.map { "<span class=\"who\">\(Markup.escaped($0.value))</span>" } ?? ""
    let name = result.exchange?.callName ?? result.command?.words.prefix(3).joined(separator: " ")
    let what = name.map { "<span class=\"what\">\(Markup.escaped($0))</span>" } ?? ""
    let open = result.verdict.diagnostics.isEmpty ? "" : " open"
    var text = "<details class=\"step \(verdict)\" id=\"\(anchor)\" data-verdict=\"\(verdict)\"\(open)>\n<summary>"
    text +=
      "<span class=\"sign\" aria-label=\"\(verdict)\">\(sign)</span><span class=\"number\">\(result.number)</span>"
    text += "<span class=\"name\">\(Markup.escaped(result.title))</span>\(who)\(what)"
    text += "<span class=\"time\">\(result.duration.shortText)</span></summary>\n<div class=\"inside\">\n"
    if let about = result.step.about { text += HTMLProse.paragraphs(about.value) }
    text += problems
    if let outcome = result.outcome { text += "<p class=\"outcome\">\(Markup.escaped(outcome))</p>\n" }
    for renewal in result.renewals {
      text += "<p class=\"renewal\">The session has to be made first, or made again:</p>\n" + exchange(renewal)
    }
    if let own = result.exchange { text += exchange(own) + explanation(of: own) }
    if let command = result.command {
      text += HTMLCommand.text(CommandText(command)) + (command.decidingCall.map(explanation) ?? "")
    }
    text += result.remarks.map { "<p class=\"remark\">\(Markup.escaped($0))</p>\n" }.joined()
    let again = "iamdrill run \(ShellWord.quoted(source)) --step \(result.number)"
    text +=
      "<p class=\"again\"><a href=\"#\(anchor)\">#\(result.number)</a> <code>\(Markup.escaped(again))</code></p>\n"
    return text + "</div>\n</details>\n"
  }

  private var problems: String {
    switch result.verdict {
    case .passed: return ""
    case .notRun(let cause): return "<p class=\"remark\">Not run, because of: \(Markup.escaped(cause))</p>\n"
    case .failed(let mismatches):
      return mismatches.map { mismatch in
        let difference = mismatch.comparison.map(diff) ?? ""
        return "<pre class=\"problem\">\(Markup.escaped(renderer.render(mismatch.diagnostic)))</pre>\n\(difference)"
      }.joined()
    case .error, .notReady:
      return result.verdict.diagnostics.map {
        "<pre class=\"problem\">\(Markup.escaped(renderer.render($0)))</pre>\n"
      }.joined()
    }
  }

  private func diff(_ comparison: Comparison) -> String {
    let lines = UnifiedDiff.between(comparison.expected, comparison.actual, oldName: "expected", newName: "actual")
      .split(separator: "\n").map { line in
        let kind = line.hasPrefix("-") ? "del" : line.hasPrefix("+") ? "ins" : "span"
        return "<\(kind)>\(Markup.escaped(String(line)))</\(kind)>"
      }
    return "<pre class=\"diff\">\(lines.joined(separator: "\n"))</pre>\n"
  }

  private func exchange(_ exchange: Exchange) -> String {
    var text = ""
    if let call = exchange.call {
      let command = call.operation.commandLine(call.parameters).text(width: 90)
      text += "<pre class=\"command\"><span class=\"prompt\">$ </span>\(Markup.escaped(command))</pre>\n"
    }
    let status = "<span class=\"status\">\(exchange.response.status)</span>"
    text += "<details class=\"exchange\"><summary>Request and answer \(status)</summary>\n"
    text += "<h4>Request</h4><pre>\(Markup.escaped(HTTPText.request(exchange.request)))</pre>\n"
    text += "<h4>Answer</h4><pre>\(Markup.escaped(HTTPText.response(exchange)))</pre>\n</details>\n"
    return text
  }

  // MARK: Why

  private func explanation(of exchange: Exchange) -> String {
    guard let trace = exchange.explanation else { return "" }
    var text =
      "<details class=\"why\"><summary>Why: \(Markup.escaped(ExplanationText.effect(trace.decision)))</summary>\n"
    if let asked = exchange.permission {
      text += "<p>Asked for <code>\(Markup.escaped(asked.action))</code> on "
      text += "<code>\(Markup.escaped(asked.resource))</code>.</p>\n"
    }
    for layer in trace.layers {
      let level = layer.level.map { ", level \($0 + 1)" } ?? ""
      let skipped = layer.exemption.map { ": not asked, \($0.rawValue)" } ?? ""
      text += "<h4>\(Markup.escaped("\(layer.layer.rawValue)\(level)\(skipped)"))</h4>\n<ul class=\"statements\">"
      for policy in layer.policies {
        for statement in policy.statements {
          let decided = trace.decision.statements.contains(statement.statement)
          text += "<li class=\"\(decided ? "decided" : "")\">\(Markup.escaped(name(of: policy))): "
          text += "\(Markup.escaped(ExplanationText.line(statement)))</li>"
        }
      }
      text += "</ul>\n"
    }
    return text + "</details>\n"
  }

  private func name(of policy: DecisionTrace.PolicyTrace) -> String {
    (policy.name ?? policy.arn ?? "policy") + (policy.attachedTo.map { " of \($0)" } ?? "")
  }
}
