package import Emulator
package import Scenario
package import SigV4

/// A scenario that is carried out step by step, at the pace of whoever calls: for teaching.
package struct StepwiseRun {
  package let emulator: Emulator
  package private(set) var result: ScenarioResult
  private var run: ScenarioRun

  /// Begins on an emulator of its own, whose clock goes with the machine's and whose secrets nobody can foretell: clients
  /// from outside of the process can be let in.
  /// - Throws: a diagnostic where the scenario cannot begin.
  /// - Parameter commands: what `cli:` steps need; without it they are not run.
  package init(_ scenario: Scenario, redactor: Redactor, commands: CommandHost? = nil) throws(Diagnostic) {
    let target = try EmulatorTarget(for: scenario, clock: .system(), identifiers: .random)
    emulator = target.emulator
    result = ScenarioResult(scenario: scenario, steps: [], teardown: [])
    result.target = target.name
    run = try ScenarioRun(scenario, on: target, redactor: redactor, commands: commands)
  }

  /// Carries out the next step.
  /// - Parameter chapter: the index of its chapter; `nil` for a step under `finally`.
  package mutating func perform(_ step: Scenario.Step, chapter: Int?) -> StepResult {
    var outcome = run.run(step)
    outcome.number = result.steps.count + 1
    outcome.chapter = chapter
    result.steps.append(outcome)
    return outcome
  }

  /// Carries out a step once more; its result is not part of the run's.
  package mutating func performAgain(_ step: Scenario.Step) -> StepResult { run.run(step) }

  /// What the principal of a step signs with; a role is assumed first where that is needed.
  /// - Returns: `nil` for nobody, and where a role refuses.
  package mutating func credentials(of name: Located<String>) throws(Problem) -> Credentials? {
    guard let step = result.scenario.chapters.lazy.flatMap(\.steps).first else { return nil }
    var aside = StepResult(step: step, title: "")
    return try run.session(of: name, &aside)?.credentials
  }

  /// Ends it: the steps under `finally`, where `isWhole`, and the teardown.
  package mutating func end(isWhole: Bool) -> ScenarioResult {
    if isWhole {
      for step in result.scenario.finally { _ = perform(step, chapter: nil) }
    }
    run.commands?.close()
    result.teardown = run.teardown { _ in }
    return result
  }
}
