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
    let steps = Self.steps(of: result, redact)
    try database.transaction {
      try insertRun(result, started)
      let run = SQLiteValue.integer(try database.integer("SELECT last_insert_rowid()") ?? 0)
      let insert = try database.prepare("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      for (position, step) in steps.enumerated() {
        try insert.run([
          run, SQLiteValue(position), .text(step.target), .text(step.place.file), .text(step.place.scenario),
          SQLiteValue(step.number), .text(step.place.title), .text(step.verdict.rawValue),
        ])
      }
      try database.run(
        "DELETE FROM steps WHERE run IN (SELECT id FROM runs ORDER BY id DESC LIMIT -1 OFFSET ?)",
        SQLiteValue(Self.mostRuns))
      try database.run(
        "DELETE FROM runs WHERE id IN (SELECT id FROM runs ORDER BY id DESC LIMIT -1 OFFSET ?)",
        SQLiteValue(Self.mostRuns))
    }
  }

  private func insertRun(_ result: RunResult, _ started: Date) throws(SQLiteError) {
    let verdicts = result.scenarios.flatMap { $0.steps.map { StepVerdict($0.verdict) } }
    func count(_ wanted: StepVerdict...) -> SQLiteValue { SQLiteValue(verdicts.count { wanted.contains($0) }) }
    let targets = Set(result.scenarios.map(\.target)).sorted().joined(separator: ", ")
    try database.run(
      """
      INSERT INTO runs (started, microseconds, targets, scenarios, passed, failed, errors, not_run)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, .real(started.timeIntervalSince1970), .integer(result.duration.microseconds),
      .text(targets), SQLiteValue(result.scenarios.count), count(.passed), count(.failed), count(.error, .notReady),
      count(.notRun))
  }

  /// A step that was run several times is kept once, with the worst that came of it.
  private static func steps(of result: RunResult, _ redact: (String) -> String) -> [RecordedStep] {
    var steps: [RecordedStep] = []
    var known: [String: Int] = [:]
    for scenario in result.scenarios {
      let file = absolute(scenario.scenario.source.path)
      let name = redact(scenario.scenario.name.value)
      for step in scenario.steps {
        let verdict = StepVerdict(step.verdict)
        let key = "\(scenario.target)\u{0}\(file)\u{0}\(step.number)"
        if let index = known[key] {
          if verdict > steps[index].verdict { steps[index].verdict = verdict }
          continue
        }
        known[key] = steps.count
        steps.append(
          RecordedStep(
            target: scenario.target, number: step.number,
            place: StepPlace(file: file, scenario: name, title: redact(step.title)),
            verdict: verdict))
      }
    }
    return steps
  }

  /// The file's path from the root, so that a run from another folder is of the same file.
  package static func absolute(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}

private struct RecordedStep {
  var target: String
  var number: Int
  var place: StepPlace
  var verdict: StepVerdict
}
