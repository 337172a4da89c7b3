package import IAMPolicy
package import Scenario

// Why a call was allowed or refused, in short: for what is printed under a failed expectation.
extension StatementPlaces {
  /// How many statements that came near are told of.
  private static let nearMisses = 4

  /// What decided, in words: `allowed by statement 1 of AllowAssume (group Developers), line 58`; where nothing allows, the
  /// statements that came nearest, and why they do not match.
  package func notes(for exchange: Exchange) -> [Diagnostic.Note] {
    guard let deciding = exchange.explained?.deciding else {
      return exchange.decision.map { [Diagnostic.Note("\(Self.verb(of: $0)) the \($0.decidedBy.name)")] } ?? []
    }
    let decision = deciding.decision
    guard decision.statements.isEmpty else {
      return decision.statements.map { statement in
        Diagnostic.Note(
          "\(Self.verb(of: decision)) \(statement.title)", at: range(of: statement, in: deciding.request))
      }
    }
    return [Diagnostic.Note("\(Self.verb(of: decision)) the \(decision.decidedBy.name)")]
      + deciding.nearMisses.prefix(Self.nearMisses).map { miss in
        Diagnostic.Note(
          "\(miss.statement.title) does not match: \(deciding.misfits(of: miss).map(\.text).joined(separator: "; "))",
          at: range(of: miss.statement, in: deciding.request))
      }
  }

  private static func verb(of decision: Decision) -> String {
    switch decision.effect {
    case .allowed: "allowed by"
    case .explicitDeny: "denied by"
    case .implicitDeny: "denied because nothing allows it in"
    }
  }
}

extension StatementReference {
  /// `statement 1 "Sid" of AllowAssume (group Developers)`
  package var title: String {
    let owner = attachedTo.map { " (\($0))" } ?? ""
    let sid = sid.map { " \"\($0)\"" } ?? ""
    return "statement \(index + 1)\(sid) of \(policyName ?? policyARN ?? "the \(layer.rawValue)")\(owner)"
  }
}
