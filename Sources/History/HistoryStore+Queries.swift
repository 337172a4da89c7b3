package import FoundationEssentials
package import SQLite

/// A run that was kept.
package struct RecordedRun: Sendable, Hashable {
  package var id: Int64
  package var started: Date
  package var microseconds: Int64
  package var targets: String
  package var scenarios: Int
  package var passed: Int
  package var failed: Int
  package var errors: Int
  package var notRun: Int

  package var steps: Int { passed + failed + errors + notRun }
}

/// A step that did not end as it did in the run before on the same target.
package struct VerdictChange: Sendable, Hashable {
  package var place: StepPlace
  package var target: String
  package var former: StepVerdict
  package var now: StepVerdict
  /// The run that it ended otherwise in.
  package var formerRun: Int64
}

/// A step that is not as expected, and the first run in a row in which it was so.
package struct FailingStep: Sendable, Hashable {
  package var place: StepPlace
  package var target: String
  package var verdict: StepVerdict
  package var since: Int64
  package var started: Date
}

extension HistoryStore {
  /// The latest runs, the latest first.
  package func runs(limit: Int) throws(SQLiteError) -> [RecordedRun] {
    try runs("ORDER BY id DESC LIMIT ?", SQLiteValue(limit))
  }

  package func run(_ id: Int64) throws(SQLiteError) -> RecordedRun? { try runs("WHERE id = ?", .integer(id)).first }

  private func runs(_ clause: String, _ value: SQLiteValue) throws(SQLiteError) -> [RecordedRun] {
    var runs: [RecordedRun] = []
    let statement = try database.prepare(
      "SELECT id, started, microseconds, targets, scenarios, passed, failed, errors, not_run FROM runs \(clause)")
    try statement.rows(
      [value],
      while: { row in
        runs.append(
          RecordedRun(
            id: row.integer(0), started: Date(timeIntervalSince1970: row.real(1)), microseconds: row.integer(2),
            targets: row.text(3), scenarios: Int(row.integer(4)), passed: Int(row.integer(5)),
            failed: Int(row.integer(6)), errors: Int(row.integer(7)), notRun: Int(row.integer(8))))
        return true
      })
    return runs
  }

  /// Makes `placed`, every run's steps a row each, with an index by their places. To keep them so would cost each run the
  /// change of many pages, and they are asked for only now and then.
  private func findPlaces() throws(SQLiteError) {
    try database.execute(
      """
      DROP TABLE IF EXISTS temp.placed;
      CREATE TEMP TABLE placed AS
        SELECT runs.id AS run, part.key AS part, step.key AS position,
          json_extract(part.value, '$[0]') AS target, json_extract(part.value, '$[1]') AS file,
          json_extract(part.value, '$[2]') AS scenario,
          json_extract(step.value, '$[0]') AS title, json_extract(step.value, '$[1]') AS verdict
        FROM runs, json_each(runs.steps) AS part, json_each(part.value, '$[3]') AS step;
      CREATE INDEX temp.placed_by_place ON placed (file, scenario, title, target, run);
      """)
  }

  /// What changed its verdict with `run`, each step against the latest run before that had it, on the same target.
  package func changes(in run: Int64) throws(SQLiteError) -> [VerdictChange] {
    try findPlaces()
    var changes: [VerdictChange] = []
    let statement = try database.prepare(
      """
      SELECT now.file, now.scenario, now.title, now.target, former.verdict, now.verdict, former.run
      FROM placed AS now JOIN placed AS former
        ON former.file = now.file AND former.scenario = now.scenario AND former.title = now.title
          AND former.target = now.target
          AND former.run = (
            SELECT max(run) FROM placed WHERE file = now.file AND scenario = now.scenario AND title = now.title
              AND target = now.target AND run < now.run)
      WHERE now.run = ? AND former.verdict <> now.verdict ORDER BY now.part, now.position
      """)
    try statement.rows(
      [.integer(run)],
      while: { row in
        guard let former = StepVerdict(rawValue: row.text(4)), let now = StepVerdict(rawValue: row.text(5)) else {
          return true
        }
        changes.append(
          VerdictChange(
            place: Self.place(row), target: row.text(3), former: former, now: now, formerRun: row.integer(6)))
        return true
      })
    return changes
  }

  /// What is not as expected in `run`, and since when.
  package func failing(in run: Int64) throws(SQLiteError) -> [FailingStep] {
    try findPlaces()
    var failing: [FailingStep] = []
    let statement = try database.prepare(
      """
      SELECT now.file, now.scenario, now.title, now.target, now.verdict, runs.id, runs.started
      FROM placed AS now JOIN runs ON runs.id = (
        SELECT min(run) FROM placed WHERE file = now.file AND scenario = now.scenario AND title = now.title
          AND target = now.target AND run > coalesce((
            SELECT max(run) FROM placed WHERE file = now.file AND scenario = now.scenario AND title = now.title
              AND target = now.target AND verdict = 'passed' AND run < now.run), 0))
      WHERE now.run = ? AND now.verdict <> 'passed' ORDER BY now.part, now.position
      """)
    try statement.rows(
      [.integer(run)],
      while: { row in
        guard let verdict = StepVerdict(rawValue: row.text(4)) else { return true }
        failing.append(
          FailingStep(
            place: Self.place(row), target: row.text(3), verdict: verdict, since: row.integer(5),
            started: Date(timeIntervalSince1970: row.real(6))))
        return true
      })
    return failing
  }

  /// The files of which something was not as expected the last time that they were run.
  package func failedFiles() throws(SQLiteError) -> Set<String> {
    try findPlaces()
    var files: Set<String> = []
    let statement = try database.prepare(
      """
      SELECT DISTINCT file FROM placed AS now
      WHERE verdict <> 'passed' AND run = (SELECT max(run) FROM placed WHERE file = now.file)
      """)
    try statement.rows(
      [],
      while: { row in
        files.insert(row.text(0))
        return true
      })
    return files
  }

  private static func place(_ row: SQLiteRow) -> StepPlace {
    StepPlace(file: row.text(0), scenario: row.text(1), title: row.text(2))
  }
}
