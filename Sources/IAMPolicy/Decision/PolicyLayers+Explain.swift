/// A statement that was considered, and why it did or did not match.
public struct StatementTrace: Sendable, Hashable {
  /// Which statement.
  public var statement: StatementReference
  /// `Allow` or `Deny`.
  public var effect: PolicyDocument.Effect
  /// What came of holding it against the request.
  public var outcome: Outcome

  /// Whether a statement matched, or which part of it did not.
  public enum Outcome: Sendable, Hashable {
    /// All parts match.
    case matches
    /// The action is not among its actions.
    case otherAction
    /// It does not speak of this principal.
    case otherPrincipal
    /// The resource is not among its resources.
    case otherResource
    /// This condition does not hold.
    case condition(operatorName: String, key: String, values: [String], requested: [String]?)
  }
}

extension PolicyLayers {
  /// Every statement of every layer with what came of it, by the rule that ``decide(_:)`` goes by.
  public func explain(_ request: AuthorizationRequest) -> [StatementTrace] {
    let applied = AppliedLayers(self, to: request)
    return applied.groups.flatMap { layer, policies in
      policies.flatMap { policy in
        policy.policy.statements.map { statement in
          StatementTrace(
            statement: StatementReference(statement.source, of: policy, in: layer), effect: statement.source.effect,
            outcome: Self.outcome(applied.match(statement, in: layer), of: statement, request))
        }
      }
    }
  }

  private static func outcome(
    _ match: StatementMatch, of statement: CompiledStatement, _ request: AuthorizationRequest
  ) -> StatementTrace.Outcome {
    switch match {
    case .matches: return .matches
    case .otherAction: return .otherAction
    case .otherPrincipal: return .otherPrincipal
    case .otherResource: return .otherResource
    case .condition(let index):
      let source = statement.conditions[index].source
      return .condition(
        operatorName: source.operatorName.text, key: source.key.text, values: source.values.map(\.text),
        requested: request.context[source.key.text])
    }
  }
}
