/// The answer of the policies, with what decided.
public struct Decision: Sendable, Hashable {
  /// The three answers.
  public enum Effect: String, Sendable, Hashable {
    /// Something allows, and nothing that must allow does not.
    case allowed
    /// A Deny statement matches.
    case explicitDeny
    /// Nothing allows.
    case implicitDeny
  }

  /// The answer.
  public var effect: Effect
  /// What decided: for a refusal the layer that refused, for an allow the layer that granted.
  public var decidedBy: DecisionBasis
  /// The statements that decided, the first of each layer that it took (``PolicyLayers/decidingStatements(of:on:)`` has
  /// all); none where the lack of an allow did.
  public var statements: [StatementReference]

  /// Whether the request may go ahead.
  public var isAllowed: Bool { effect == .allowed }

  static func allowed(by basis: DecisionBasis, _ statements: [StatementReference] = []) -> Decision {
    Decision(effect: .allowed, decidedBy: basis, statements: statements)
  }

  static func implicitDeny(by layer: PolicyLayer) -> Decision { implicitDeny(by: .layer(layer)) }

  static func implicitDeny(by basis: DecisionBasis) -> Decision {
    Decision(effect: .implicitDeny, decidedBy: basis, statements: [])
  }
}
