/// A policy with the name it goes by and what it is attached to, for reports.
public struct AttachedPolicy: Sendable {
  /// The policy's name, or what stands for one.
  public var name: String?
  /// The ARN of a managed policy or of an organization's policy; newer denials of AWS name it.
  public var arn: String?
  /// What it is attached to: `group Analysts`.
  public var attachedTo: String?
  /// The policy itself.
  public var policy: CompiledPolicy

  /// A policy as it is attached.
  public init(_ policy: CompiledPolicy, name: String? = nil, arn: String? = nil, attachedTo: String? = nil) {
    self.policy = policy
    self.name = name
    self.arn = arn
    self.attachedTo = attachedTo
  }
}

/// Every policy that bears on a request, by layer.
public struct PolicyLayers: Sendable {
  /// Policies of the user and its groups, or of the role. None grants nothing.
  public var identity: [AttachedPolicy] = []
  /// The resource's policy; for assuming a role its trust policy.
  public var resource: AttachedPolicy?
  /// The ceilings of the user or role: each must allow.
  public var permissionsBoundaries: [AttachedPolicy] = []
  /// What was handed along for the session; `nil` where nothing was. Together they must allow.
  public var session: [AttachedPolicy]?
  /// The service control policies, level by level from the root: each level must allow. `nil` outside an organization.
  public var serviceControl: [[AttachedPolicy]]?
  /// The resource control policies of the resource's account, level by level.
  public var resourceControl: [[AttachedPolicy]]?
  /// The policies of the network endpoint that the request came through: each must allow.
  public var vpcEndpoint: [AttachedPolicy] = []

  /// No policy at all.
  public init() {}
}

/// A statement that decided, or was considered.
public struct StatementReference: Sendable, Hashable {
  /// The layer its policy belongs to.
  public var layer: PolicyLayer
  /// The policy's name.
  public var policyName: String?
  /// The policy's ARN, where it has one.
  public var policyARN: String?
  /// What the policy is attached to.
  public var attachedTo: String?
  /// The statement's position in its policy, from 0.
  public var index: Int
  /// The statement's `Sid`.
  public var sid: String?
  /// The bytes of the policy's source that spell the statement.
  public var range: Range<Int>

  init(_ statement: PolicyDocument.Statement, of policy: AttachedPolicy, in layer: PolicyLayer) {
    self.layer = layer
    policyName = policy.name
    policyARN = policy.arn
    attachedTo = policy.attachedTo
    index = statement.index
    sid = statement.sid
    range = statement.range
  }
}
