import AWSAPI
package import IAMPolicy

/// The fourth step: whether the caller may do what it asks. Works on the snapshot, outside of the lock.
package struct Authorizer: Sendable {
  private let organization: Organization?
  let call: Call
  private let context: RequestContext.Layer

  package init(_ call: Call, in state: EmulatorState) {
    self.call = call
    organization = state.organization
    context = RequestContext.Layer(RequestContext(call, in: organization))
  }

  /// What the policies say to one permission, with what they were asked.
  package func check(_ permission: Permission) -> PermissionCheck {
    var context = RequestContext(permission.context, in: context)
    if let organization { context.addOwner(of: permission, in: organization) }
    // The layer of whoever signed has the keys of the principal; only what nobody signed names another.
    let request = AuthorizationRequest(
      principal: permission.principal ?? call.caller.principal, action: permission.action,
      resource: permission.resource,
      resourceAccount: permission.resourceAccount ?? call.caller.accountID, context: context,
      completion: call.signer == nil ? .all : .resource)
    let layers = layers(for: permission, resourceAccount: request.resourceAccount)
    return PermissionCheck(
      permission: permission, request: request, layers: layers, decision: layers.decide(request))
  }

  /// Whether the caller has `permission`. For what an operation asks beyond its own permissions.
  package func allows(_ permission: Permission) -> Bool { check(permission).decision.isAllowed }

  private func layers(for permission: Permission, resourceAccount: String) -> PolicyLayers {
    var layers = PolicyLayers()
    layers.identity = call.policies.identity
    layers.permissionsBoundaries = call.policies.boundaries
    layers.session = call.policies.session
    layers.resource = permission.resourcePolicy?.attached(
      name: call.operation.service == .s3 ? "bucket policy" : "trust policy", to: permission.resource)
    if let organization {
      layers.serviceControl = call.caller.accountID.flatMap { organization.serviceControl(of: $0) }
      if permission.isSubjectToResourceControl {
        layers.resourceControl = organization.resourceControl(of: resourceAccount)
      }
    }
    return layers
  }
}

/// One permission that was asked for: the question, what was held against it, and the answer.
///
/// A class for the same reason as ``DecisionRecord``, which holds it.
package final class PermissionCheck: Sendable {
  package let permission: Permission
  package let request: AuthorizationRequest
  package let layers: PolicyLayers
  package let decision: Decision

  init(permission: Permission, request: AuthorizationRequest, layers: PolicyLayers, decision: Decision) {
    self.permission = permission
    self.request = request
    self.layers = layers
    self.decision = decision
  }
}
