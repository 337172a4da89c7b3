import FoundationEssentials
import Runner
import Scenario
import Testing

@Suite("The ledger on disk") struct LedgerTests {
  static let run = RunID(at: Date(timeIntervalSince1970: 1_800_000_000), random: { 7 })

  static func entry(_ name: String) -> LedgerEntry {
    LedgerEntry(
      run: run, account: "111111111111", region: "eu-west-1", operation: "iam:CreateRole", kind: .role, name: name,
      inverse: .init(operation: "iam:DeleteRole", parameters: ["RoleName": name], emptiesFirst: false),
      state: .intended, time: Date(timeIntervalSince1970: 1_800_000_001))
  }

  static func begin(_ ledger: SQLiteLedger) throws {
    try ledger.begin(
      LedgerRun(
        id: run, scenario: "a.yaml", target: "t", place: "aws", time: Date(timeIntervalSince1970: 1_800_000_000)))
  }

  @Test("what was intended is on disk for another process, and what became of it too")
  func reopened() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path + "/a/b")
    try Self.begin(ledger)
    let first = try ledger.intend(Self.entry("one"))
    let second = try ledger.intend(Self.entry("two"))
    try ledger.settle(
      first, .made, inverse: .init(operation: "iam:DeleteRole", parameters: ["RoleName": "ONE"], emptiesFirst: true))
    let other = try SQLiteLedger(folder: folder.path + "/a/b")
    let entries = try other.openEntries(of: Self.run)
    #expect(entries.map(\.id) == [first, second])
    #expect(entries.map(\.state) == [.made, .intended])
    #expect(entries.map(\.inverse?.parameters["RoleName"]) == ["ONE", "two"])
    #expect(entries.map(\.inverse?.emptiesFirst) == [true, false])
    #expect(entries.allSatisfy { $0.kind == .role && $0.region == "eu-west-1" && $0.run == Self.run })
    #expect(try other.openRuns(at: "aws").map(\.id) == [Self.run])
    #expect(try other.openRuns(at: "elsewhere").isEmpty)
  }

  @Test("a run ends when nothing of it is left, and not before")
  func ended() throws {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(folder: folder.path)
    try Self.begin(ledger)
    let id = try ledger.intend(Self.entry("one"))
    try ledger.end(Self.run)
    #expect(try ledger.openRuns(at: "aws").count == 1)
    #expect(!ledger.isRunning(Self.run))
    try ledger.settle(id, .undone, inverse: nil)
    try ledger.end(Self.run)
    #expect(try ledger.openRuns(at: "aws").isEmpty)
  }

  @Test("a folder that cannot be written is said, with its name")
  func unwritable() {
    #expect(throws: Problem.self) { try SQLiteLedger(folder: "/proc/iamdrill") }
  }

  @Test("nothing is made where the ledger cannot be written")
  func nothingMade() throws {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    let scenario = try RemoteLab.scenario(
      parsing: """
        scenario: One
        accounts: { Destination: "999999999999", Originating: "111111111111" }
        names: { user: Alice }
        steps:
          - { as: Destination, call: iam:CreateUser, with: { UserName: "${{ names.user }}" } }
        """)
    let result = try lab.run(scenario, on: lab.targets(ledger: FullDisk()))
    guard case .error(let problem)? = result.steps.first?.verdict else {
      Issue.record("\(result)")
      return
    }
    #expect(problem.message == "the disk is full")
    #expect(try lab.inventory() == before)
  }
}

/// A ledger that begins, and then finds its disk full.
struct FullDisk: LedgerStore {
  func begin(_ run: LedgerRun) {}
  func end(_ run: RunID) {}
  func intend(_ entry: LedgerEntry) throws(Problem) -> Int64 { throw Problem("the disk is full") }
  func settle(_ id: Int64, _ state: LedgerEntry.State, inverse: LedgerEntry.Inverse?) {}
  func openRuns(at place: String) -> [LedgerRun] { [] }
  func openEntries(of run: RunID) -> [LedgerEntry] { [] }
  func isRunning(_ run: RunID) -> Bool { false }
}
