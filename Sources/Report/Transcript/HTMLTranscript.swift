import AWSAPI
import HTTP
package import Runner
import Scenario

/// The same document as ``MarkdownTranscript``, as one page of HTML.
package enum HTMLTranscript {
  /// The page, not redacted yet.
  package static func text(_ result: ScenarioResult) -> String {
    HTMLPage.text(title: result.scenario.name.value, body: body(result), hasScript: false)
  }

  private static func body(_ result: ScenarioResult) -> String {
    let scenario = result.scenario
    var text = "<div class=\"page document\">\n\(contents(result))<main class=\"scenario\">\n"
    text += "<h1>\(Markup.escaped(scenario.name.value))</h1>\n"
    if let about = scenario.about { text += HTMLProse.paragraphs(about.value) }
    text += "<table><tr><th>account</th><th>id</th></tr>\n"
    for account in scenario.accounts {
      text +=
        "<tr><td>\(Markup.escaped(account.name.value))</td><td><code>\(Markup.escaped(account.id.value))</code></td></tr>\n"
    }
    text += "</table>\n" + pictures(result)
    for (index, chapter) in scenario.chapters.enumerated() {
      if let title = chapter.title { text += "<h2 id=\"chapter-\(index + 1)\">\(Markup.escaped(title.value))</h2>\n" }
      if let about = chapter.about { text += HTMLProse.paragraphs(about.value) }
      text += result.steps.filter { $0.chapter == index }.map(step).joined()
    }
    let last = result.steps.filter { $0.chapter == nil }
    if !last.isEmpty { text += "<h2 id=\"finally\">Finally</h2>\n" + last.map(step).joined() }
    return text + end(result) + "</main>\n</div>\n"
  }

  private static func contents(_ result: ScenarioResult) -> String {
    var text = "<nav aria-label=\"Contents\">\n"
    for (index, chapter) in result.scenario.chapters.enumerated() {
      if let title = chapter.title { text += "<a href=\"#chapter-\(index + 1)\">\(Markup.escaped(title.value))</a>\n" }
    }
    if result.steps.contains(where: { $0.chapter == nil }) { text += "<a href=\"#finally\">Finally</a>\n" }
    if !result.scenario.readablePolicies.isEmpty { text += "<a href=\"#policies\">The policies</a>\n" }
    return text + "</nav>\n"
  }

  private static func pictures(_ result: ScenarioResult) -> String {
    let matrix = AccessMatrix(result.steps)
    let sequence = SequenceDiagram(result.steps)
    var text = ""
    if !matrix.isEmpty {
      text += "<h2>Who was let do what</h2>\n<div class=\"scroll\" tabindex=\"0\">"
      text += matrix.svg { MarkdownTranscript.anchor($0) } + "</div>\n"
    }
    if !sequence.messages.isEmpty {
      text += "<h2>Who called whom</h2>\n<div class=\"scroll\" tabindex=\"0\">"
      text += sequence.svg { MarkdownTranscript.anchor($0) } + "</div>\n"
    }
    return text
  }

  private static func step(_ result: StepResult) -> String {
    var text = "<section id=\"\(MarkdownTranscript.anchor(result.number))\">\n"
    text += "<h3>\(result.number). \(Markup.escaped(result.title))</h3>\n"
    if let about = result.step.about { text += HTMLProse.paragraphs(about.value) }
    for renewal in result.renewals {
      text += "<p>The session has to be made first, or made again:</p>\n" + exchange(renewal)
    }
    if let own = result.exchange { text += exchange(own) }
    if let command = result.command { text += HTMLCommand.text(CommandText(command)) }
    if let outcome = result.outcome { text += "<p class=\"outcome\">\(Markup.escaped(outcome))</p>\n" }
    let words = VerdictWords(result)
    text += "<p><strong>\(Markup.escaped(words.verdict))</strong> \(HTMLProse.inline(words.reason))</p>\n"
    if !words.misses.isEmpty {
      text += "<ul>\(words.misses.map { "<li>\(HTMLProse.inline($0))</li>" }.joined())</ul>\n"
    }
    text += result.remarks.map { "<p class=\"remark\">\(Markup.escaped($0))</p>\n" }.joined()
    return text + "</section>\n"
  }

  private static func exchange(_ exchange: Exchange) -> String {
    let who = exchange.principal.map { "As <b>\(Markup.escaped($0))</b>" } ?? "Without a signature"
    var text = ""
    if let call = exchange.call {
      let command = call.operation.commandLine(call.parameters).text(width: 100)
      text += "<h4>\(who), with the AWS CLI</h4>\n<pre class=\"command\">\(Markup.escaped(command))</pre>\n"
    }
    text += exchange.call == nil ? "<h4>\(who), over HTTP</h4>\n" : "<h4>Over the API</h4>\n"
    text += "<pre>\(Markup.escaped(HTTPText.request(exchange.request)))</pre>\n"
    return text + "<pre>\(Markup.escaped(HTTPText.response(exchange)))</pre>\n"
  }

  private static func end(_ result: ScenarioResult) -> String {
    var text = result.problem.map { "<p><strong>Error: \(Markup.escaped($0.message))</strong></p>\n" } ?? ""
    if !result.teardown.isEmpty {
      let items = result.teardown.map { item in
        "<li><code>\(Markup.escaped(item.title))</code>\(item.problem.map { ": " + Markup.escaped($0) } ?? "")</li>"
      }
      text += "<h2>Taken back</h2>\n<ul>\(items.joined(separator: "\n"))</ul>\n"
    }
    let policies = result.scenario.readablePolicies
    guard !policies.isEmpty else { return text }
    text += "<h2 id=\"policies\">The policies</h2>\n"
    for policy in policies {
      text += "<h3><code>\(Markup.escaped(policy.name))</code></h3>\n<pre>\(Markup.escaped(policy.text))</pre>\n"
    }
    return text
  }
}
