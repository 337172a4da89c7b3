package import JSON

/// Several machines' JSON reports as one: the scenarios of all, in the order of the reports, and what that sums up to.
package struct MergedReport {
  private var head: [JSONMember] = []
  private var scenarios: [JSONValue] = []
  private var counts: [(name: String, count: Int)] = []
  private var duration = 0.0
  private var started: String?
  private var wasInterrupted = false
  package private(set) var hasError = false
  package private(set) var hasFailure = false

  package init() {}

  /// Adds a report.
  /// - Returns: why it cannot be; `nil` where it was.
  package mutating func add(_ bytes: [UInt8]) -> String? {
    let report: JSONValue
    do {
      report = try JSONValue(parsing: bytes)
    } catch {
      return "this is not JSON: \(error.message)"
    }
    guard report["format"]?.string == "iamdrill-report", let scenarios = report["scenarios"]?.array else {
      return "this is not a report of iamdrill"
    }
    guard case .number(String(JSONReport.version))? = report["version"]?.kind else {
      return "this is a report of another version"
    }
    if head.isEmpty {
      head = (report.object ?? []).filter { ["format", "version", "tool"].contains($0.name) }
    }
    self.scenarios += scenarios
    for member in report["counts"]?.object ?? [] {
      guard case .number(let text) = member.value.kind, let count = Int(text) else { continue }
      if let index = counts.firstIndex(where: { $0.name == member.name }) {
        counts[index].count += count
      } else {
        counts.append((member.name, count))
      }
    }
    // The machines worked at the same time: the whole took as long as the slowest.
    if case .number(let text)? = report["durationMs"]?.kind { duration = max(duration, Double(text) ?? 0) }
    if let time = report["started"]?.string { started = min(started ?? time, time) }
    if case .bool(true)? = report["interrupted"]?.kind { wasInterrupted = true }
    switch report["outcome"]?.string {
    case "passed": break
    case "failed": hasFailure = true
    default: hasError = true
    }
    return nil
  }

  package var json: JSONValue {
    .object(
      head + [
        JSONMember(name: "started", value: .string(started ?? "")),
        JSONMember(name: "durationMs", value: JSONValue(.number(String(duration)))),
        JSONMember(name: "interrupted", value: .bool(wasInterrupted)),
        JSONMember(name: "outcome", value: .string(hasError ? "error" : hasFailure ? "failed" : "passed")),
        JSONMember(
          name: "counts", value: .object(counts.map { JSONMember(name: $0.name, value: .number($0.count)) })),
        JSONMember(name: "scenarios", value: .array(scenarios)),
      ])
  }
}
