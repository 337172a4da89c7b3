import Glibc
import Report
import Runner
import Synchronization
import Threads

/// What people see of a run: lines, and on a terminal the line that says what is running.
struct RunOutput {
  static let options: [CommandDescription.Option] = [
    .flag("quiet", letter: "q", "Show only what is not as expected."),
    .flag("verbose", letter: "v", "Show each request and its answer; -vv also where it went and how it was decided."),
    .flag("no-progress", "Do not show on a terminal what is running."),
  ]

  private let color: Bool
  private let verbosity: Verbosity
  private let descriptor: Int32
  private let isLive: Bool

  init(_ arguments: ParsedArguments, color: Bool, toStandardError: Bool) {
    self.color = color
    let verbose = arguments.count("verbose")
    verbosity = arguments.has("quiet") ? .quiet : verbose == 0 ? .normal : verbose == 1 ? .exchanges : .connections
    descriptor = toStandardError ? STDERR_FILENO : STDOUT_FILENO
    isLive = !toStandardError && Console.isTerminal && !arguments.has("no-progress")
  }

  /// Shows what `run` tells, and gives what came of it.
  func show(_ redactor: Redactor, _ run: ((@escaping (Event) -> Void)) -> RunResult) -> RunResult {
    isLive ? showLive(redactor, run) : showPlain(redactor, run)
  }

  private func showPlain(_ redactor: Redactor, _ run: ((@escaping (Event) -> Void)) -> RunResult) -> RunResult {
    // On a terminal every line is shown at once; elsewhere few large writes are faster.
    var output = BufferedOutput(isImmediate: isatty(descriptor) == 1, descriptor: descriptor)
    var report = TerminalReport(color: color, verbosity: verbosity, redactor: redactor) { output.write($0) }
    let result = run { report.record($0) }
    output.flush()
    return result
  }

  private func showLive(_ redactor: Redactor, _ run: ((@escaping (Event) -> Void)) -> RunResult) -> RunResult {
    let progress = LiveProgress(color: color, redactor: redactor, columns: { Console.columns }) { Console.write($0) }
    var report = TerminalReport(color: color, verbosity: verbosity, redactor: redactor) { progress.above($0) }
    let ticker = Ticker { progress.tick() }
    let result = run { event in
      progress.note(event)
      if case .runEnded = event {
        ticker.stop()
        progress.end()
      }
      report.record(event)
    }
    return result
  }
}

/// Calls something a few times a second, on a thread of its own, until it is stopped.
final class Ticker: Sendable {
  private static let interval: UInt32 = 100_000

  private let isStopped: SharedFlag
  private let thread: Thread?

  init(_ tick: @escaping @Sendable () -> Void) {
    let flag = SharedFlag()
    isStopped = flag
    thread = Thread {
      while true {
        usleep(Self.interval)
        if flag.isSet { return }
        tick()
      }
    }
  }

  /// Ends it; to be called once.
  func stop() {
    isStopped.set()
    thread?.join()
  }
}

/// A flag that one thread sets and another looks at.
final class SharedFlag: Sendable {
  private let value = Atomic(false)

  var isSet: Bool { value.load(ordering: .acquiring) }

  func set() { value.store(true, ordering: .releasing) }
}
