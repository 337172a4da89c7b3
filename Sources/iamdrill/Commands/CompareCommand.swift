import Glibc
import Report
import Runner
import Scenario

/// `iamdrill compare`
enum CompareCommand: Subcommand {
  static let description = CommandDescription(
    name: "compare",
    summary: "Run scenarios on two targets, and say where their answers differ.",
    arguments: "TARGET TARGET PATH…",
    discussion: """
      TARGET is a target of `iamdrill.yaml`, `emulator` for the embedded one, or `replay:FOLDER` for a recording. Compared
      are verdicts, statuses, error codes, messages and the answers' XML; ids, times, secrets and request ids are set aside.
      """,
    options: [
      .value("config", "FILE", "The configuration, instead of the nearest iamdrill.yaml above the scenario."),
      .value("mfa-code", "CODE", "The code of the MFA device that a profile asks for."),
      .value("state", "FOLDER", "Where the ledger is, instead of $XDG_STATE_HOME/iamdrill."),
    ] + TargetOptions.writing,
    notes: "Exits with 4 where they differ, and with 3 where a scenario could not be run on one of them.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let words = arguments.positionals
    guard words.count >= 3 else { throw UsageError("two targets and a scenario are needed", command: "compare") }
    let paths = Array(words.dropFirst(2))
    guard let scenarios = try ScenarioLoading.load(paths, command: "compare", color: Console.isTerminal) else {
      return .unreadable
    }
    for signalNumber in [SIGINT, SIGTERM, SIGHUP] { signal(signalNumber) { _ in Interruption.request() } }
    var results: [[ScenarioResult]] = []
    let redactor = Redactor()
    for name in words.prefix(2) {
      guard let placement = try TargetPlacement(target: name, arguments, paths: paths, command: "compare") else {
        return .unreadable
      }
      if case .remote(let targets) = placement.place {
        guard try Confirmation.isGiven(scenarios, on: targets, arguments, command: "compare") else { return .usage }
      }
      results.append(placement.run(placement.pieces(of: scenarios), redactor, RunOptions()) { _ in }.scenarios)
    }
    var exit = ExitCode.success
    for (left, right) in zip(results[0], results[1]) {
      let divergence = Divergence(left, right)
      Console.write(redactor.redact(text(divergence, left, names: Array(words.prefix(2)))))
      if !divergence.isEmpty { exit = .expectationNotMet }
      let isBroken = [left, right].contains { result in
        result.problem != nil || result.teardown.contains { $0.problem != nil }
      }
      if isBroken { return .runFailed }
    }
    return exit
  }

  private static func text(_ divergence: Divergence, _ result: ScenarioResult, names: [String]) -> String {
    var text = "\(result.scenario.name.value) (\(result.scenario.source.path)): "
    if divergence.isEmpty { return text + "\(names[0]) and \(names[1]) answer the same\n" }
    text += "\(divergence.steps.count) of \(result.steps.count) steps differ\n"
    for step in divergence.steps {
      text += "  \(step.number). \(step.title)\n"
      for difference in step.differences {
        text +=
          "    \(difference.what)\n      \(names[0]): \(difference.left)\n      \(names[1]): \(difference.right)\n"
      }
    }
    return text
  }
}
