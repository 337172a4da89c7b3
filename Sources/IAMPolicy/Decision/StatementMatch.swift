/// What a layer expects of its statements.
struct LayerForm: Sendable, Hashable {
  /// Policies of resources speak only of the principals they name.
  var needsPrincipal: Bool
  /// Policies of resources may leave `Resource` out, trust policies must: "the resource to which the action applies is the
  /// resource to which the policy is attached" (AWS, "Overview of JSON policies").
  var needsResource: Bool

  init(_ layer: PolicyLayer) {
    needsPrincipal = layer == .resource || layer == .trust
    needsResource = !needsPrincipal
  }
}

// The one rule by which decisions and explanations go: a statement matches where its four parts do.
extension CompiledStatement {
  /// How directly the statement names who asks; `nil` where some part of it does not match.
  ///
  /// The most telling parts come first; the outcome does not depend on the order.
  @inline(__always)
  func match(_ request: AuthorizationRequest, _ form: LayerForm) -> GrantStrength? {
    guard coversAction(request), coversResource(request, form), let strength = strength(request, form) else {
      return nil
    }
    for condition in conditions where !condition.holds(request.context) { return nil }
    return strength
  }

  /// An empty list has no effect on the policy, `NotAction` or not (``PolicyChoice/emptyElements``).
  func coversAction(_ request: AuthorizationRequest) -> Bool {
    guard !actions.isEmpty else { return false }
    let action = request.requestedAction.bytes
    for pattern in actions where pattern.matches(action) { return !source.action.isNegated }
    return source.action.isNegated
  }

  /// A policy that is attached to a principal names none and speaks of it directly.
  func strength(_ request: AuthorizationRequest, _ form: LayerForm) -> GrantStrength? {
    guard let principals else { return form.needsPrincipal ? nil : .direct }
    return principals.strength(for: request.principal)
  }

  func coversResource(_ request: AuthorizationRequest, _ form: LayerForm) -> Bool {
    guard let element = source.resource else { return !form.needsResource }
    // PolicyChoice.emptyElements
    guard !resources.isEmpty else { return false }
    for pattern in resources where pattern.matches(request.splitResource, request.context) { return !element.isNegated }
    return element.isNegated
  }
}
