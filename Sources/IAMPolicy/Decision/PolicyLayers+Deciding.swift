extension PolicyLayers {
  /// All statements that decided a request, where ``decide(_:)`` is content with the first of each layer that it needs.
  ///
  /// For a refusal every Deny that matches in the layer that refused; for an allow every Allow that matches in the layers
  /// that granted, of the resource's policy only those that name the caller as directly as the grant needed.
  /// - Parameter decision: what ``decide(_:)`` said to the same request.
  public func decidingStatements(
    of decision: Decision, on request: AuthorizationRequest
  ) -> [StatementReference] {
    guard !decision.statements.isEmpty else { return [] }
    let applied = AppliedLayers(self, to: request)
    return decision.statements.flatMap { applied.peers(of: $0, decision.effect == .explicitDeny ? .deny : .allow) }
  }
}

extension AppliedLayers {
  /// The statements of the same layer that match as `statement` does, itself included, in their order.
  fileprivate func peers(
    of statement: StatementReference, _ effect: PolicyDocument.Effect
  ) -> [StatementReference] {
    let form = LayerForm(statement.layer)
    var strongest = GrantStrength.account
    var found: [(reference: StatementReference, strength: GrantStrength)] = []
    for policy in policies(of: statement.layer) {
      for peer in policy.policy.candidates(effect, for: request.requestedAction) {
        guard let strength = peer.match(request, form) else { continue }
        strongest = max(strongest, strength)
        found.append((StatementReference(peer.source, of: policy, in: statement.layer), strength))
      }
    }
    let isGrant = effect == .allow && statement.layer == resourceLayer
    return found.filter { !isGrant || $0.strength == strongest }.map(\.reference)
  }

  private func policies(of layer: PolicyLayer) -> [AttachedPolicy] {
    switch layer {
    case .identity: layers.identity
    case .resource, .trust: layers.resource.map { [$0] } ?? []
    case .permissionsBoundary: layers.permissionsBoundaries
    case .session: layers.session ?? []
    case .serviceControl: (serviceControl ?? []).flatMap { $0 }
    case .resourceControl: (resourceControl ?? []).flatMap { $0 }
    case .vpcEndpoint: layers.vpcEndpoint
    }
  }
}
