import Runner
import Scenario

/// A scenario's part of the page.
struct HTMLScenario {
  private let result: ScenarioResult
  private let index: Int
  private let renderer: DiagnosticRenderer

  init(_ result: ScenarioResult, index: Int) {
    self.result = result
    self.index = index
    renderer = result.renderer
  }

  private var outcome: String { result.hasError ? "error" : result.hasFailure ? "failed" : "passed" }

  private var anchor: (Int) -> String {
    let index = index
    return { "s\(index)-\($0)" }
  }

  /// The line in the list of scenarios.
  var entry: String {
    "<a href=\"#s\(index)\" class=\"\(outcome)\"><span class=\"dot\"></span>\(Markup.escaped(result.scenario.name.value))</a>\n"
  }

  var section: String {
    let scenario = result.scenario
    let tags = scenario.tags.map { "<span class=\"tag\">\(Markup.escaped($0.value))</span>" }.joined(separator: " ")
    let counts = VerdictCounts(result.steps)
    var text = "<section class=\"scenario \(outcome)\" id=\"s\(index)\">\n"
    text += "<h2><span class=\"dot\"></span>\(Markup.escaped(scenario.name.value))</h2>\n"
    text +=
      "<p class=\"facts\"><code>\(Markup.escaped(scenario.source.path))</code> on \(Markup.escaped(result.target)) · "
    text += "\(counts.all) steps, \(counts.text) · \(result.duration.shortText) \(tags)</p>\n"
    if let about = scenario.about { text += HTMLProse.paragraphs(about.value) }
    if let problem = result.problem { text += "<pre class=\"problem\">\(escaped(problem.diagnostic))</pre>\n" }
    text += pictures
    for (index, chapter) in scenario.chapters.enumerated() {
      let steps = result.steps.filter { $0.chapter == index }
      guard !steps.isEmpty else { continue }
      text += "<div class=\"chapter\">\n"
      if let title = chapter.title { text += "<h3>\(Markup.escaped(title.value))</h3>\n" }
      if let about = chapter.about { text += HTMLProse.paragraphs(about.value) }
      text += steps.map(step).joined() + "</div>\n"
    }
    let last = result.steps.filter { $0.chapter == nil }
    if !last.isEmpty { text += "<div class=\"chapter\">\n<h3>Finally</h3>\n\(last.map(step).joined())</div>\n" }
    return text + teardown + "</section>\n"
  }

  private func step(_ step: StepResult) -> String {
    HTMLStep(step, anchor: anchor(step.number), source: result.scenario.source.path, renderer: renderer).text
  }

  private var pictures: String {
    let matrix = AccessMatrix(result.steps)
    let sequence = SequenceDiagram(result.steps)
    var text = ""
    if !matrix.isEmpty {
      text += "<details class=\"picture\"><summary>Who was let do what</summary>\n<div class=\"scroll\" tabindex=\"0\">"
      text += matrix.svg(anchor: anchor) + "</div></details>\n"
    }
    if !sequence.messages.isEmpty {
      text += "<details class=\"picture\"><summary>Who called whom</summary>\n<div class=\"scroll\" tabindex=\"0\">"
      text += sequence.svg(anchor: anchor) + "</div></details>\n"
    }
    return text
  }

  private var teardown: String {
    guard !result.teardown.isEmpty else { return "" }
    let left = result.teardown.count { $0.problem != nil }
    let heading = "\(result.teardown.count - left) things taken back" + (left == 0 ? "" : ", \(left) left behind")
    let items = result.teardown.map { item in
      let problem = item.problem.map { " <strong>\(Markup.escaped($0))</strong>" } ?? ""
      return "<li><code>\(Markup.escaped(item.title))</code>\(problem)</li>"
    }
    let open = left == 0 ? "" : " open"
    return "<details class=\"teardown\"\(open)><summary>\(heading)</summary><ul>\(items.joined())</ul></details>\n"
  }

  private func escaped(_ diagnostic: Diagnostic) -> String { Markup.escaped(renderer.render(diagnostic)) }
}

/// Prose of scenario files as HTML: paragraphs, and what stands between backticks as code.
enum HTMLProse {
  static func paragraphs(_ text: String) -> String {
    var paragraphs: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if paragraphs.last?.isEmpty == false { paragraphs.append("") }
      } else {
        paragraphs[paragraphs.count - 1] += (paragraphs.last?.isEmpty == false ? "\n" : "") + line
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { "<p>\(inline($0))</p>\n" }.joined()
  }

  static func inline(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    // An odd number of backticks is prose.
    guard parts.count % 2 == 1 else { return Markup.escaped(text) }
    return parts.enumerated().map { index, part in
      index % 2 == 0 ? Markup.escaped(String(part)) : "<code>\(Markup.escaped(String(part)))</code>"
    }.joined()
  }
}
