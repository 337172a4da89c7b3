import HTTP
import Report
import Runner
import Scenario
import Testing

/// Every API step of every scenario shows an `aws` command. Here these commands are run for real, each in the place of its call,
/// and every answer must be the call's: the status, the error, and all that the answer's XML says.
@Suite("The commands that reports show") struct ShownCommandTests {
  /// What the AWS CLI asks for beyond what it is told: keys in listings percent-encoded, and checksums of its own kind.
  private static let asked: Set<String> = ["EncodingType", "ChecksumAlgorithm"]

  /// Steps whose command refuses by itself what AWS would refuse, so that nothing is sent; and what it says.
  private static let refusedByTheCLI = [
    "An id that is too short is not even looked at": "Invalid length for parameter ExternalId, value: 1"
  ]

  private static func run(_ scenario: Scenario, byCommand: Bool) throws -> ScenarioResult {
    var options = RunOptions()
    options.commands = try CommandLab.host()
    options.callsByCommand = byCommand
    let runner = ScenarioRunner(
      options: options,
      target: { scenario throws(Diagnostic) in try EmulatorTarget(for: scenario, takesCommands: true) },
      record: { _ in })
    return try #require(runner.run([scenario]).scenarios.first)
  }

  /// What is there to be taken back in the end, without the ids of keys.
  private static func left(_ result: ScenarioResult) -> [String] {
    result.teardown.map { $0.title.split(separator: " ").filter { !$0.hasPrefix("AKIA") }.joined(separator: " ") }
  }

  @Test("do what the calls do", arguments: LessonTests.names)
  func sameEffect(name: String) throws {
    let loaded = ScenarioFile.load("\(LessonTests.folder)\(name).yaml")
    let scenario = try #require(loaded.scenario)
    let called = try Self.run(scenario, byCommand: false)
    let commanded = try Self.run(scenario, byCommand: true)
    for step in commanded.steps where !step.verdict.isPassed {
      if let words = Self.refusedByTheCLI[step.title], case .error(let problem) = step.verdict {
        #expect(problem.message.contains(words))
      } else {
        Issue.record("\(step.number). \(step.title): \(step.verdict)")
      }
    }
    for step in Divergence(called, commanded).steps where Self.refusedByTheCLI[step.title] == nil {
      let differences = step.differences.filter { difference in
        !Self.asked.contains(difference.what.split(separator: "/").last.map(String.init) ?? "")
      }
      #expect(differences.isEmpty, "\(step.number). \(step.title): \(differences)")
    }
    #expect(Self.left(commanded) == Self.left(called), "another state is left")
    #expect(commanded.teardown.allSatisfy { $0.problem == nil })
    let made = commanded.steps.compactMap(\.exchange).filter { $0.call != nil }
    #expect(made.allSatisfy { $0.request.headers["User-Agent"]?.contains("aws-cli") == true })
    #expect(!made.isEmpty)
  }
}
