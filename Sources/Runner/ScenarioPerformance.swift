import Scenario

/// One scenario from its beginning to the end of its teardown.
struct ScenarioPerformance: Sendable {
  let scenario: Scenario
  let redactor: Redactor
  let options: RunOptions
  let makeTarget: @Sendable (Scenario) throws(Diagnostic) -> any Target
  let stop: StopFlag

  func run(_ record: (Event) -> Void) -> ScenarioResult {
    let start = ContinuousClock.now
    var result = ScenarioResult(scenario: scenario, steps: [], teardown: [])
    do throws(Diagnostic) {
      let target = try makeTarget(scenario)
      result.target = target.name
      record(.scenarioStarted(scenario, target: target.name))
      if let remote = target as? RemoteTarget { try begin(on: remote, record) }
      var run = try ScenarioRun(
        scenario, on: target, redactor: redactor, commands: options.commands, callsByCommand: options.callsByCommand)
      perform(in: &run, &result, record)
      run.commands?.close()
      if !options.keepsEverything { result.teardown = run.teardown { record(.teardown($0)) } }
    } catch {
      result.problem = Problem(error)
      if options.failsFast { stop.set() }
    }
    result.duration = ContinuousClock.now - start
    record(.scenarioEnded(result))
    return result
  }

  /// Makes sure who answers, and that what will be made can be written down, before anything is made.
  private func begin(on target: RemoteTarget, _ record: (Event) -> Void) throws(Diagnostic) {
    do throws(Problem) {
      record(.identified(try target.verify(redactor: redactor)))
      guard let conditions = target.conditions else { return }
      try conditions.ledger.begin(
        LedgerRun(
          id: conditions.run, scenario: scenario.source.path, target: conditions.targetName, place: conditions.place,
          time: target.now))
    } catch {
      throw error.diagnostic
    }
  }

  private func perform(in run: inout ScenarioRun, _ result: inout ScenarioResult, _ record: (Event) -> Void) {
    var number = 0
    for (index, chapter) in scenario.chapters.enumerated() {
      if isTold(number + 1...max(number + 1, number + chapter.steps.count)) { record(.chapterStarted(chapter)) }
      for step in chapter.steps {
        number += 1
        guard !stop.isSet, number <= options.steps?.upperBound ?? .max else { continue }
        self.step(step, number, chapter: index, in: &run, &result, record)
      }
    }
    for step in scenario.finally where !options.keepsEverything {
      number += 1
      self.step(step, number, chapter: nil, in: &run, &result, record)
    }
  }

  private func isTold(_ numbers: ClosedRange<Int>) -> Bool { options.steps?.overlaps(numbers) ?? true }

  private func step(
    _ step: Scenario.Step, _ number: Int, chapter: Int?, in run: inout ScenarioRun, _ result: inout ScenarioResult,
    _ record: (Event) -> Void
  ) {
    record(.stepStarted(StepStart(step: step, title: step.title, number: number)))
    let start = ContinuousClock.now
    var outcome = run.run(step)
    outcome.number = number
    outcome.chapter = chapter
    outcome.duration = ContinuousClock.now - start
    guard isTold(number...number) else { return record(.setUpEnded(outcome)) }
    result.steps.append(outcome)
    if options.failsFast, !outcome.verdict.isPassed { stop.set() }
    record(.stepEnded(outcome))
  }
}
