import IAMPolicy
import Runner
import Scenario

/// A step's verdict, and why its call was allowed or refused, as documents say it.
struct VerdictWords {
  let verdict: String
  /// Down to the statement; empty where the target does not say. Names stand between backticks.
  let reason: String
  /// Where nothing allows a call: the statements that came nearest, and why they do not match.
  let misses: [String]

  /// How many statements that came near are told of.
  private static let mostMisses = 4

  init(_ result: StepResult) {
    verdict =
      switch result.verdict {
      case .passed: result.step.expect == nil ? "Done." : "As expected."
      case .failed(let mismatches): "Not as expected: " + mismatches.map(\.summary).joined(separator: "; ")
      case .notReady(let message): "Not ready: \(message)"
      case .error(let problem): "Error: \(problem.message)"
      case .notRun(let cause): "Not run, because of: \(cause)"
      }
    reason = result.decidingExchange?.decision.map(Self.reason) ?? ""
    misses = result.decidingExchange?.explained?.deciding.map(Self.misses) ?? []
  }

  private static func misses(_ deciding: ExplainedRequest) -> [String] {
    deciding.nearMisses.prefix(mostMisses).map { miss in
      let reasons = deciding.misfits(of: miss).map { $0.text.replacing("`", with: "'") }
      return "\(miss.statement.title) does not match: `\(reasons.joined(separator: "`; `"))`"
    }
  }

  static func reason(_ decision: Decision) -> String {
    let effect =
      switch decision.effect {
      case .allowed: "Allowed"
      case .explicitDeny: "Refused by an explicit deny"
      case .implicitDeny: "Refused because nothing allows it"
      }
    guard !decision.statements.isEmpty else { return "\(effect): `\(decision.decidedBy.name)`." }
    let statements = decision.statements.map { statement in
      let name = statement.policyName ?? statement.policyARN ?? "the policy"
      let sid = statement.sid.map { " (`\($0)`)" } ?? ""
      let owner = statement.attachedTo.map { " of \($0)" } ?? ""
      return "statement \(statement.index + 1)\(sid) of the \(statement.layer.rawValue) `\(name)`\(owner)"
    }
    return "\(effect): " + statements.joined(separator: ", and ") + "."
  }
}
