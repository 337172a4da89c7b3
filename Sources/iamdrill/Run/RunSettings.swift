import Runner
import Scenario

/// How the command line wants scenarios to be run.
struct RunSettings {
  static let options: [CommandDescription.Option] = [
    .value("from-step", "STEP", "Begin with this step."),
    .value("to-step", "STEP", "End with this step."),
    .value("step", "STEP", "Only this step."),
    .flag("fail-fast", "Begin nothing more after the first step that is not as expected."),
    .value("jobs", "N", letter: "j", "Run N scenarios at the same time; output stays whole and in order."),
    .flag("watch", "Stay, and run again what a change touches."),
    AWSProgram.option,
  ]

  /// More threads than this are a mistake.
  private static let mostJobs = 512

  private let steps: StepSelection?
  private var base = RunOptions()

  init(_ arguments: ParsedArguments) throws(UsageError) {
    let step = arguments.value("step")
    let (from, to) = (arguments.value("from-step"), arguments.value("to-step"))
    guard step == nil || (from == nil && to == nil) else {
      throw UsageError("--step goes neither with --from-step nor with --to-step", command: "run")
    }
    steps = step ?? from ?? to == nil ? nil : StepSelection(from: step ?? from, to: step ?? to)
    base.commands = try AWSProgram.host(arguments, command: "run")
    base.failsFast = arguments.has("fail-fast")
    base.jobs = try arguments.number("jobs", in: 1...Self.mostJobs, command: "run") ?? 1
  }

  func options(for scenarios: [Scenario]) throws(UsageError) -> RunOptions {
    guard let steps else { return base }
    // With --count the same scenario is there several times.
    guard let scenario = scenarios.first, scenarios.allSatisfy({ $0.source.path == scenario.source.path }) else {
      throw UsageError("steps are selected in one scenario, and there are \(scenarios.count)", command: "run")
    }
    var options = base
    do throws(SelectionError) {
      options.steps = try steps.range(in: scenario)
    } catch {
      throw UsageError(error.message, command: "run")
    }
    return options
  }
}

extension ParsedArguments {
  /// The number given to `--name`; `nil` where there is none.
  /// - Throws: ``UsageError`` where it is no whole number, or outside of `range`.
  func number(_ name: String, in range: ClosedRange<Int>, command: String) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'",
        command: command)
    }
    return number
  }
}
