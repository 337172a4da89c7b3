package import FoundationEssentials
package import Runner
import Scenario

/// A run as one page that needs nothing but itself: no file beside it, no network.
///
/// All of it is there without a script; the script only filters, searches and moves the focus.
package enum HTMLReport {
  /// - Parameter started: when the run began.
  package static func text(_ result: RunResult, started: Date) -> String {
    let scenarios = result.scenarios.enumerated().map { HTMLScenario($0.element, index: $0.offset + 1) }
    let counts = VerdictCounts(result.scenarios.flatMap(\.steps))
    let facts = [
      "\(counts.all) steps in \(result.scenarios.count) \(result.scenarios.count == 1 ? "scenario" : "scenarios")",
      result.duration.shortText, String(started.formatted(.iso8601).prefix(16)).replacing("T", with: " ") + " UTC",
    ]
    var body = header(result, counts, facts)
    body += "<div class=\"page\">\n<nav aria-label=\"Scenarios\">\n\(scenarios.map(\.entry).joined())</nav>\n"
    body += "<main id=\"main\" tabindex=\"-1\">\n"
    body += "<p id=\"nothing\" hidden>Nothing here is like that.</p>\n"
    body += scenarios.map(\.section).joined()
    body += "</main>\n</div>\n" + HTMLPage.keys
    return HTMLPage.text(title: "\(result.sign) iamdrill: \(counts.text)", body: body)
  }

  private static func header(_ result: RunResult, _ counts: VerdictCounts, _ facts: [String]) -> String {
    let filters = [
      ("all", "All", counts.all), ("passed", "As expected", counts.passed), ("failed", "Failed", counts.failed),
      ("error", "Errors", counts.errors), ("not-run", "Not run", counts.notRun),
    ]
    let buttons = filters.filter { $0.0 == "all" || $0.2 > 0 }.map { name, title, count in
      "<button type=\"button\" data-filter=\"\(name)\" aria-pressed=\"\(name == "all")\">\(title) <b>\(count)</b></button>"
    }
    let outcome = result.hasError ? "error" : result.hasFailure ? "failed" : "passed"
    return """
      <a class="skip" href="#main">To the steps</a>
      <header class="top \(outcome)">
      <div class="title"><span class="mark">\(result.sign)</span>
      <div><h1>\(Markup.escaped(title(counts)))</h1>
      <p>\(facts.map(Markup.escaped).joined(separator: " · "))</p></div></div>
      <div class="meter" role="img" aria-label="\(counts.text)">\(meter(counts))</div>
      <div class="tools">
      <input id="search" type="search" placeholder="Search steps ( / )" aria-label="Search steps" autocomplete="off">
      <div class="filters" role="group" aria-label="Show">\(buttons.joined())</div>
      <button type="button" id="expand" aria-pressed="false">Open all</button>
      <button type="button" id="theme" aria-label="Light or dark">◐</button>
      <button type="button" id="help" aria-label="Keys">?</button>
      </div>
      <p id="found" class="sr" aria-live="polite"></p>
      </header>

      """
  }

  private static func title(_ counts: VerdictCounts) -> String {
    counts.passed == counts.all ? "All as expected" : counts.text
  }

  private static func meter(_ counts: VerdictCounts) -> String {
    let parts = [
      ("passed", counts.passed), ("failed", counts.failed), ("error", counts.errors), ("not-run", counts.notRun),
    ]
    return parts.filter { $0.1 > 0 }.map { "<i class=\"\($0.0)\" style=\"flex-grow:\($0.1)\"></i>" }.joined()
  }
}

extension RunResult {
  fileprivate var sign: String { hasError || hasFailure ? "✗" : "✓" }
}
