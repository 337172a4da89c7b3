package import Runner
import Scenario

/// A run for GitHub Actions: an annotation at the place of everything that is wrong, and a summary of the job.
///
/// The forms are those of GitHub's "Workflow commands for GitHub Actions".
package enum GitHubReport {
  /// A line for each thing that is wrong, to be written to the job's log.
  package static func annotations(_ result: RunResult) -> String {
    var text = ""
    for scenario in result.scenarios {
      for item in scenario.suites.flatMap(\.cases) {
        let title = "\(scenario.scenario.name.value): \(item.name)"
        for diagnostic in item.verdict.diagnostics {
          text += annotation(diagnostic, title: title, fallback: scenario.scenario.source.path)
        }
      }
    }
    return text
  }

  private static func annotation(_ diagnostic: Diagnostic, title: String, fallback: String) -> String {
    var properties = ["file=\(property(diagnostic.range?.file ?? fallback))"]
    if let range = diagnostic.range {
      properties += ["line=\(range.start.line)", "endLine=\(range.end.line)"]
      // Columns say something only within one line.
      if range.start.line == range.end.line {
        properties += ["col=\(range.start.column)", "endColumn=\(range.end.column)"]
      }
    }
    properties.append("title=\(property(title))")
    let details =
      [diagnostic.message] + (diagnostic.label.map { [$0] } ?? []) + diagnostic.notes.map { "= \($0.message)" }
    return "::error \(properties.joined(separator: ","))::\(data(details.joined(separator: "\n")))\n"
  }

  /// A command's message: what would end it is escaped.
  private static func data(_ text: String) -> String { escaped(text, beyond: []) }

  /// A property's value: also what would end the property or the properties.
  private static func property(_ text: String) -> String { escaped(text, beyond: [":", ","]) }

  private static func escaped(_ text: String, beyond further: Set<Unicode.Scalar>) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "\r" || scalar == "\n" || further.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// GitHub takes no summary of a step that is larger than a mebibyte.
  package static let largestSummary = 1 << 20

  /// The job's summary in Markdown: a row a scenario, and everything that is wrong with its place.
  package static func summary(_ result: RunResult) -> String {
    let counts = VerdictCounts(result.scenarios.flatMap(\.steps))
    let sign = result.hasError || result.hasFailure ? "❌" : "✅"
    var text = "## \(sign) iamdrill: \(counts.all) steps, \(counts.text)\n\n"
    text += "| scenario | steps | as expected | failed | errors | not run | time |\n|---|--:|--:|--:|--:|--:|--:|\n"
    for scenario in result.scenarios {
      let counts = VerdictCounts(scenario.steps)
      let cells = [
        "\(scenario.hasError || scenario.hasFailure ? "❌" : "✅") \(cell(scenario.scenario.name.value))",
        "\(counts.all)", "\(counts.passed)", "\(counts.failed)", "\(counts.errors)", "\(counts.notRun)",
        scenario.duration.shortText,
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    for scenario in result.scenarios { text += failures(of: scenario) }
    guard text.utf8.count > largestSummary else { return text }
    let end = "\n\n… and more, which GitHub would not take.\n"
    return String(decoding: text.utf8.prefix(largestSummary - end.utf8.count - 4), as: UTF8.self) + end
  }

  private static func failures(of scenario: ScenarioResult) -> String {
    let wrong = scenario.suites.flatMap(\.cases).filter { !$0.verdict.diagnostics.isEmpty }
    guard !wrong.isEmpty else { return "" }
    var text = "\n### \(cell(scenario.scenario.name.value))\n"
    let renderer = scenario.renderer
    for item in wrong {
      let details = item.verdict.diagnostics.map { renderer.render($0) }.joined(separator: "\n")
      text += "\n<details><summary>\(html(item.name))</summary>\n\n"
      text += "\(CodeFence.around(details))\n\n</details>\n"
    }
    return text
  }

  /// Text within a table's cell.
  private static func cell(_ text: String) -> String {
    html(text.replacing("\n", with: " ")).replacing("|", with: "\\|")
  }

  private static func html(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

/// Text between the fences of Markdown.
enum CodeFence {
  /// Longer fences where the text has some itself.
  static func around(_ text: String, language: String = "") -> String {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }
}
