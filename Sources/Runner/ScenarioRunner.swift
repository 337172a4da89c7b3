package import Scenario
import Synchronization

/// Runs scenarios, one after the other, and tells recorders what happens.
package struct ScenarioRunner {
  package let redactor: Redactor
  private let makeTarget: (Scenario) throws(Diagnostic) -> any Target
  private let record: (Event) -> Void

  /// - Parameters:
  ///   - target: makes the target that a scenario runs on.
  ///   - record: gets every event, in order.
  package init(
    redactor: Redactor = Redactor(),
    target: @escaping (Scenario) throws(Diagnostic) -> any Target = { scenario throws(Diagnostic) in
      try EmulatorTarget(for: scenario)
    },
    record: @escaping (Event) -> Void
  ) {
    self.redactor = redactor
    makeTarget = target
    self.record = record
  }

  /// Runs `scenarios`. What a scenario made is taken back however it ended, and also after ``Interruption/request()``.
  package func run(_ scenarios: [Scenario]) -> RunResult {
    record(.runStarted(scenarios: scenarios.count))
    var result = RunResult()
    for scenario in scenarios where !Interruption.isRequested {
      result.scenarios.append(run(scenario))
    }
    result.wasInterrupted = Interruption.isRequested
    record(.runEnded(result))
    return result
  }

  private func run(_ scenario: Scenario) -> ScenarioResult {
    var result = ScenarioResult(scenario: scenario, steps: [], teardown: [])
    do throws(Diagnostic) {
      let target = try makeTarget(scenario)
      record(.scenarioStarted(scenario, target: target.name))
      var run = try ScenarioRun(scenario, on: target, redactor: redactor)
      for chapter in scenario.chapters {
        record(.chapterStarted(chapter))
        for step in chapter.steps where !Interruption.isRequested { result.steps.append(self.step(step, in: &run)) }
      }
      for step in scenario.finally { result.steps.append(self.step(step, in: &run)) }
      result.teardown = run.teardown { record(.teardown($0)) }
    } catch {
      result.problem = Problem(error)
    }
    record(.scenarioEnded(result))
    return result
  }

  private func step(_ step: Scenario.Step, in run: inout ScenarioRun) -> StepResult {
    let result = run.run(step)
    record(.stepEnded(result))
    return result
  }
}

/// Whether the run was asked to end: no further step is begun, and teardown is done.
package enum Interruption {
  private static let flag = Atomic(false)

  /// Safe to be called in a signal handler: nothing but an atomic store.
  package static func request() { flag.store(true, ordering: .relaxed) }

  package static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
