extension PolicyLayers {
  /// Decides, and tells of every statement why it did or did not match.
  ///
  /// The decision is ``decide(_:)``'s own, and the statements are held against the request by the functions that it uses.
  public func trace(_ request: AuthorizationRequest) -> DecisionTrace {
    DecisionTrace(decision: decide(request), layers: AppliedLayers(self, to: request).traces(of: self, request))
  }

  /// Every statement of the layers that were asked, with what came of it.
  public func explain(_ request: AuthorizationRequest) -> [StatementTrace] {
    trace(request).layers.filter { $0.exemption == nil }.flatMap { $0.policies.flatMap(\.statements) }
  }
}

extension AppliedLayers {
  fileprivate func traces(of layers: PolicyLayers, _ request: AuthorizationRequest) -> [DecisionTrace.LayerTrace] {
    func trace(
      _ layer: PolicyLayer, _ policies: [AttachedPolicy], level: Int? = nil,
      exemption: DecisionTrace.Exemption? = nil
    ) -> DecisionTrace.LayerTrace {
      DecisionTrace.LayerTrace(
        layer: layer, level: level, exemption: exemption,
        policies: policies.map { $0.trace(request, in: layer) })
    }
    var traces: [DecisionTrace.LayerTrace] = []
    let exempt: DecisionTrace.Exemption =
      request.principal.isServiceLinkedRole ? .serviceLinkedRole : .principalWithoutAccount
    for (level, policies) in (layers.resourceControl ?? []).enumerated() {
      traces.append(
        trace(.resourceControl, policies, level: level, exemption: resourceControl == nil ? exempt : nil))
    }
    for (level, policies) in (layers.serviceControl ?? []).enumerated() {
      traces.append(
        trace(.serviceControl, policies, level: level, exemption: serviceControl == nil ? exempt : nil))
    }
    if !layers.vpcEndpoint.isEmpty { traces.append(trace(.vpcEndpoint, layers.vpcEndpoint)) }
    if let resource = layers.resource {
      traces.append(
        trace(
          resourceLayer, [resource], exemption: request.mendsBucketPolicyAsOwner ? .ownerMendsBucketPolicy : nil))
    }
    if !layers.identity.isEmpty { traces.append(trace(.identity, layers.identity)) }
    if !layers.permissionsBoundaries.isEmpty {
      traces.append(trace(.permissionsBoundary, layers.permissionsBoundaries))
    }
    if let session = layers.session { traces.append(trace(.session, session)) }
    return traces
  }
}

extension AttachedPolicy {
  fileprivate func trace(_ request: AuthorizationRequest, in layer: PolicyLayer) -> DecisionTrace.PolicyTrace {
    let form = LayerForm(layer)
    return DecisionTrace.PolicyTrace(
      name: name, arn: arn, attachedTo: attachedTo,
      statements: policy.statements.map { statement in
        StatementTrace(
          statement: StatementReference(statement.source, of: self, in: layer), effect: statement.source.effect,
          action: statement.coversAction(request), principal: statement.strength(request, form),
          namesPrincipals: statement.principals != nil, resource: statement.coversResource(request, form),
          conditions: statement.conditions.map { $0.trace(request.context) })
      })
  }
}

extension CompiledCondition {
  fileprivate func trace(_ context: RequestContext) -> ConditionTrace {
    ConditionTrace(
      operatorName: source.operatorName.text, key: source.key.text, values: source.values.map(\.text),
      requested: context.values(key)?.array, holds: holds(context))
  }
}
