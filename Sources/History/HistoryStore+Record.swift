package import FoundationEssentials
package import Runner
import SQLite
import Scenario

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension HistoryStore {
  /// Keeps a run.
  /// - Parameter redact: takes secrets out of every text that is kept.
  package func record(_ result: RunResult, started: Date, redact: (String) -> String) throws {
    let steps = RecordedSteps(result, redact).json
    try database.transaction {
      try insertRun(result, started, steps)
      // Ids ascend by one, so this is the same as counting the rows, and looks at none of them.
      try database.run(
        "DELETE FROM runs WHERE id <= (SELECT max(id) FROM runs) - ?", SQLiteValue(Self.mostRuns))
    }
  }

  private func insertRun(_ result: RunResult, _ started: Date, _ steps: String) throws(SQLiteError) {
    var counts: [StepVerdict: Int] = [:]
    for scenario in result.scenarios {
      for step in scenario.steps { counts[StepVerdict(step.verdict), default: 0] += 1 }
    }
    func count(_ wanted: StepVerdict...) -> SQLiteValue {
      SQLiteValue(wanted.reduce(0) { $0 + counts[$1, default: 0] })
    }
    let targets = Set(result.scenarios.map(\.target)).sorted().joined(separator: ", ")
    try database.run(
      """
      INSERT INTO runs (started, microseconds, targets, scenarios, passed, failed, errors, not_run, steps)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .real(started.timeIntervalSince1970), .integer(result.duration.microseconds),
      .text(targets), SQLiteValue(result.scenarios.count), count(.passed), count(.failed), count(.error, .notReady),
      count(.notRun), .text(steps))
  }

  /// The file's path from the root, so that a run from another folder is of the same file.
  package static func absolute(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
