/// A kind of policy that takes part in a decision, named as scenarios and `iamdrill evaluate` name it.
public enum PolicyLayer: String, Sendable, Hashable, CaseIterable {
  /// What is attached to the user, its groups or the role.
  case identity = "identity-policy"
  /// What is attached to the resource.
  case resource = "resource-policy"
  /// A role's trust policy, which is the resource policy of assuming it.
  case trust = "trust-policy"
  /// The ceiling of a user or role.
  case permissionsBoundary = "permissions-boundary"
  /// What was handed along when the session was made.
  case session = "session-policy"
  /// The organization's ceiling for principals of an account.
  case serviceControl = "service-control-policy"
  /// The organization's ceiling for resources of an account.
  case resourceControl = "resource-control-policy"
  /// What the network endpoint lets through.
  case vpcEndpoint = "vpc-endpoint-policy"
}

/// What decided: a layer of policies, or one of the rules that no policy changes.
public enum DecisionBasis: Sendable, Hashable {
  /// Policies of this layer.
  case layer(PolicyLayer)
  /// The root user may do everything in its own account that guardrails leave, and may not assume roles.
  case rootUser
  /// The action needs no permission (`sts:GetCallerIdentity`, a user's `sts:GetSessionToken`).
  case noPermissionNeeded
  /// Credentials of this kind may not call the action, whatever policies say.
  case credentialKind
  /// What AWS owns is not to be changed.
  case ownedByAWS

  /// The name in reports: the layer's, `root-user`, `no-permission-needed`, `credential-kind` or `owned-by-aws`.
  public var name: String {
    switch self {
    case .layer(let layer): layer.rawValue
    case .rootUser: "root-user"
    case .noPermissionNeeded: "no-permission-needed"
    case .credentialKind: "credential-kind"
    case .ownedByAWS: "owned-by-aws"
    }
  }

  /// The layer, where one decided.
  public var layer: PolicyLayer? { if case .layer(let layer) = self { layer } else { nil } }
}
