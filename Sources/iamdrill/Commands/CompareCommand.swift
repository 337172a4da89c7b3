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
      AWSProgram.option,
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
    var runs: [Run] = []
    var options = RunOptions()
    options.commands = try AWSProgram.host(arguments, command: "compare")
    let redactor = Redactor()
    let names = Array(words.prefix(2))
    for name in names {
      guard let placement = try TargetPlacement(target: name, arguments, paths: paths, command: "compare") else {
        return .unreadable
      }
      if case .remote(let targets) = placement.place {
        guard try Confirmation.isGiven(scenarios, on: targets, arguments, command: "compare") else { return .usage }
      }
      let pieces = placement.pieces(of: scenarios)
      runs.append(Run(sets: pieces.count / scenarios.count) { placement.run(pieces, redactor, options) { _ in } })
    }
    let sets = try sets(runs.map(\.sets), names)
    let results = runs.map { $0.perform().scenarios }
    var exit = ExitCode.success
    for (left, right) in rows(sets, of: scenarios.count, runs.map(\.sets)) {
      guard results[0].indices.contains(left), results[1].indices.contains(right) else { return .runFailed }
      let pair = (results[0][left], results[1][right])
      let divergence = Divergence(pair.0, pair.1)
      Console.write(redactor.redact(text(divergence, pair.0, names: shown(names, pair))))
      if !divergence.isEmpty, exit == .success { exit = .expectationNotMet }
      let isBroken = [pair.0, pair.1].contains { result in
        result.problem != nil || result.teardown.contains { $0.problem != nil }
      }
      if isBroken { exit = .runFailed }
    }
    return exit
  }

  /// What is to be run on one of the targets, on how many sets of accounts.
  private struct Run {
    var sets: Int
    var perform: () -> RunResult
  }

  /// How many comparisons a scenario gives: two targets with pairs need as many of them, and one set goes with all.
  private static func sets(_ counts: [Int], _ names: [String]) throws(UsageError) -> Int {
    let most = counts.max() ?? 1
    guard counts.allSatisfy({ $0 == most || $0 == 1 }) else {
      throw UsageError(
        "\(names[0]) has \(counts[0]) sets of accounts and \(names[1]) has \(counts[1]): which belong together is not known",
        command: "compare")
    }
    return most
  }

  /// Which results belong together, scenario by scenario.
  private static func rows(_ sets: Int, of scenarios: Int, _ counts: [Int]) -> [(Int, Int)] {
    (0..<scenarios).flatMap { scenario in
      (0..<sets).map { set in
        (scenario * counts[0] + min(set, counts[0] - 1), scenario * counts[1] + min(set, counts[1] - 1))
      }
    }
  }

  /// What the targets are called: with the accounts where there are several sets of them.
  private static func shown(_ names: [String], _ pair: (ScenarioResult, ScenarioResult)) -> [String] {
    zip(names, [pair.0.target, pair.1.target]).map { $1.hasPrefix($0 + "/") ? $1 : $0 }
  }

  private static func text(_ divergence: Divergence, _ result: ScenarioResult, names: [String]) -> String {
    var text = "\(result.scenario.name.value) (\(result.scenario.source.path)): "
    if divergence.isEmpty { return text + "\(names[0]) and \(names[1]) answer the same\n" }
    text += "\(divergence.steps.count) of \(result.steps.count) steps differ\n"
    for step in divergence.steps {
      text += "  \(step.number). \(step.title)\(step.cause.map { " (follows from step \($0))" } ?? "")\n"
      for difference in step.differences {
        text +=
          "    \(difference.what)\n      \(names[0]): \(difference.left)\n      \(names[1]): \(difference.right)\n"
      }
    }
    return text + findings(divergence, names)
  }

  /// What the differences come down to: what one of the targets lets pass that the other refuses, by the reason for that.
  private static func findings(_ divergence: Divergence, _ names: [String]) -> String {
    var text = ""
    for (side, lenient, strict) in [(Divergence.Side.left, names[0], names[1]), (.right, names[1], names[0])] {
      let leniencies = divergence.leniencies(of: side)
      guard !leniencies.isEmpty else { continue }
      text += "  \(lenient) lets pass what \(strict) refuses:\n"
      for leniency in leniencies {
        let steps = leniency.steps.map(String.init).joined(separator: ", ")
        text += "    \(leniency.reason): step\(leniency.steps.count == 1 ? "" : "s") \(steps)\n"
      }
    }
    return text
  }
}
