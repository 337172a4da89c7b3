package import FoundationEssentials
package import Runner
import Scenario
import XML

/// A run as JUnit's XML, as CI servers read it: a case a step, a suite a chapter; what failed (an expectation), what could
/// not be carried out (an error) and what was not run (skipped) are kept apart.
package enum JUnitReport {
  /// - Parameter started: when the run began.
  package static func text(_ result: RunResult, started: Date) -> String {
    let suites = result.scenarios.flatMap { scenario in scenario.suites.map { ($0, scenario.renderer) } }
    var counts = VerdictCounts()
    for item in suites.flatMap(\.0.cases) { counts.add(item.verdict) }
    var xml = XMLWriter()
    xml.declaration()
    xml.start(
      "testsuites",
      attributes: [
        ("name", "iamdrill"), ("tests", "\(counts.all)"), ("failures", "\(counts.failed)"),
        ("errors", "\(counts.errors)"), ("time", result.duration.secondsText),
      ])
    for (suite, renderer) in suites { write(suite, renderer, started, to: &xml) }
    xml.raw("\n")
    xml.end("testsuites")
    xml.raw("\n")
    return String(decoding: xml.bytes, as: UTF8.self)
  }

  private static func write(_ suite: Suite, _ renderer: DiagnosticRenderer, _ started: Date, to xml: inout XMLWriter) {
    let counts = suite.counts
    xml.raw("\n  ")
    xml.start(
      "testsuite",
      attributes: [
        ("name", suite.name), ("tests", "\(counts.all)"), ("failures", "\(counts.failed)"),
        ("errors", "\(counts.errors)"), ("skipped", "\(counts.notRun)"), ("time", suite.duration.secondsText),
        // The schema wants a local time without a zone; this is UTC.
        ("timestamp", String(started.formatted(.iso8601).prefix(19))), ("package", suite.scenario.source.path),
      ])
    for item in suite.cases {
      xml.raw("\n    ")
      let attributes = [
        (name: "name", value: item.number.map { "\($0). \(item.name)" } ?? item.name),
        (name: "classname", value: suite.name), (name: "time", value: item.duration.secondsText),
      ]
      xml.element("testcase", attributes: attributes) { write(item, renderer, to: &$0) }
    }
    xml.raw("\n  ")
    xml.end("testsuite")
  }

  private static func write(_ item: Suite.Case, _ renderer: DiagnosticRenderer, to xml: inout XMLWriter) {
    let diagnostics = item.verdict.diagnostics
    let message = diagnostics.map(\.message).joined(separator: "; ")
    let details = diagnostics.map { renderer.render($0) }.joined(separator: "\n")
    switch item.verdict {
    case .passed: break
    case .notRun(let cause): wrapped("skipped", [("message", "not run, because of: \(cause)")], to: &xml)
    case .failed: wrapped("failure", [("message", message), ("type", "failed")], details, to: &xml)
    case .error, .notReady: wrapped("error", [("message", message), ("type", item.verdict.name)], details, to: &xml)
    }
    if !item.remarks.isEmpty { wrapped("system-out", [], item.remarks.joined(separator: "\n"), to: &xml) }
    if item.verdict.isPassed, item.remarks.isEmpty { return }
    xml.raw("\n    ")
  }

  private static func wrapped(
    _ name: String, _ attributes: [(name: String, value: String)], _ text: String = "", to xml: inout XMLWriter
  ) {
    xml.raw("\n      ")
    xml.element(name, attributes: attributes) { if !text.isEmpty { $0.text(text) } }
  }
}
