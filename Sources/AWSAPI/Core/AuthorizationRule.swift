/// One permission that a call needs: an IAM action on a resource.
///
/// A class as ``Operation`` is: calls go through the rules, and a copy costs one reference count.
package final class AuthorizationRule: Sendable {
  /// The IAM action, which is not always the operation's name (HeadBucket needs `s3:ListBucket`).
  package let action: String
  package let resource: Resource
  /// The rule holds only where this input member is present (`VersionId`), or absent; `nil` for always.
  package let condition: Condition?

  /// What makes a rule apply.
  package enum Condition: Sendable, Hashable {
    case present(String)
    case absent(String)
  }

  /// The resource of a permission, before the call's parameters are put in.
  package enum Resource: Sendable, Hashable {
    /// `*`: the action knows no resource.
    case any
    /// An IAM entity of the caller's account whose name is in this parameter; its path is known only to the account.
    case iam(IAMEntity, name: String)
    /// All entities of a kind, as AWS names them for lists: `arn:aws:iam::111111111111:user/` and the path asked for.
    case collection(IAMEntity)
    /// The ARN in this parameter (`PolicyArn`, `RoleArn`).
    case arn(parameter: String)
    /// `arn:aws:s3:::bucket`, from the parameter `Bucket`.
    case bucket
    /// `arn:aws:s3:::bucket/key`, from the parameters `Bucket` and `Key`.
    case object
    /// The source of a copy, from the parameter `CopySource`.
    case copySource
  }

  /// The kinds of IAM entity, named as their ARNs name them.
  package enum IAMEntity: String, Sendable, Hashable, CaseIterable {
    case user, group, role, policy
    case instanceProfile = "instance-profile"
    case mfa
    case oidcProvider = "oidc-provider"
    case samlProvider = "saml-provider"
    case serverCertificate = "server-certificate"
  }

  package init(_ action: String, on resource: Resource = .any, when condition: Condition? = nil) {
    self.action = action
    self.resource = resource
    self.condition = condition
  }

  /// Whether the rule holds for a call with these parameters.
  package func applies(to parameters: AWSStructure) -> Bool {
    switch condition {
    case nil: true
    case .present(let name): parameters[name] != nil
    case .absent(let name): parameters[name] == nil
    }
  }
}
