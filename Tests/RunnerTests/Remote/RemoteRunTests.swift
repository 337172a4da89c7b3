import FoundationEssentials
import HTTP
import Runner
import Scenario
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
}
