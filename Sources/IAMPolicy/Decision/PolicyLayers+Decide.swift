extension PolicyLayers {
  /// Decides as AWS documents it in "Policy evaluation logic": an explicit deny anywhere wins; guardrails must allow at
  /// every level; then, within one account, the identity's policies or the resource's grant, limited by boundary and
  /// session policies as far as the resource's grant is not direct; across accounts both sides must.
  public func decide(_ request: AuthorizationRequest) -> Decision {
    if request.needsNoPermission { return .allowed(by: .noPermissionNeeded) }
    let applied = AppliedLayers(self, to: request)
    if let denial = applied.explicitDeny() { return denial }
    if let basis = request.refusalWithoutPolicies { return .implicitDeny(by: basis) }
    if let refusal = applied.guardrailRefusal() { return refusal }
    if request.principal.kind == .root, request.isWithinOneAccount {
      // A session of the root user that AssumeRoot gave is held to its task.
      return applied.ceilingRefusal() ?? .allowed(by: .rootUser)
    }
    return applied.grant()
  }
}

/// The layers that bear on one request, held against it.
struct AppliedLayers {
  let layers: PolicyLayers
  let request: AuthorizationRequest
  /// What the resource's policy is called: a role's is its trust policy.
  let resourceLayer: PolicyLayer

  init(_ layers: PolicyLayers, to request: AuthorizationRequest) {
    self.layers = layers
    self.request = request
    resourceLayer = request.isAnsweredByTrust ? .trust : .resource
  }

  private var principal: RequestPrincipal { request.principal }

  /// SCPs bind the principals of an account and no one from outside; service-linked roles are exempt
  /// (``PolicyChoice/serviceLinkedRolesAreExempt``).
  var serviceControl: [[AttachedPolicy]]? {
    switch principal.kind {
    case .root, .user, .roleSession, .federatedUser: principal.isServiceLinkedRole ? nil : layers.serviceControl
    case .service, .federated, .anonymous: nil
    }
  }

  var resourceControl: [[AttachedPolicy]]? { principal.isServiceLinkedRole ? nil : layers.resourceControl }

  // MARK: Explicit deny

  /// The order in which layers are asked only decides which one is named: ``PolicyChoice/orderOfDenyingLayers``.
  func explicitDeny() -> Decision? {
    denial(in: .resourceControl, levels: resourceControl) ?? denial(in: .serviceControl, levels: serviceControl)
      ?? denial(in: .vpcEndpoint, layers.vpcEndpoint) ?? resourceDenial() ?? denial(in: .identity, layers.identity)
      ?? denial(in: .permissionsBoundary, layers.permissionsBoundaries)
      ?? layers.session.flatMap { denial(in: .session, $0) }
  }

  private func denial(in layer: PolicyLayer, levels: [[AttachedPolicy]]?) -> Decision? {
    guard let levels else { return nil }
    for level in levels { if let denial = denial(in: layer, level) { return denial } }
    return nil
  }

  private func resourceDenial() -> Decision? {
    guard let policy = layers.resource, !request.mendsBucketPolicyAsOwner else { return nil }
    return first(.deny, of: policy, in: resourceLayer).map { Self.denied(by: $0) }
  }

  private func denial(in layer: PolicyLayer, _ policies: [AttachedPolicy]) -> Decision? {
    first(.deny, of: policies, in: layer).map { Self.denied(by: $0) }
  }

  private static func denied(by statement: StatementReference) -> Decision {
    Decision(effect: .explicitDeny, decidedBy: .layer(statement.layer), statements: [statement])
  }

  // MARK: Guardrails

  /// ``PolicyChoice/orderOfMissingAllows``
  func guardrailRefusal() -> Decision? {
    if let levels = resourceControl, !allAllow(levels, in: .resourceControl) {
      return .implicitDeny(by: .resourceControl)
    }
    if let levels = serviceControl, !allAllow(levels, in: .serviceControl) { return .implicitDeny(by: .serviceControl) }
    // PolicyChoice.severalEndpointPolicies
    for policy in layers.vpcEndpoint where first(.allow, of: policy, in: .vpcEndpoint) == nil {
      return .implicitDeny(by: .vpcEndpoint)
    }
    return nil
  }

  private func allAllow(_ levels: [[AttachedPolicy]], in layer: PolicyLayer) -> Bool {
    for level in levels where first(.allow, of: level, in: layer) == nil { return false }
    return true
  }

  // MARK: Grants

