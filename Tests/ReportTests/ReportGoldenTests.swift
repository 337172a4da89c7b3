import AWSAPI
import FoundationEssentials
import Report
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Every report of one run that has every verdict, held to the byte against a file of `Golden`.
/// `IAMDRILL_UPDATE_GOLDEN=1` writes those files instead; then look at the difference.
@Suite("Reports as they are written") struct ReportGoldenTests {
  static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/Golden"
  static let started = Date(timeIntervalSince1970: 1_736_942_400)

  struct Report: Sendable, CustomTestStringConvertible {
    var file: String
    var text: @Sendable (Run) -> String
    var testDescription: String { file }
  }

  /// A run with its events, the times of which are always the same.
  struct Run: Sendable {
    var events: [Event] = []
    var result = RunResult()
  }

  static let reports: [Report] = [
    Report(file: "junit.xml") { JUnitReport.text($0.result, started: started) },
    Report(file: "report.tap") { TAPReport.text($0.result) },
    Report(file: "report.json") { JSONReport.text($0.result, started: started, tool: "1.2.3") },
    Report(file: "annotations.txt") { GitHubReport.annotations($0.result) },
    Report(file: "summary.md") { GitHubReport.summary($0.result) },
    Report(file: "page.html") { HTMLReport.text($0.result, started: started) },
    Report(file: "terminal.txt") { terminal($0) },
    Report(file: "terminal-colour.txt") { terminal($0, color: true) },
    Report(file: "terminal-quiet.txt") { terminal($0, verbosity: .quiet) },
    Report(file: "terminal-verbose.txt") { terminal($0, verbosity: .exchanges) },
    Report(file: "terminal-very-verbose.txt") { terminal($0, verbosity: .connections) },
  ]

  @Test("Is this to the byte", arguments: reports)
  func golden(report: Report) throws {
    let (run, redactor) = try Self.run()
    let text = redactor.redact(report.text(run))
    let path = "\(Self.folder)/\(report.file)"
    if getenv("IAMDRILL_UPDATE_GOLDEN") != nil {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } else {
      let expected = try ScenarioFolder(path: Self.folder).read(report.file, at: nil)
      #expect(text == String(decoding: expected, as: UTF8.self))
    }
  }

  @Test("No secret that the run has seen is in any of them")
  func secrets() throws {
    let (run, redactor) = try Self.run()
    let secrets = run.result.scenarios.flatMap(\.steps).compactMap(\.exchange).flatMap { exchange -> [String] in
      guard case .success(let answer) = exchange.outcome, let found = answer["Credentials"]?.structure else {
        return []
      }
      return ["SecretAccessKey", "SessionToken"].compactMap { found[$0]?.string }
    }
    #expect(secrets.count == 2)
    for report in Self.reports {
      let text = redactor.redact(report.text(run))
      for secret in secrets { #expect(!text.contains(secret), "\(report.file)") }
    }
  }

  static func run() throws -> (run: Run, redactor: Redactor) {
    var scenarios: [Scenario] = []
    for name in ["mixed.yaml", "further.yaml"] {
      let text = String(decoding: try ScenarioFolder(path: folder).read(name, at: nil), as: UTF8.self)
      let loaded = ScenarioFile.parse(text, path: "scenarios/\(name)")
      #expect(loaded.checked().filter { $0.severity == .error }.isEmpty)
      scenarios.append(try #require(loaded.scenario))
    }
    let redactor = Redactor()
    var run = Run()
    var options = RunOptions()
    options.commands = commands
    let result = ScenarioRunner(redactor: redactor, options: options) { run.events.append($0) }.run(scenarios)
    run.events = run.events.map { $0.withFixedTimes }
    run.result = result.withFixedTimes
    return (run, redactor)
  }

  /// A program that prints what the AWS CLI prints, because the real one would ask for a server; what it does is the affair of
  /// Tests/RunnerTests/Commands.
  private static let commands = CommandHost(program: .found(path: folder + "/aws.sh"), searchPath: "/usr/bin:/bin") {
    (_) throws(Problem) in Nowhere()
  }

  private struct Nowhere: ServedService {
    let url = "http://127.0.0.1:9"
    func close() {}
  }

  static func terminal(_ run: Run, color: Bool = false, verbosity: Verbosity = .normal) -> String {
    var text = ""
    var report = TerminalReport(color: color, verbosity: verbosity, redactor: Redactor()) { text += $0 }
    for event in run.events { report.record(event) }
    return text
  }
}

extension Event {
  fileprivate var withFixedTimes: Event {
    switch self {
    case .stepEnded(let step): .stepEnded(step.withFixedTime)
    case .scenarioEnded(let result): .scenarioEnded(result.withFixedTimes)
    case .runEnded(let result): .runEnded(result.withFixedTimes)
    default: self
    }
  }
}

extension StepResult {
  fileprivate var withFixedTime: StepResult {
    var result = self
    result.duration = .microseconds(number * 1234)
    return result
  }
}

extension ScenarioResult {
  fileprivate var withFixedTimes: ScenarioResult {
    var result = self
    result.duration = .milliseconds(98)
    result.steps = steps.map(\.withFixedTime)
    return result
  }
}

extension RunResult {
  fileprivate var withFixedTimes: RunResult {
    var result = self
    result.duration = .milliseconds(125)
    result.scenarios = scenarios.map(\.withFixedTimes)
    return result
  }
}
