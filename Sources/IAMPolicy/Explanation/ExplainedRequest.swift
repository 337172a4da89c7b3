/// A question to the policies with all that was held against it, so that its decision can be explained whole.
public struct ExplainedRequest: Sendable {
  /// The question.
  public let request: AuthorizationRequest
  /// The policies that bear on it.
  public let layers: PolicyLayers
  /// The decision, made when the question was asked.
  public let decision: Decision

  /// A question with the answer that `layers` gave to it.
  public init(_ request: AuthorizationRequest, _ layers: PolicyLayers, decision: Decision) {
    self.request = request
    self.layers = layers
    self.decision = decision
  }

  /// Every statement that was considered, held against the request again: a run asks for it only where it is shown.
  public var trace: DecisionTrace { layers.trace(request) }

  /// A statement as its policy has it; `nil` where it is none of these policies'.
  public func source(of statement: StatementReference) -> PolicyDocument.Statement? {
    let policies: [AttachedPolicy] =
      switch statement.layer {
      case .identity: layers.identity
      case .resource, .trust: layers.resource.map { [$0] } ?? []
      case .permissionsBoundary: layers.permissionsBoundaries
      case .session: layers.session ?? []
      case .serviceControl: (layers.serviceControl ?? []).flatMap { $0 }
      case .resourceControl: (layers.resourceControl ?? []).flatMap { $0 }
      case .vpcEndpoint: layers.vpcEndpoint
      }
    let policy = policies.first {
      $0.name == statement.policyName && $0.arn == statement.policyARN && $0.attachedTo == statement.attachedTo
    }
    return policy?.policy.document.statements.first { $0.index == statement.index }
  }

  /// The statements that would have allowed a request that nothing in the deciding layer allows, the nearest first: those
  /// of which only a condition, then only the resource or the principal does not match. Statements on other actions are
  /// no near misses.
  public var nearMisses: [StatementTrace] {
    guard decision.effect == .implicitDeny, let layer = decision.decidedBy.layer else { return [] }
    let statements = trace.layers.filter { $0.layer == layer && $0.exemption == nil && !$0.allows }
      .flatMap { $0.policies.flatMap(\.statements) }
      .filter { $0.effect == .allow && $0.action && $0.outcome != .matches }
    let ranked = statements.enumerated().map { (misfits: $0.element.misfits, offset: $0.offset, trace: $0.element) }
    return ranked.sorted { ($0.misfits, $0.offset) < ($1.misfits, $1.offset) }.map(\.trace)
  }
}

extension StatementTrace {
  /// How many of its parts do not match.
  fileprivate var misfits: Int {
    (action ? 0 : 1) + (principal == nil ? 1 : 0) + (resource ? 0 : 1) + conditions.count { !$0.holds }
  }
}
