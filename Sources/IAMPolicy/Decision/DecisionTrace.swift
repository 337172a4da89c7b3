/// A decision with every statement that was considered, and why it did or did not match.
public struct DecisionTrace: Sendable {
  /// The decision; what ``PolicyLayers/decide(_:)`` says to the same request.
  public var decision: Decision
  /// The layers that were given, in the order in which they are asked.
  public var layers: [LayerTrace]

  /// What the policies of one layer had to say.
  public struct LayerTrace: Sendable {
    /// The layer.
    public var layer: PolicyLayer
    /// For guardrails the level, from 0; `nil` for the other layers.
    public var level: Int?
    /// Why the layer was not asked; `nil` where it was.
    public var exemption: Exemption?
    /// The policies.
    public var policies: [PolicyTrace]
    /// Whether one of the policies allows the request.
    public var allows: Bool {
      policies.contains { $0.statements.contains { $0.outcome == .matches && $0.effect == .allow } }
    }
  }

  /// Why a layer does not bear on a request.
  public enum Exemption: String, Sendable, Hashable {
    /// Guardrails do not bind service-linked roles.
    case serviceLinkedRole = "service-linked roles are exempt"
    /// Service control policies bind the principals of accounts.
    case principalWithoutAccount = "binds only principals of the account"
    /// A bucket owner's root user may mend the bucket's policy whatever that policy denies.
    case ownerMendsBucketPolicy = "the owner's root user may always manage the bucket policy"
  }

  /// What one policy had to say.
  public struct PolicyTrace: Sendable {
    /// The policy's name.
    public var name: String?
    /// The policy's ARN, where it has one.
    public var arn: String?
    /// What the policy is attached to.
    public var attachedTo: String?
    /// All of its statements.
    public var statements: [StatementTrace]
  }
}

/// A statement held against a request, part by part.
public struct StatementTrace: Sendable, Hashable {
  /// Which statement it is.
  public var statement: StatementReference
  /// What it does where it matches.
  public var effect: PolicyDocument.Effect
  /// Whether `Action` or `NotAction` covers the request's action.
  public var action: Bool
  /// Whether the statement speaks of the principal; where it names principals, how directly.
  public var principal: GrantStrength?
  /// Whether the statement names principals at all.
  public var namesPrincipals: Bool
  /// Whether `Resource` or `NotResource` covers the request's resource.
  public var resource: Bool
  /// The conditions, one by one.
  public var conditions: [ConditionTrace]

  /// Whether a statement matched, or the first part of it that did not.
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
    case condition(ConditionTrace)
  }

  /// What came of holding the statement against the request.
  public var outcome: Outcome {
    if !action { return .otherAction }
    if principal == nil { return .otherPrincipal }
    if !resource { return .otherResource }
    return conditions.first { !$0.holds }.map { .condition($0) } ?? .matches
  }
}

/// A condition held against a request.
public struct ConditionTrace: Sendable, Hashable {
  /// The operator as written.
  public var operatorName: String
  /// The key as written.
  public var key: String
  /// The policy's values as written.
  public var values: [String]
  /// The request's values; `nil` where it does not have the key.
  public var requested: [String]?
  /// Whether the condition holds.
  public var holds: Bool
}
