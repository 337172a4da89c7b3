package import IAMPolicy

/// An IAM group.
package struct Group: IAMEntity {
  package var identity: EntityIdentity
  package var inlinePolicies: SortedMap<NameKey, InlinePolicy> = [:]
  package var attachedPolicies: [String] = []
  /// The unique ids of the users, under the names they have.
  package var members: SortedMap<NameKey, String> = [:]

  package init(identity: EntityIdentity) {
    self.identity = identity
  }

  package static let kind = EntityKind.group
  package static let nameParameter = "GroupName"
  package static let collection: any WritableKeyPath<AccountState, SortedMap<NameKey, Group>> & Sendable = \.groups
  package static let inlinePolicyType = PolicyType.groupInline
  package static let attachedPolicyQuota = IAMLimits.policiesPerGroup
}
