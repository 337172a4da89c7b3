import Glibc
import Report
import Runner
import Scenario

/// `iamdrill run`
enum RunCommand: Subcommand {
  static let description = CommandDescription(
    name: "run",
    summary: "Run scenarios and hold every answer against what should have happened.",
    arguments: "PATH…",
    discussion: """
      PATH is a scenario file, or a folder with `*.yaml` files at any depth. Each scenario runs on a fresh embedded
      emulator, and what it made is taken back however it ended, also after an interruption.
      """,
    options: [.flag("no-color", "Do not colour the output.")])

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let color = Console.wantsColor && !arguments.has("no-color")
    guard let scenarios = try ScenarioLoading.load(arguments.positionals, command: "run", color: color) else {
      return .unreadable
    }
    for signalNumber in [SIGINT, SIGTERM, SIGHUP] { signal(signalNumber) { _ in Interruption.request() } }
    let clock = ContinuousClock()
    let start = clock.now
    let redactor = Redactor()
    // On a terminal every line is shown at once; elsewhere few large writes are faster.
    var output = BufferedOutput(isImmediate: isatty(STDOUT_FILENO) == 1)
    var report = TerminalReport(color: color, redactor: redactor, elapsed: { clock.now - start }) { output.write($0) }
    let result = ScenarioRunner(redactor: redactor) { report.record($0) }.run(scenarios)
    output.flush()
    return ExitCode(result)
  }
}

extension ExitCode {
  /// What a run's end means for the process.
  init(_ result: RunResult) {
    self = result.hasError ? .runFailed : result.hasFailure ? .expectationNotMet : .success
  }
}
