import FoundationEssentials
import History
import Runner
import SQLite
import Threads

/// The user's history of runs.
enum RunHistory {
  static let options: [CommandDescription.Option] = [
    .flag("failed", "Only scenarios of which something was not as expected when they were last run."),
    .flag("no-history", "Do not keep this run for `iamdrill history`."),
  ]

  static var path: String? {
    HistoryStore.path(stateHome: Console.environment("XDG_STATE_HOME"), home: Console.environment("HOME"))
  }

  /// What is to be kept of a run.
  struct Record: Sendable {
    var result: RunResult
    var started: Date
    var redactor: Redactor
  }

  /// Keeps what `record` gives when the file is open. That it cannot be kept is said only where there is a file that should
  /// have taken it: a machine without a home, as of a CI server, keeps none.
  fileprivate static func keep(_ record: () -> Record) {
    guard let path else { return }
    do {
      let store = try HistoryStore(path: path, makingIt: true)
      let record = record()
      try store.record(record.result, started: record.started) { record.redactor.redact($0) }
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

/// Opens the history on a thread of its own while a run goes on, which takes longer than to write into it.
struct HistoryKeeper {
  private let record = Monitor<RunHistory.Record?>(nil)
  private let thread: Thread?

  init() {
    thread = Thread { [record] in RunHistory.keep { record.wait { $0 } } }
  }

  /// Keeps the run; to be called once.
  func keep(_ result: RunResult, started: Date, _ redactor: Redactor) {
    let ended = RunHistory.Record(result: result, started: started, redactor: redactor)
    guard let thread else { return RunHistory.keep { ended } }
    record.access { $0 = ended }
    record.signal()
    thread.join()
  }
}
