import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite("Runs that are killed") struct KillTests {
  /// What somebody else has in the accounts: names, paths and tags that look like a run's.
  static func makeDecoys(_ lab: RemoteLab) throws {
    let client = AWSClient(
      transport: EmulatorTransport(emulator: lab.emulator), endpoints: .aws, region: "us-east-1", retries: .never,
      now: { lab.emulator.clock.now }, wait: { _ in })
    let other = RunID(at: Date(timeIntervalSince1970: 1_700_000_000), random: { 42 })
    let trust = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}"#
    for id in RemoteLab.accounts.values {
      let credentials = try #require(lab.emulator.administratorCredentials(of: id))
      func make(_ service: Service, _ name: String, _ parameters: AWSStructure) throws {
        let operation = try #require(Catalogue.operation(service, name))
        #expect(try client.call(operation, parameters, as: credentials).answer != nil, "\(name) \(parameters)")
      }
      let tag: AWSValue = [["Key": "iamdrill:run", "Value": "production"]]
      let role = AWSValue.string(trust)
      try make(.iam, "CreateRole", ["RoleName": "UpdateData", "AssumeRolePolicyDocument": role])
      try make(.iam, "CreateRole", ["RoleName": "UpdateData-\(other)", "AssumeRolePolicyDocument": role])
      try make(
        .iam, "CreateRole",
        ["RoleName": "ReadReports", "Path": "/iamdrill/reports/", "AssumeRolePolicyDocument": role, "Tags": tag])
      try make(.iam, "CreateUser", ["UserName": "David", "Path": "/iamdrill/", "Tags": tag])
      try make(.iam, "CreateUser", ["UserName": "Jane-\(other)", "Path": .string(other.path)])
      try make(.iam, "CreateGroup", ["GroupName": "Developers", "Path": .string(other.path)])
      try make(.s3, "CreateBucket", ["Bucket": .string("bucket-shared-container-\(id)")])
      try make(.s3, "CreateBucket", ["Bucket": .string("reports-\(id)-\(other)")])
    }
  }

  /// Runs the tutorial until request `count`, after which nothing of the process is left, and sweeps.
  /// - Returns: whether the run came to its end before.
  static func killAndSweep(_ lab: RemoteLab, _ scenario: Scenario, after count: Int) throws -> Bool {
    lab.transport.end(after: count)
    let result = try lab.run(scenario)
    let isWhole = lab.transport.sent <= count
    lab.transport.end(after: nil)
    lab.ledger.abandon()
    #expect(isWhole == !result.hasError)
    let targets = try lab.targets()
    let sweep = Sweep(targets.target(pair: targets.pairs[0]), ledger: lab.ledger, redactor: lab.redactor)
    for remains in try sweep.find(olderThan: nil) {
      for left in try sweep.delete(remains, { _ in }) where left.problem != nil { Issue.record("\(left)") }
    }
    return isWhole
  }

  /// Every request takes a minute; without `IAMDRILL_THOROUGH` a dozen of them stand for all.
  static let stride = getenv("IAMDRILL_THOROUGH") == nil ? 13 : 1

  @Test("killed at any request of the tutorial, a sweep leaves the accounts as they were, others' things too")
  func everyRequest() throws {
    let lab = try RemoteLab()
    try Self.makeDecoys(lab)
    let before = try lab.inventory()
    let scenario = try RemoteLab.scenario("cross-account-role")
    var count = 0
    while try !Self.killAndSweep(lab, scenario, after: count) {
      #expect(try lab.inventory() == before, "killed after request \(count)")
      count += Self.stride
      try #require(count < 1000)
    }
    #expect(count > 100)
    #expect(try lab.inventory() == before)
    #expect(lab.ledger.openRuns(at: "http://127.0.0.1:9").isEmpty)
  }

  @Test("a request whose answer the killed process did not hear is taken back too")
  func lostAnswers() throws {
    let lab = try RemoteLab()
    try Self.makeDecoys(lab)
    let before = try lab.inventory()
    let scenario = try RemoteLab.scenario("cross-account-role")
    for count in Swift.stride(from: 3, to: 70, by: max(1, Self.stride / 2)) {
      lab.transport.setFault { number, _ in number == count ? .lostAnswer : nil }
      _ = try Self.killAndSweep(lab, scenario, after: count)
      lab.transport.setFault { _, _ in nil }
      #expect(try lab.inventory() == before, "killed after request \(count)")
    }
  }

  @Test("what a principal of the scenario made, whom nobody lets tag it, is swept like everything else")
  func untagged() throws {
    let scenario = try RemoteLab.scenario("permissions-boundary")
    let lab = try RemoteLab(accounts: ["Account": "210987654321", "Other": "123456789012"])
    try Self.makeDecoys(lab)
    let before = try lab.inventory()
    lab.transport.end(after: nil)
    let result = try lab.run(scenario)
    for step in result.steps where !step.verdict.isPassed { Issue.record("\(step.title): \(step.verdict)") }
    #expect(try lab.inventory() == before)
    let count = lab.transport.sent
    for number in Swift.stride(from: 1, through: count, by: getenv("IAMDRILL_THOROUGH") == nil ? 3 : 1) {
      _ = try Self.killAndSweep(lab, scenario, after: number)
      #expect(try lab.inventory() == before, "killed after request \(number)")
    }
  }

  @Test("a ledger that is lost leaves what a sweep by age still finds by its marks")
  func lostLedger() throws {
    let lab = try RemoteLab()
    try Self.makeDecoys(lab)
    let before = try lab.inventory()
    lab.transport.end(after: 60)
    _ = try lab.run(try RemoteLab.scenario("cross-account-role"), on: lab.targets(ledger: MemoryLedger()))
    lab.transport.end(after: nil)
    #expect(try lab.inventory() != before)
    let ledger = MemoryLedger()
    let targets = try lab.targets(ledger: ledger)
    let sweep = Sweep(targets.target(pair: targets.pairs[0]), ledger: ledger, redactor: lab.redactor)
    let age = Duration.seconds(86_400)
    // Runs that are younger may still be going on, on another machine.
    let old = try sweep.find(olderThan: age).flatMap(\.entries)
    #expect(old.allSatisfy { $0.run.time < Date(timeIntervalSince1970: 1_700_000_001) })
    lab.emulator.clock.advance(by: age)
    var left: [TeardownResult] = []
    for remains in try sweep.find(olderThan: age) {
      left += try sweep.delete(remains, { _ in }).filter { $0.problem != nil }
    }
    // What somebody gave a run's path, but neither its tag nor its name, is named and left: a user and a group an account.
    #expect(left.map(\.title).filter { $0.hasPrefix("iam:DeleteUser Jane-") }.count == 2)
    #expect(left.map(\.title).filter { $0 == "iam:DeleteGroup Developers" }.count == 2)
    #expect(left.count == 4)
    #expect(try lab.inventory() == before)
  }

  @Test("a run that is still going on is left alone", arguments: ["in memory", "on disk"])
  func running(where place: String) throws {
    let lab = try RemoteLab()
    let folder = TemporaryFolder()
    let ledger: any LedgerStore = place == "on disk" ? try SQLiteLedger(folder: folder.path) : lab.ledger
    let run = RunID(at: lab.emulator.clock.now)
    try ledger.begin(
      LedgerRun(id: run, scenario: "s", target: "lab", place: "http://127.0.0.1:9", time: lab.emulator.clock.now))
    let targets = try lab.targets(ledger: ledger)
    let sweep = Sweep(targets.target(pair: targets.pairs[0]), ledger: ledger, redactor: lab.redactor)
    #expect(try sweep.find(olderThan: nil).isEmpty)
    #expect(try ledger.isRunning(run))
    if place == "on disk" {
      // What another process sees of it.
      #expect(try SQLiteLedger(folder: folder.path).isRunning(run))
    }
  }
}
