package import IAMPolicy

/// An IAM role.
package struct Role: IAMEntity {
  package var identity: EntityIdentity
  package var inlinePolicies: SortedMap<NameKey, InlinePolicy> = [:]
  package var attachedPolicies: [String] = []
  package var permissionsBoundary: String?
  package var tags: [Tag] = []
  /// Who may assume the role.
  package var trust: StoredPolicy
  package var description: String?
  /// In seconds, 3600 to 43200.
  package var maxSessionDuration: Int
  package var instanceProfiles: [NameKey] = []
  package var protection: Protection?

  package init(identity: EntityIdentity, trust: StoredPolicy, maxSessionDuration: Int) {
    self.identity = identity
    self.trust = trust
    self.maxSessionDuration = maxSessionDuration
  }

  package static let kind = EntityKind.role
  package static let nameParameter = "RoleName"
  package static let collection: any WritableKeyPath<AccountState, SortedMap<NameKey, Role>> & Sendable = \.roles
  package static let inlinePolicyType = PolicyType.roleInline
  package static let attachedPolicyQuota = IAMLimits.policiesPerRole
}
