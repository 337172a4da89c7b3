package import IAMPolicy
package import Scenario

/// Where the scenario's own policies stand, so that a decision can be traced to the line that made it.
package struct StatementPlaces: Sendable {
  private struct Place: Sendable {
    var policy: String
    var statements: [SourceRange]
  }

  /// By the name under which a policy was put or made, in the order of the steps.
  private var places: [String: Place] = [:]
  private let policies: [String: TemplateValue]

  package init(_ scenario: Scenario) {
    policies = Dictionary(scenario.policies.map { ($0.name.value, $0.document) }) { first, _ in first }
  }

  /// Keeps that the policy called `name` on AWS was written from the scenario's `document`.
  package mutating func note(_ name: String, isWrittenFrom document: TemplateValue) {
    guard case .scalar(let template) = document, let path = template.soleReference?.path, path.count == 2,
      path[0] == "policies", let source = policies[path[1]], let statement = source["Statement"]
    else { return }
    let ranges: [SourceRange]
    if case .list(let elements, _) = statement { ranges = elements.map(\.range) } else { ranges = [statement.range] }
    places[name] = Place(policy: path[1], statements: ranges)
  }

  /// The statement's place in the scenario; `nil` where the policy is not the scenario's.
  package func range(of statement: StatementReference) -> SourceRange? {
    let names = [statement.policyName, statement.policyARN].compactMap { $0 }
    guard let place = names.lazy.compactMap({ places[$0] }).first, place.statements.indices.contains(statement.index)
    else {
      return nil
    }
    return place.statements[statement.index]
  }

  /// What decided, in words: `allowed by statement 1 of AllowAssume (group Developers), line 58`.
  package func notes(for decision: Decision) -> [Diagnostic.Note] {
    let verb =
      switch decision.effect {
      case .allowed: "allowed by"
      case .explicitDeny: "denied by"
      case .implicitDeny: "denied because nothing allows it in"
      }
    guard !decision.statements.isEmpty else {
      return [Diagnostic.Note("\(verb) the \(decision.decidedBy.name)")]
    }
    return decision.statements.map { statement in
      let owner = statement.attachedTo.map { " (\($0))" } ?? ""
      let name = statement.policyName ?? statement.policyARN ?? "the \(statement.layer.rawValue)"
      let sid = statement.sid.map { " \"\($0)\"" } ?? ""
      return Diagnostic.Note(
        "\(verb) statement \(statement.index + 1)\(sid) of \(name)\(owner)", at: range(of: statement))
    }
  }
}
