import FoundationEssentials
import History
import Runner
import SQLite

/// The user's history of runs.
enum RunHistory {
  static let options: [CommandDescription.Option] = [
    .flag("failed", "Only scenarios of which something was not as expected when they were last run."),
    .flag("no-history", "Do not keep this run for `iamdrill history`."),
  ]

  static var path: String? {
    HistoryStore.path(stateHome: Console.environment("XDG_STATE_HOME"), home: Console.environment("HOME"))
  }

  /// Keeps a run. That it cannot be kept is said only where there is a file that should have taken it: a machine without a
  /// home, as of a CI server, keeps none.
  static func keep(_ result: RunResult, started: Date, _ redactor: Redactor) {
    guard let path else { return }
    do {
      let store = try HistoryStore(path: path, makingIt: true)
      try store.record(result, started: started) { redactor.redact($0) }
    } catch {
      guard TextFile.exists(path) else { return }
      Console.writeError("iamdrill: the run could not be kept in \(path): \(error)\n")
    }
  }

  /// The files of which something was not as expected when they were last run, from the root; `nil` where nothing is kept.
  static func failedFiles() -> Set<String>? {
    guard let path, let store = try? HistoryStore(path: path, makingIt: false) else { return nil }
    return try? store.failedFiles()
  }
}
