/// The text of a refusal as AWS words it (IAM User Guide, "Troubleshoot access denied error messages", and answers seen).
public enum DenialMessage {
  /// `User: ARN is not authorized to perform: ACTION on resource: RESOURCE …`, with the layer that refused.
  ///
  /// S3 quotes the resource, leaves it out for ListAllMyBuckets, and says only `Access Denied` across accounts and to
  /// callers that signed nothing. Who lacks a trust policy's allow is not told so.
  /// - Parameter resource: what stands for the resource; IAM shows an entity that exists as `role NAME`.
  public static func text(for decision: Decision, _ request: AuthorizationRequest, resource: String? = nil) -> String {
    let isS3 = request.service == "s3"
    if isS3, request.principal.account.isEmpty || request.principal.account != request.resourceAccount {
      return "Access Denied"
    }
    var text = "User: \(request.principal.arn) is not authorized to perform: \(request.action)"
    let shown = resource ?? request.resource
    if isS3 {
      if shown != "*" { text += " on resource: \"\(shown)\"" }
    } else if !shown.isEmpty {
      text += " on resource: \(shown)"
    }
    return text + reason(for: decision, action: request.action)
  }

  /// Why, with the space before it: ` with an explicit deny in …`, ` because no … allows the … action`, or nothing.
  public static func reason(for decision: Decision, action: String) -> String {
    guard let layer = decision.decidedBy.layer else { return "" }
    switch decision.effect {
    case .allowed: return ""
    case .explicitDeny:
      // Newer answers of AWS add the ARN of a managed policy, or of an organization's.
      let arn = decision.statements.first?.policyARN.map { ": \($0)" } ?? ""
      return " with an explicit deny in " + withArticle(layer) + arn
    case .implicitDeny:
      return action.hasPrefix("sts:") ? "" : " because no \(noun(layer)) allows the \(action) action"
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
