import FoundationEssentials
import History
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite("The history of runs") struct HistoryTests {
  /// A file of its own for each test, and its folder's removal at the end.
  final class Place {
    let folder: String
    var path: String { folder + "/state/iamdrill/history.sqlite" }

    init() throws {
      var template = Array("/tmp/iamdrill-history-XXXXXX".utf8CString)
      folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
  }

  static func run(_ expectations: [String]) throws -> RunResult {
    let steps = expectations.enumerated().map {
      "  - { name: step \($0.offset + 1), as: Home, call: 'sts:GetCallerIdentity', expect: \($0.element) }\n"
    }.joined()
    let text = "scenario: History\naccounts: { Home: \"111111111111\" }\nsteps:\n\(steps)"
    let scenario = try #require(ScenarioFile.parse(text, path: "/tmp/history.yaml").scenario)
    return ScenarioRunner { _ in }.run([scenario])
  }

  static func keep(_ runs: [[String]], at path: String) throws -> HistoryStore {
    let store = try HistoryStore(path: path, makingIt: true)
    for (index, expectations) in runs.enumerated() {
      let started = Date(timeIntervalSince1970: 1_700_000_000 + Double(index) * 60)
      try store.record(try run(expectations), started: started) { $0 }
    }
    return store
  }

  @Test("What changed, and since when a step has failed")
  func changes() throws {
    let place = try Place()
    let good = ["allowed", "allowed", "allowed"]
    let bad = ["allowed", "denied", "allowed"]
    let store = try Self.keep([good, bad, bad, ["denied", "denied", "allowed"], good], at: place.path)
    #expect(try store.runs(limit: 10).map(\.failed) == [0, 2, 1, 1, 0])
    #expect(try store.runs(limit: 2).map(\.id) == [5, 4])
    #expect(try store.changes(in: 1).isEmpty)
    #expect(try store.changes(in: 2).map(\.place.title) == ["step 2"])
    #expect(try store.changes(in: 3).isEmpty)
    #expect(try store.changes(in: 5).map(\.now) == [.passed, .passed])
    #expect(try store.changes(in: 5).map(\.formerRun) == [4, 4])
    let failing = try store.failing(in: 4)
    #expect(failing.map(\.place.title) == ["step 1", "step 2"])
    #expect(failing.map(\.since) == [4, 2])
    #expect(failing[1].started.timeIntervalSince1970 == 1_700_000_060)
    #expect(try store.failing(in: 5).isEmpty)
  }

  @Test("The files that failed are those of their own last run")
  func failed() throws {
    let place = try Place()
    let store = try Self.keep([["denied"]], at: place.path)
    #expect(try store.failedFiles() == ["/tmp/history.yaml"])
    try store.record(try Self.run(["allowed"]), started: Date()) { $0 }
    #expect(try store.failedFiles().isEmpty)
  }

  @Test("A step that is run several times in one run keeps the worst")
  func worst() throws {
    let place = try Place()
    let store = try HistoryStore(path: place.path, makingIt: true)
    var result = try Self.run(["allowed"])
    result.scenarios += try Self.run(["denied"]).scenarios + Self.run(["allowed"]).scenarios
    try store.record(result, started: Date()) { $0 }
    #expect(try store.failing(in: 1).map(\.verdict) == [.failed])
  }

  @Test("A step's title comes back as it was, whatever is in it")
  func title() throws {
    let place = try Place()
    let store = try HistoryStore(path: place.path, makingIt: true)
    var result = try Self.run(["denied"])
    let title = "say \"hi\" to C:\\, a tab\t, a line\n, \u{1F6AA} and ]]"
    result.scenarios[0].steps[0].title = title
    try store.record(result, started: Date()) { $0 }
    #expect(try store.failing(in: 1).map(\.place.title) == [title])
  }

  @Test("Only so many runs are kept")
  func bound() throws {
    let place = try Place()
    let store = try HistoryStore(path: place.path, makingIt: true)
    let result = try Self.run(["allowed"])
    for _ in 0..<230 { try store.record(result, started: Date()) { $0 } }
    let runs = try store.runs(limit: 1000)
    #expect(runs.count == 200)
    #expect(runs.first?.id == 230)
  }

  @Test("A file that is no history is refused, not overwritten")
  func other() throws {
    let place = try Place()
    let path = place.folder + "/other"
    let text = String(repeating: "not a database ", count: 100)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try HistoryStore(path: path, makingIt: true) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test(
    "Where it is",
    arguments: [
      ("/s", "/h", "/s/iamdrill/history.sqlite"), ("s", "/h", "/h/.local/state/iamdrill/history.sqlite"),
      (nil, "/h", "/h/.local/state/iamdrill/history.sqlite"), (nil, nil, nil),
    ] as [(String?, String?, String?)])
  func path(state: String?, home: String?, path: String?) {
    #expect(HistoryStore.path(stateHome: state, home: home) == path)
  }
}
