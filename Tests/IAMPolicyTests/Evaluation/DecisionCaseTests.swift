import Foundation
import IAMPolicy
import JSON
import Testing

/// A request of `iamdrill evaluate` with the answer that AWS's documentation gives it, a line of `Golden/*.jsonl`.
struct DecisionCase: Sendable, CustomTestStringConvertible {
  var name: String
  var request: JSONValue
  var expected: JSONValue

  var testDescription: String { name }

  /// The files, each about one part of the procedure; `facts` has a case for every row of what is known of it, under the
  /// row's number and words.
  static let files = ["facts", "grants", "accounts", "trust", "guardrails", "patterns", "conditions", "answers"]

  static func read(_ file: String) throws -> [DecisionCase] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/Golden/\(file).jsonl")))
    return try text.split(separator: UInt8(ascii: "\n")).map { line in
      let value = try JSONValue(parsing: line)
      return DecisionCase(
        name: try #require(value["name"]?.string), request: try #require(value["request"]),
        expected: try #require(value["expect"]))
    }
  }
}

@Suite("Decisions as AWS documents them") struct DecisionCaseTests {
  @Test("every case has the answer of the documentation", arguments: DecisionCase.files)
  func answers(file: String) throws {
    let cases = try DecisionCase.read(file)
    #expect(Set(cases.map(\.name)).count == cases.count, "a name stands for two cases")
    var evaluation = PolicyEvaluation()
    for one in cases {
      let answer = try JSONValue(parsing: evaluation.answer(Array(one.request.compact.utf8)))
      for (member, expected) in (one.expected.object ?? []).map({ ($0.name, $0.value.compact) }) {
        #expect(answer[member]?.compact == expected, "\(file): \(one.name): \(answer.compact)")
      }
    }
  }

  /// The trace is what people read; it must not tell another story than the decision.
  @Test("with the trace the answers are the same", arguments: DecisionCase.files)
  func traces(file: String) throws {
    var (plain, explaining) = (PolicyEvaluation(), PolicyEvaluation(explains: true))
    for one in try DecisionCase.read(file) {
      let request = Array(one.request.compact.utf8)
      let (answer, explained) = (
        try JSONValue(parsing: plain.answer(request)), try JSONValue(parsing: explaining.answer(request))
      )
      for member in ["decision", "decidedBy", "statements", "message"] {
        #expect(answer[member]?.compact == explained[member]?.compact, "\(one.name)")
      }
      #expect(explained["trace"]?.array != nil)
    }
  }
}