  func grant() -> Decision {
    let granted = resourceGrant()
    switch principal.kind {
    case .anonymous, .service, .federated:
      // Nobody's account speaks for these: the resource must name them, or everyone.
      guard let granted, granted.strength == .direct else { return .implicitDeny(by: resourceLayer) }
      return .allowed(by: .layer(resourceLayer), [granted.statement])
    case .root, .user, .roleSession, .federatedUser:
      return request.isWithinOneAccount ? sameAccount(granted) : crossAccount(granted)
    }
  }

  private typealias ResourceGrant = (strength: GrantStrength, statement: StatementReference)

  private func sameAccount(_ granted: ResourceGrant?) -> Decision {
    if let granted, granted.strength == .direct, !identityMustAllow {
      return .allowed(by: .layer(resourceLayer), [granted.statement])
    }
    if let granted, granted.strength == .base, !identityMustAllow {
      return ceilingRefusal() ?? .allowed(by: .layer(resourceLayer), [granted.statement])
    }
    guard let identity = first(.allow, of: layers.identity, in: .identity) else { return .implicitDeny(by: .identity) }
    if granted == nil, resourceMustAllow { return .implicitDeny(by: resourceLayer) }
    if let refusal = ceilingRefusal() { return refusal }
    guard let granted else { return .allowed(by: .layer(.identity), [identity]) }
    return .allowed(by: .layer(.identity), [identity, granted.statement])
  }

  /// However directly the trust names a session that hands its source identity on: "When you assume a role with another
  /// role, which is called role chaining, permissions for `sts:SetSourceIdentity` are required in both the permissions
  /// policy of the principal who is assuming the role and in the role trust policy of the target role" (IAM User Guide,
  /// "Monitor and control actions taken with assumed roles").
  private var identityMustAllow: Bool {
    principal.kind == .roleSession && request.requestedAction.isOne(of: "sts:setsourceidentity")
  }

  /// Within an account the identity's policies are enough, but for ``PolicyChoice/trustMustAllow`` and
  /// ``PolicyChoice/keyPoliciesMustAllow``.
  private var resourceMustAllow: Bool {
    resourceLayer == .trust || (layers.resource != nil && request.splitResource.isKey)
  }

  private func crossAccount(_ granted: ResourceGrant?) -> Decision {
    let identity = first(.allow, of: layers.identity, in: .identity)
    // The root user of another account has its own account's consent by being that account.
    if principal.kind != .root, identity == nil { return .implicitDeny(by: .identity) }
    if let refusal = ceilingRefusal() { return refusal }
    guard let granted else { return .implicitDeny(by: resourceLayer) }
    guard let identity else { return .allowed(by: .layer(resourceLayer), [granted.statement]) }
    return .allowed(by: .layer(resourceLayer), [granted.statement, identity])
  }

  /// What boundary and session policies leave out.
  func ceilingRefusal() -> Decision? {
    if principal.kind != .root {
      for boundary in layers.permissionsBoundaries where first(.allow, of: boundary, in: .permissionsBoundary) == nil {
        return .implicitDeny(by: .permissionsBoundary)
      }
    }
    if let session = layers.session {
      // PolicyChoice.sessionPoliciesTogether
      return first(.allow, of: session, in: .session) == nil ? .implicitDeny(by: .session) : nil
    }
    // "If there is no session policy, the code checks whether the principal is a role session. … Otherwise, the request is
    // implicitly denied" (AWS, "Policy evaluation logic").
    return principal.kind == .federatedUser ? .implicitDeny(by: .session) : nil
  }

  /// The strongest allow of the resource's policy.
  private func resourceGrant() -> ResourceGrant? {
    guard let policy = layers.resource else { return nil }
    let form = LayerForm(resourceLayer)
    var best: (strength: GrantStrength, statement: CompiledStatement)?
    let direct = policy.policy.first(.allow, for: request.requestedAction) { statement in
      guard let strength = statement.match(request, form) else { return false }
      if best.map({ $0.strength < strength }) ?? true { best = (strength, statement) }
      return strength == .direct
    }
    if let direct { best = (.direct, direct) }
    return best.map { ($0.strength, StatementReference($0.statement.source, of: policy, in: resourceLayer)) }
  }

  // MARK: Statements

  /// The first statement of this effect that matches; `nil` where none of the policies has one.
  private func first(
    _ effect: PolicyDocument.Effect, of policies: [AttachedPolicy], in layer: PolicyLayer
  ) -> StatementReference? {
    for policy in policies { if let statement = first(effect, of: policy, in: layer) { return statement } }
    return nil
  }

  private func first(
    _ effect: PolicyDocument.Effect, of policy: AttachedPolicy, in layer: PolicyLayer
  ) -> StatementReference? {
    let form = LayerForm(layer)
    let statement = policy.policy.first(effect, for: request.requestedAction) { $0.match(request, form) != nil }
    return statement.map { StatementReference($0.source, of: policy, in: layer) }
  }
}
