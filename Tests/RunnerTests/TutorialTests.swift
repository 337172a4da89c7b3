import FoundationEssentials
import Runner
import Scenario
import Testing

/// The tutorial as it stands, and with the statements taken out that it is about: a test that cannot fail proves nothing.
@Suite("The cross-account tutorial") struct TutorialTests {
  static let path =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/scenarios/cross-account-role.yaml"

  static func text() throws -> String {
    String(decoding: try Data(contentsOf: URLPath.url(path)), as: UTF8.self)
  }

  static func run(_ text: String) throws -> ScenarioResult {
    let loaded = ScenarioFile.parse(text, path: path)
    #expect(loaded.diagnostics.filter { $0.severity == .error }.isEmpty)
    let scenario = try #require(loaded.scenario)
    return try #require(ScenarioRunner { _ in }.run([scenario]).scenarios.first)
  }

  static func failedTitles(_ result: ScenarioResult) -> [String] {
    result.steps.filter { if case .failed = $0.verdict { true } else { false } }.map(\.title)
  }

  @Test("runs as expected, and takes everything back")
  func asItStands() throws {
    let result = try Self.run(try Self.text())
    #expect(result.steps.count == 59)
    #expect(result.steps.allSatisfy { $0.verdict.isPassed })
    #expect(!result.teardown.isEmpty)
    #expect(result.teardown.allSatisfy { $0.problem == nil })
  }

  @Test(
    "fails at the right step when a statement it is about is taken out",
    arguments: [
      (
        "the Analysts' Deny turned to Allow",
        "DenyAssumeRole:\n    Version: \"2012-10-17\"\n    Statement:\n      Effect: Deny",
        "DenyAssumeRole:\n    Version: \"2012-10-17\"\n    Statement:\n      Effect: Allow",
        "Jane may not assume the role"
      ),
      (
        "the trust removed",
        "Principal: { AWS: \"arn:aws:iam::${{ accounts.Originating }}:root\" }\n        Action: sts:AssumeRole",
        "Principal: { Service: ec2.amazonaws.com }\n        Action: sts:AssumeRole", "David assumes the role"
      ),
      ("the role's s3:PutObject removed", "          - s3:PutObject\n", "", "He puts an object into it"),
    ])
  func mutation(name: String, statement: String, replacement: String, step: String) throws {
    let text = try Self.text()
    let place = try #require(text.firstRange(of: statement))
    let result = try Self.run(text.replacingCharacters(in: place, with: replacement))
    #expect(Self.failedTitles(result).first == step)
    #expect(result.hasFailure)
    #expect(!result.hasError)
    #expect(result.teardown.allSatisfy { $0.problem == nil })
  }

  @Test("a failure shows its place, what came, and what decided")
  func place() throws {
    let text = try Self.text()
    let place = try #require(text.firstRange(of: "expect: { denied: explicit, by: identity-policy, status: 403"))
    let result = try Self.run(text.replacingCharacters(in: place, with: "expect: { denied: implicit, status: 403"))
    let failed = try #require(
      result.steps.lazy.compactMap { if case .failed(let mismatches) = $0.verdict { mismatches.first } else { nil } }
        .first)
    #expect(failed.summary == "expected an implicit deny, a statement denied it")
    #expect(failed.range?.start.column == 19)
    #expect(
      failed.notes.contains {
        $0.message.contains("statement 1 of deny-assume-S3-role-in-destination") && $0.range != nil
      })
  }
}

extension String {
  /// The text with `range` replaced.
  func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

/// Paths as FoundationEssentials takes them.
enum URLPath {
  static func url(_ path: String) -> URL { URL(filePath: path) }
}
