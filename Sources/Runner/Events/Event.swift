package import Scenario

/// What a run tells about itself, in the order in which it happens. Reports are made of nothing else.
package enum Event: Sendable {
  case runStarted(scenarios: Int)
  case scenarioStarted(Scenario, target: String)
  /// Who answers for the target's accounts and principals, before the first step on accounts that outlive the run.
  case identified([CallerIdentity])
  case chapterStarted(Scenario.Chapter)
  case stepStarted(StepStart)
  case stepEnded(StepResult)
  /// A step before the selected ones, carried out for what it makes and not part of the result.
  case setUpEnded(StepResult)
  /// Scenarios have ended whose events have not been told yet, because scenarios run at the same time and are told in order.
  case progressed(RunProgress)
  /// What is being undone after the steps, one event a call.
  case teardown(TeardownResult)
  case scenarioEnded(ScenarioResult)
  case runEnded(RunResult)
}

/// Writes down a run.
package protocol Recorder {
  mutating func record(_ event: Event)
}

/// A step that is about to be carried out.
package struct StepStart: Sendable {
  package var step: Scenario.Step
  package var title: String
  /// The step's place in its scenario, from 1.
  package var number: Int
}

/// How far a run has come.
package struct RunProgress: Sendable {
  package var endedScenarios: Int
  package var scenarios: Int
}

/// A step and what came of it.
package struct StepResult: Sendable {
  package var step: Scenario.Step
  /// The step's place in its scenario, from 1; steps under `finally` go on counting.
  package var number = 0
  /// The index of its chapter; `nil` for a step under `finally`.
  package var chapter: Int?
  /// The step's name, or what it does where the file gives none.
  package var title: String
  package var verdict: Verdict
  /// Sessions that were made, or made again, for the step's principal.
  package var renewals: [Exchange]
  /// The step's own request, the last one where it was repeated.
  package var exchange: Exchange?
  /// The command of a `cli:` step, and what came of it; the last time where it was repeated.
  package var command: CommandExchange?
  /// What a step without a request did: the clock's new time, a link.
  package var outcome: String?
  /// Where the scenario's policies stand, as of this step.
  package var places: StatementPlaces?
  /// What is worth saying beside the verdict: that a target did not say why it refused.
  package var remarks: [String]
  /// From its beginning to its verdict, repetitions and waiting included.
  package var duration = Duration.zero
  /// How long it took until the answer was as expected, where a target may take its time.
  package var settling: Settling?

  /// Sessions that were made for the step, and its own requests.
  package var exchanges: [Exchange] { renewals + (exchange.map { [$0] } ?? []) + (command?.calls ?? []) }

  /// The request that says why the step ended as it did.
  package var decidingExchange: Exchange? { exchange ?? command?.decidingCall }

  package struct Settling: Sendable {
    /// Zero where the first answer counted.
    package var duration = Duration.zero
    package var tries = 0

    package init() {}
  }

  init(step: Scenario.Step, title: String, verdict: Verdict = .passed) {
    self.step = step
    self.title = title
    self.verdict = verdict
    renewals = []
    remarks = []
  }
}

/// One call that took something back.
package struct TeardownResult: Sendable {
  /// `iam:DeleteRole UpdateData`
  package var title: String
  /// `nil` where it is gone, now or before.
  package var problem: String?
}

/// A scenario's end.
package struct ScenarioResult: Sendable {
  package var scenario: Scenario
  /// What the target is called; empty where there is none.
  package var target = ""
  package var steps: [StepResult]
  package var teardown: [TeardownResult]
  /// Why the scenario could not begin.
  package var problem: Problem?
  /// From its beginning to the end of its teardown.
  package var duration = Duration.zero

  package var hasFailure: Bool { steps.contains { if case .failed = $0.verdict { true } else { false } } }

  package var hasError: Bool {
    problem != nil || teardown.contains { $0.problem != nil }
      || steps.contains { step in
        switch step.verdict {
        case .error, .notReady: true
        case .passed, .failed, .notRun: false
        }
      }
  }
}

/// A run's end.
package struct RunResult: Sendable {
  package var scenarios: [ScenarioResult] = []
  package var wasInterrupted = false
  package var duration = Duration.zero

  package init() {}

  /// Whether something could not be carried out, which outranks an expectation that was not met.
  package var hasError: Bool { wasInterrupted || scenarios.contains(where: \.hasError) }
  package var hasFailure: Bool { scenarios.contains(where: \.hasFailure) }
}
