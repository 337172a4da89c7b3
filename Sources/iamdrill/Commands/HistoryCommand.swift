import FoundationEssentials
import History
import Report
import SQLite

/// `iamdrill history`
enum HistoryCommand: Subcommand {
  static let description = CommandDescription(
    name: "history",
    summary: "List the runs that were made, what changed its verdict, and since when a step has failed.",
    arguments: "[RUN]",
    discussion: """
      Runs are kept in $XDG_STATE_HOME/iamdrill/history.sqlite, by default below ~/.local/state. Without RUN, the number of
      one, the latest run is told more of. A step is held against the run before that had it, on the same target.
      """,
    options: [.value("count", "N", letter: "n", "List so many runs; 20 is the default.")] + ColorChoice.options,
    notes: "Exits with 2 where nothing is kept, or there is no such run.")

  private static let defaultCount = 20

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let count = try arguments.number("count", in: 1...1_000_000, command: "history") ?? defaultCount
    let style = TerminalStyle(isOn: try ColorChoice.isWanted(arguments, command: "history"))
    guard arguments.positionals.count <= 1 else { throw UsageError("more than one run given", command: "history") }
    let wanted = try arguments.positionals.first.map { word throws(UsageError) in
      guard let id = Int64(word) else { throw UsageError("'\(word)' is no run's number", command: "history") }
      return id
    }
    guard let path = RunHistory.path, TextFile.exists(path) else {
      Console.writeError("iamdrill: no run has been kept yet\n")
      return .unreadable
    }
    do throws(SQLiteError) {
      let store = try HistoryStore(path: path, makingIt: false)
      let runs = try store.runs(limit: count)
      guard let run = try wanted.map({ id throws(SQLiteError) in try store.run(id) }) ?? runs.first else {
        Console.writeError("iamdrill: there is no run \(wanted.map { "\($0)" } ?? "yet")\n")
        return .unreadable
      }
      var text = wanted == nil ? list(runs.reversed(), style) : list([run], style)
      text += changes(try store.changes(in: run.id), style) + failing(try store.failing(in: run.id), run, style)
      Console.write(text)
      return .success
    } catch {
      Console.writeError("iamdrill: \(path): \(error)\n")
      return .unreadable
    }
  }

  private static func time(_ date: Date) -> String {
    String(date.formatted(.iso8601).prefix(16)).replacing("T", with: " ")
  }

  private static func list(_ runs: [RecordedRun], _ style: TerminalStyle) -> String {
    let rows = runs.map { run in
      let counts = [
        (run.passed, "as expected"), (run.failed, "not as expected"), (run.errors, "could not be carried out"),
        (run.notRun, "not run"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      let mark = run.failed + run.errors == 0 ? style.green("✓") : style.red("✗")
      let what = "\(run.scenarios) \(run.scenarios == 1 ? "scenario" : "scenarios") on \(run.targets)"
      return "\(mark) \(pad("\(run.id)", 5)) \(time(run.started))  \(what): \(counts)\n"
    }
    return rows.joined()
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func changes(_ changes: [VerdictChange], _ style: TerminalStyle) -> String {
    guard !changes.isEmpty else { return "" }
    return "\nChanged:\n"
      + changes.map { change in
        let now = change.now == .passed ? style.green(change.now.rawValue) : style.red(change.now.rawValue)
        return "  \(change.place.scenario): \(change.place.title): \(change.former.rawValue) → \(now) "
          + style.dim("(run \(change.formerRun), \(change.target))") + "\n"
      }.joined()
  }

  private static func failing(_ steps: [FailingStep], _ run: RecordedRun, _ style: TerminalStyle) -> String {
    guard !steps.isEmpty else { return "" }
    return "\nNot as expected:\n"
      + steps.map { step in
        let since = step.since == run.id ? "since this run" : "since run \(step.since), \(time(step.started))"
        return
          "  \(step.place.scenario): \(step.place.title): \(style.red(step.verdict.rawValue)) \(style.dim(since))\n"
      }.joined()
  }
}
