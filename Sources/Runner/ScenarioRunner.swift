package import Scenario
import Synchronization

/// Runs scenarios, one after the other or several at the same time, and tells recorders what happens.
package struct ScenarioRunner {
  package let redactor: Redactor
  private let options: RunOptions
  private let makeTarget: @Sendable (Scenario, Int) throws(Diagnostic) -> any Target
  private let record: (Event) -> Void

  /// - Parameters:
  ///   - target: makes the target that a scenario runs on.
  ///   - record: gets every event, in order, on the thread that calls ``run(_:)``.
  package init(
    redactor: Redactor = Redactor(), options: RunOptions = RunOptions(),
    target: @escaping @Sendable (Scenario) throws(Diagnostic) -> any Target = { scenario throws(Diagnostic) in
      try EmulatorTarget(for: scenario)
    },
    record: @escaping (Event) -> Void
  ) {
    self.init(
      redactor: redactor, options: options, targetAt: { (scenario, _) throws(Diagnostic) in try target(scenario) },
      record: record)
  }

  /// - Parameter target: makes the target for a scenario at its place among those that are run.
  package init(
    redactor: Redactor, options: RunOptions,
    targetAt target: @escaping @Sendable (Scenario, Int) throws(Diagnostic) -> any Target,
    record: @escaping (Event) -> Void
  ) {
    self.redactor = redactor
    self.options = options
    makeTarget = target
    self.record = record
  }

  /// Runs `scenarios`. What a scenario made is taken back however it ended, and also after ``Interruption/request()``.
  package func run(_ scenarios: [Scenario]) -> RunResult {
    let start = ContinuousClock.now
    let stop = StopFlag()
    record(.runStarted(scenarios: scenarios.count))
    var result = RunResult()
    if options.jobs > 1, scenarios.count > 1 {
      runTogether(scenarios, stop) { result.scenarios.append($0) }
    } else {
      for (index, scenario) in scenarios.enumerated() where !stop.isSet {
        result.scenarios.append(performance(of: scenario, at: index, stop).run(record))
      }
    }
    result.wasInterrupted = Interruption.isRequested
    result.duration = ContinuousClock.now - start
    record(.runEnded(result))
    return result
  }

  /// Several at once: what a scenario tells is held until all before it have been told.
  private func runTogether(_ scenarios: [Scenario], _ stop: StopFlag, _ keep: (ScenarioResult) -> Void) {
    let pieces = scenarios.enumerated().map { performance(of: $1, at: $0, stop) }
    Workers.run(pieces.count, jobs: options.jobs) { index -> (events: [Event], result: ScenarioResult)? in
      guard !stop.isSet else { return nil }
      var events: [Event] = []
      let result = pieces[index].run { events.append($0) }
      return (events, result)
    } ended: { count in
      record(.progressed(RunProgress(endedScenarios: count, scenarios: pieces.count)))
    } inOrder: { told in
      guard let told else { return }
      told.events.forEach(record)
      keep(told.result)
    }
  }

  private func performance(of scenario: Scenario, at index: Int, _ stop: StopFlag) -> ScenarioPerformance {
    ScenarioPerformance(
      scenario: scenario, redactor: redactor, options: options,
      makeTarget: { [makeTarget] (scenario) throws(Diagnostic) in try makeTarget(scenario, index) }, stop: stop)
  }
}

/// Whether nothing more is begun: the run was interrupted, or a step failed and the run fails fast.
final class StopFlag: Sendable {
  private let flag = Atomic(false)

  func set() { flag.store(true, ordering: .relaxed) }

  var isSet: Bool { Interruption.isRequested || flag.load(ordering: .relaxed) }
}

/// Whether the run was asked to end: no further step is begun, and teardown is done.
package enum Interruption {
  private static let flag = Atomic(false)

  /// Safe to be called in a signal handler: nothing but an atomic store.
  package static func request() { flag.store(true, ordering: .relaxed) }

  package static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
