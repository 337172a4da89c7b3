import FoundationEssentials
import Glibc
import Report
import Runner
import Scenario
import Synchronization

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
    options: ScenarioSelection.options + RunSettings.options + TargetPlacement.options + RunHistory.options
      + ReportFiles.options + RunOutput.options + ColorChoice.options,
    notes: """
      EXPR joins tags by `and`, `or`, `not` and parentheses: 'tutorial and not (slow or mfa)'.
      STEP is a step's number or its name. The steps before are carried out for what they make, but are not part of the
      result.
      FILE may be - for standard output; what people read then goes to standard error.
      """)

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let color = try ColorChoice.isWanted(arguments, command: "run")
    let selection = try ScenarioSelection(arguments)
    let settings = try RunSettings(arguments)
    let reports = try ReportFiles(arguments)
    let output = RunOutput(arguments, color: color, toStandardError: reports.usesStandardOutput)
    for signalNumber in [SIGINT, SIGTERM, SIGHUP] { signal(signalNumber) { _ in Interruption.request() } }

    let paths = arguments.positionals
    guard
      let placement = try TargetPlacement(
        target: arguments.value("target"), arguments, paths: paths, command: "run")
    else { return .unreadable }
    let deadline = try RunDeadline(arguments)

    let run = { (scenarios: [Scenario]) throws(UsageError) -> (code: ExitCode, result: RunResult?) in
      if case .remote(let targets) = placement.place {
        guard try Confirmation.isGiven(scenarios, on: targets, arguments, command: "run") else {
          return (.usage, nil)
        }
      }
      let redactor = Redactor()
      let started = Date()
      let options = try settings.options(for: scenarios)
      let pieces = placement.pieces(of: scenarios)
      let history = arguments.has("no-history") ? nil : HistoryKeeper()
      deadline?.start()
      let result = output.show(redactor) { record in placement.run(pieces, redactor, options, record) }
      history?.keep(result, started: started, redactor)
      let isWritten = reports.write(result, redactor, started: started)
      return (isWritten && !placement.hasLostRecording.isSet ? ExitCode(result) : .unreadable, result)
    }
    if arguments.has("watch") {
      return try WatchLoop(paths: paths, color: color, selection: selection).run { scenarios throws(UsageError) in
        try run(scenarios).code
      }
    }
    let preparation = Preparation(rehearses: placement.isEmbedded)
    defer { preparation.wait() }
    guard let scenarios = try ScenarioLoading.load(paths, command: "run", color: color) else { return .unreadable }
    let selected = selection.apply(to: scenarios)
    guard !selected.isEmpty else {
      Console.writeError("iamdrill: none of the \(scenarios.count) scenarios is selected\n")
      return .usage
    }
    let ended = try run(selected)
    kept.withLock { $0 = (ended.result, scenarios) }
    return ended.code
  }

  /// What was run, and what came of it. To take all of that apart, value by value, only for the process to end, takes a
  /// noticeable part of a short run.
  private static let kept = Mutex<(RunResult?, [Scenario])?>(nil)
}

extension ExitCode {
  /// What a run's end means for the process.
  init(_ result: RunResult) {
    self = result.hasError ? .runFailed : result.hasFailure ? .expectationNotMet : .success
  }
}
