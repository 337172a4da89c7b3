package import FoundationEssentials
package import IAMPolicy

/// An IAM user.
package struct User: IAMEntity {
  package var identity: EntityIdentity
  package var inlinePolicies: SortedMap<NameKey, InlinePolicy> = [:]
  package var attachedPolicies: [String] = []
  /// The ARN of the managed policy that bounds what the others can grant.
  package var permissionsBoundary: String?
  package var tags: [Tag] = []
  /// The unique ids of the groups, in the order the user was added.
  package var groups: [String] = []
  /// In the order they were made.
  package var accessKeys: [String] = []
  package var passwordLastUsed: Date?
  package var loginProfile: LoginProfile?
  package var protection: Protection?

  package init(identity: EntityIdentity) {
    self.identity = identity
  }

  package static let kind = EntityKind.user
  package static let nameParameter = "UserName"
  package static let collection: any WritableKeyPath<AccountState, SortedMap<NameKey, User>> & Sendable = \.users
  package static let inlinePolicyType = PolicyType.userInline
  package static let attachedPolicyQuota = IAMLimits.policiesPerUser
}
