import Emulator
import FoundationEssentials
import HTTP
import Runner
import Scenario
import Synchronization
import Testing

@Suite("Runs on accounts that outlive them") struct RemoteRunTests {
  @Test("the tutorial runs unchanged, and leaves the accounts as they were")
  func tutorial() throws {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    let result = try lab.run(try RemoteLab.scenario("cross-account-role"))
    for step in result.steps where !step.verdict.isPassed { Issue.record("\(step.title): \(step.verdict)") }
    for left in result.teardown where left.problem != nil { Issue.record("\(left)") }
    #expect(result.problem == nil)
    #expect(try lab.inventory() == before)
    #expect(lab.ledger.openRuns(at: "http://127.0.0.1:9").isEmpty)
  }

  /// A machine's clock that is ten minutes off every other time that somebody looks.
  @Test("patience is not measured by a clock that is set while a run waits", arguments: [-600.0, 600])
  func jumpingClock(_ jump: Double) throws {
    let lab = try RemoteLab()
    let looks = Mutex(0.0)
    let waited = Mutex(Duration.zero)
    var targets = try lab.targets(patience: Patience(within: .seconds(1), stable: 1, firstPause: .milliseconds(10)))
    let clock = lab.emulator.clock
    targets.clock = RemoteClock(
      time: {
        // Signatures are right all the same: what jumps is within the tolerance, but for what is measured with it.
        clock.now.addingTimeInterval(
          looks.withLock { looks in
            looks += 1
            return looks.truncatingRemainder(dividingBy: 2) == 0 ? 0 : jump
          })
      },
      sleep: { pause in
        waited.withLock { $0 += pause }
        Interruption.sleep(pause)
      })
    let scenario = try RemoteLab.scenario(
      parsing: """
        scenario: Never
        accounts: { Destination: "999999999999", Originating: "111111111111" }
        steps:
          - { as: Destination, call: iam:GetUser, with: { UserName: Nobody }, expect: allowed }
        """)
    let result = try lab.run(scenario, on: targets)
    #expect(result.hasFailure)
    // It was neither given up at once nor waited for until the clock had caught up.
    let spent = waited.withLock { $0 }
    #expect(spent > .milliseconds(500) && spent < .seconds(5), "\(spent)")
  }
}
