package import IAMPolicy

/// One permission that a call needs: the action, and all that the emulator knows of its resource.
package struct Permission: Sendable {
  /// `s3:GetObject`.
  package var action: String
  /// The resource's ARN, or `*` for an action that knows none.
  package var resource: String
  /// The account that owns the resource; `nil` where the resource is nobody's, then the caller's own counts.
  package var resourceAccount: String?
  /// The policy of the resource: a bucket's, or a role's trust.
  package var resourcePolicy: StoredPolicy?
  /// Context keys that come from the call and its resource (`s3:prefix`); those of the caller and of the connection are
  /// added for every call.
  package var context: [ContextValue]

  /// Who asks, where that is not the caller: somebody an identity provider vouches for.
  package var principal: RequestPrincipal?
  /// How a refusal names the resource, where that is not its ARN (`role UpdateData`); empty where it names none.
  package var resourceInMessage: String?

  package typealias ContextValue = RequestContext.Entry

  /// Whether resource control policies bear on it: those of "List of AWS services that support RCPs" (AWS Organizations User
  /// Guide, "Resource control policies"), of which S3 and STS are here and IAM is not, and only on actions that have a resource.
  package var isSubjectToResourceControl: Bool {
    guard action.hasPrefix("s3:") || action.hasPrefix("sts:") else { return false }
    return resource != "*" && resource != S3Service.allBuckets
  }

  package init(
    _ action: String, on resource: String, account: String? = nil, policy: StoredPolicy? = nil,
    context: [ContextValue] = []
  ) {
    self.action = action
    self.resource = resource
    self.resourceAccount = account
    self.resourcePolicy = policy
    self.context = context
  }
}

/// Kept with a session: the key as it is spelled, and all its values.
extension RequestContext.Entry: Codable {
  private enum CodingKeys: CodingKey { case key, values }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(String.self, forKey: .key), try container.decode([String].self, forKey: .values))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key.spelling, forKey: .key)
    try container.encode(values.array, forKey: .values)
  }
}
