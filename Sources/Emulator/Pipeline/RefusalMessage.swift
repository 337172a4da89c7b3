import IAMPolicy

/// The text of a refusal, as IAM and STS word it (IAM User Guide, "Troubleshoot access denied error messages").
package struct RefusalMessage: Sendable {
  package var text: String

  package init(_ check: PermissionCheck, caller: String) {
    let action = check.permission.action
    text = "User: \(caller) is not authorized to perform: \(action)"
    let resource = check.permission.resourceInMessage ?? check.permission.resource
    if !resource.isEmpty { text += " on resource: \(resource)" }
    guard case .layer(let layer) = check.decision.decidedBy else { return }
    switch check.decision.effect {
    case .allowed: break
    case .explicitDeny: text += " with an explicit deny in " + Self.withArticle(layer)
    case .implicitDeny:
      // Who lacks a trust policy's allow is not told so (as seen in answers of AWS).
      if !action.hasPrefix("sts:") { text += " because no \(Self.noun(layer)) allows the \(action) action" }
    }
  }

  private static func noun(_ layer: PolicyLayer) -> String {
    switch layer {
    case .identity: "identity-based policy"
    case .resource: "resource-based policy"
    case .trust: "role trust policy"
    case .permissionsBoundary: "permissions boundary"
    case .session: "session policy"
    case .serviceControl: "service control policy"
    case .resourceControl: "resource control policy"
    case .vpcEndpoint: "VPC endpoint policy"
    }
  }

  private static func withArticle(_ layer: PolicyLayer) -> String {
    switch layer {
    case .identity: "an identity-based policy"
    case .trust: "the role trust policy"
    default: "a " + noun(layer)
    }
  }
}
