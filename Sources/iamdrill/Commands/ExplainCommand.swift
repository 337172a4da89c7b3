import Report
import Runner
import Scenario

/// `iamdrill explain`
enum ExplainCommand: Subcommand {
  static let description = CommandDescription(
    name: "explain",
    summary: "Show the decisions of a scenario's steps whole: every layer, every statement, and why.",
    arguments: "SCENARIO [STEP]",
    discussion: """
      Runs the scenario on a fresh embedded emulator and shows of each step the request as policies saw it (principal,
      action, resource, context keys), each statement that was considered with the place it came from, why it did or did
      not match, and what decided. STEP is a step's number, `:LINE` for the step at a line of the file, or its name, in
      which `*` and `?` stand for anything; without it all steps are shown.
      """,
    options: [
      .value("format", "FORMAT", choices: ["text", "json"], "As text, or as one JSON document; text is the default."),
      AWSProgram.option,
    ] + ColorChoice.options,
    notes: "Exits with 3 where a step that was asked for could not be carried out; what was expected does not matter.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let words = arguments.positionals
    guard let path = words.first else { throw UsageError("no scenario given", command: "explain") }
    guard words.count <= 2 else { throw UsageError("more than one step given", command: "explain") }
    let format = arguments.value("format") ?? "text"
    guard format == "text" || format == "json" else {
      throw UsageError("unknown format \(format): it is text or json", command: "explain")
    }
    let color = try ColorChoice.isWanted(arguments, command: "explain")
    guard let scenarios = try ScenarioLoading.load([path], command: "explain", color: color) else { return .unreadable }
    guard let scenario = scenarios.first, scenarios.count == 1 else {
      throw UsageError("\(path) holds more than one scenario", command: "explain")
    }
    let selection = words.count == 2 ? StepPattern(words[1], in: scenario) : .all
    guard !selection.isEmpty else {
      throw UsageError("no step of \(path) is `\(words[1])`", command: "explain", hint: selection.hint)
    }
    var options = RunOptions()
    options.commands = try AWSProgram.host(arguments, command: "explain")
    return show(scenario, selection, options, isJSON: format == "json", color: color)
  }

  private static func show(
    _ scenario: Scenario, _ selection: StepPattern, _ options: RunOptions, isJSON: Bool, color: Bool
  ) -> ExitCode {
    let redactor = Redactor()
    var output = BufferedOutput(isImmediate: false)
    var text = ExplanationReport(color: color, redactor: redactor, showing: selection.includes) { output.write($0) }
    var json = ExplanationJSON(redactor: redactor, showing: selection.includes)
    let result = ScenarioRunner(redactor: redactor, options: options) { event in
      if isJSON { json.record(event) } else { text.record(event) }
    }.run([scenario])
    if isJSON { output.write(json.text) }
    output.flush()
    let isBroken = result.scenarios.contains { scenario in
      scenario.problem != nil
        || scenario.steps.contains { step in
          guard selection.includes(step.step) else { return false }
          return switch step.verdict {
          // A machine without the AWS CLI can tell of all the other steps.
          case .notRun where step.step.isCommand && !selection.isNamed: false
          case .error, .notRun, .notReady: step.decidingExchange == nil
          case .passed, .failed: false
          }
        }
    }
    return isBroken ? .runFailed : .success
  }
}
