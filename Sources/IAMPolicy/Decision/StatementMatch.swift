/// Whether a statement matches a request, and if not, what kept it from it.
enum StatementMatch: Sendable, Hashable {
  /// It matches; for statements with principals, how directly they name who asks.
  case matches(GrantStrength)
  case otherAction
  case otherPrincipal
  case otherResource
  /// The condition at this position of the statement does not hold.
  case condition(Int)
}

extension CompiledStatement {
  /// The one rule by which decisions and explanations go.
  ///
  /// The cheapest and most telling parts come first; the outcome does not depend on the order.
  /// - Parameter needsPrincipal: policies of resources speak only of the principals they name.
  func match(_ request: AuthorizationRequest, needsPrincipal: Bool, needsResource: Bool) -> StatementMatch {
    let action = request.lowercasedAction[...]
    guard actions.contains(where: { $0.matches(action) }) != source.action.isNegated else { return .otherAction }
    var strength = GrantStrength.direct
    if let principals {
      guard let named = principals.strength(for: request.principal) else { return .otherPrincipal }
      strength = named
    } else if needsPrincipal {
      return .otherPrincipal
    }
    if let resource = source.resource {
      let isListed = resources.contains { $0.matches(request.splitResource, request.context) }
      // An unresolved variable matches nothing, in NotResource neither, where "not listed" would match all.
      guard isListed != resource.isNegated, !(resource.isNegated && hasUnresolvedVariable(request.context)) else {
        return .otherResource
      }
    } else if needsResource {
      return .otherResource
    }
    for (index, condition) in conditions.enumerated() where !condition.holds(request.context) {
      return .condition(index)
    }
    return .matches(strength)
  }

  private func hasUnresolvedVariable(_ context: RequestContext) -> Bool {
    resources.contains { !$0.isResolvable(context) }
  }
}
