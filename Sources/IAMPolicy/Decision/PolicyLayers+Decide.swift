extension PolicyLayers {
  /// Decides as AWS documents it in "Policy evaluation logic": an explicit deny anywhere wins; guardrails must allow at
  /// every level; then, within one account, the identity's policies or the resource's grant, limited by boundary and
  /// session policies as far as the resource's grant is not direct; across accounts both sides must.
  public func decide(_ request: AuthorizationRequest) -> Decision {
    // No permission is required to call it, and "the same information is returned when access is denied".
    if request.lowercasedAction.elementsEqual("sts:getcalleridentity".utf8) {
      return .allowed(by: .noPermissionNeeded)
    }
    let applied = AppliedLayers(self, to: request)
    if let denial = applied.explicitDeny() { return denial }
    if let refusal = applied.guardrailRefusal() { return refusal }
    if request.principal.kind == .root, request.principal.account == request.resourceAccount {
      return .allowed(by: .rootUser)
    }
    return applied.grant()
  }
}

/// The layers that bear on one request, held against it.
struct AppliedLayers {
  private let layers: PolicyLayers
  private let request: AuthorizationRequest
  private let resourceLayer: PolicyLayer

  init(_ layers: PolicyLayers, to request: AuthorizationRequest) {
    self.layers = layers
    self.request = request
    resourceLayer = request.isAnsweredByTrust ? .trust : .resource
  }

  private var principal: RequestPrincipal { request.principal }

  /// SCPs bind the principals of an account and no one from outside; service-linked roles are exempt
  /// (``PolicyChoice/serviceLinkedRolesAreExempt``).
  private var serviceControl: [[AttachedPolicy]]? {
    switch principal.kind {
    case .root, .user, .roleSession, .federatedUser: principal.isServiceLinkedRole ? nil : layers.serviceControl
    case .service, .federated, .anonymous: nil
    }
  }

  private var resourceControl: [[AttachedPolicy]]? { principal.isServiceLinkedRole ? nil : layers.resourceControl }

  // MARK: Explicit deny

  /// The layers that apply with their policies. Their order only decides which one a refusal names:
  /// ``PolicyChoice/orderOfDenyingLayers``.
  var groups: [(PolicyLayer, [AttachedPolicy])] {
    [
      (.serviceControl, (serviceControl ?? []).flatMap { $0 }),
      (.resourceControl, (resourceControl ?? []).flatMap { $0 }),
      (.vpcEndpoint, layers.vpcEndpoint), (resourceLayer, layers.resource.map { [$0] } ?? []),
      (.identity, layers.identity), (.permissionsBoundary, layers.permissionsBoundaries),
      (.session, layers.session ?? []),
    ]
  }

  func explicitDeny() -> Decision? {
    for (layer, policies) in groups {
      for policy in policies {
        if let statement = first(.deny, of: policy, in: layer) {
          return Decision(
            effect: .explicitDeny, decidedBy: .layer(layer),
            statements: [StatementReference(statement.source, of: policy, in: layer)])
        }
      }
    }
    return nil
  }

  // MARK: Guardrails

  func guardrailRefusal() -> Decision? {
    if let levels = resourceControl, !levels.allSatisfy({ allows($0, in: .resourceControl) != nil }) {
      return .implicitDeny(by: .resourceControl)
    }
    if let levels = serviceControl, !levels.allSatisfy({ allows($0, in: .serviceControl) != nil }) {
      return .implicitDeny(by: .serviceControl)
    }
    if !layers.vpcEndpoint.allSatisfy({ allows([$0], in: .vpcEndpoint) != nil }) {
      return .implicitDeny(by: .vpcEndpoint)
    }
    return nil
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
      return principal.account == request.resourceAccount ? sameAccount(granted) : crossAccount(granted)
    }
  }

  private typealias ResourceGrant = (strength: GrantStrength, statement: StatementReference)

  private func sameAccount(_ granted: ResourceGrant?) -> Decision {
    if let granted, granted.strength == .direct { return .allowed(by: .layer(resourceLayer), [granted.statement]) }
    if let granted, granted.strength == .base {
      return ceilingRefusal() ?? .allowed(by: .layer(resourceLayer), [granted.statement])
    }
    guard let identity = allows(layers.identity, in: .identity) else { return .implicitDeny(by: .identity) }
    // A role is assumed only by those whom its trust policy names, within its account as well.
    if resourceLayer == .trust, granted == nil { return .implicitDeny(by: .trust) }
    if let refusal = ceilingRefusal() { return refusal }
    return .allowed(by: .layer(.identity), [identity] + (granted.map { [$0.statement] } ?? []))
  }

  private func crossAccount(_ granted: ResourceGrant?) -> Decision {
    // The root user of another account has its own account's consent by being that account.
    let identity = allows(layers.identity, in: .identity)
    if principal.kind != .root, identity == nil { return .implicitDeny(by: .identity) }
    if let refusal = ceilingRefusal() { return refusal }
    guard let granted else { return .implicitDeny(by: resourceLayer) }
    return .allowed(by: .layer(resourceLayer), [granted.statement] + (identity.map { [$0] } ?? []))
  }

  /// What boundary and session policies leave out.
  private func ceilingRefusal() -> Decision? {
    if principal.kind != .root,
      !layers.permissionsBoundaries.allSatisfy({ allows([$0], in: .permissionsBoundary) != nil })
    {
      return .implicitDeny(by: .permissionsBoundary)
    }
    if let session = layers.session {
      // PolicyChoice.sessionPoliciesTogether
      if allows(session, in: .session) == nil { return .implicitDeny(by: .session) }
    } else if principal.kind == .federatedUser {
      // "If you do not pass a policy, the federated user session has no permissions" but what resources grant it.
      return .implicitDeny(by: .session)
    }
    return nil
  }

  /// The strongest allow of the resource's policy.
  private func resourceGrant() -> ResourceGrant? {
    guard let policy = layers.resource else { return nil }
    var best: ResourceGrant?
    for index in policy.policy.candidates(service: request.service) {
      let statement = policy.policy.statements[index]
      guard statement.source.effect == .allow, case .matches(let strength) = match(statement, in: resourceLayer) else {
        continue
      }
      if best.map({ $0.strength < strength }) ?? true {
        best = (strength, StatementReference(statement.source, of: policy, in: resourceLayer))
        if strength == .direct { break }
      }
    }
    return best
  }

  // MARK: Statements

  /// The first statement that allows; `nil` where none of the policies does.
  private func allows(_ policies: [AttachedPolicy], in layer: PolicyLayer) -> StatementReference? {
    for policy in policies {
      if let statement = first(.allow, of: policy, in: layer) {
        return StatementReference(statement.source, of: policy, in: layer)
      }
    }
    return nil
  }

  private func first(
    _ effect: PolicyDocument.Effect, of policy: AttachedPolicy, in layer: PolicyLayer
  ) -> CompiledStatement? {
    for index in policy.policy.candidates(service: request.service) {
      let statement = policy.policy.statements[index]
      if statement.source.effect == effect, case .matches = match(statement, in: layer) { return statement }
    }
    return nil
  }

  func match(_ statement: CompiledStatement, in layer: PolicyLayer) -> StatementMatch {
    statement.match(request, needsPrincipal: layer == .resource || layer == .trust, needsResource: layer != .trust)
  }
}
