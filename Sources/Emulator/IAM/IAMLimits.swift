import IAMPolicy

/// A quota as IAM names it in `LimitExceeded`.
package struct Quota: Sendable, Hashable {
  package var name: String
  package var value: Int
}

/// IAM's default quotas (IAM User Guide, "IAM and AWS STS quotas"). Sizes are bytes without white space.
package enum IAMLimits {
  static let usersPerAccount = Quota(name: "UsersPerAccount", value: 5000)
  static let groupsPerAccount = Quota(name: "GroupsPerAccount", value: 300)
  static let rolesPerAccount = Quota(name: "RolesPerAccount", value: 1000)
  static let policiesPerAccount = Quota(name: "PoliciesPerAccount", value: 1500)
  static let instanceProfilesPerAccount = Quota(name: "InstanceProfilesPerAccount", value: 1000)
  static let groupsPerUser = Quota(name: "GroupsPerUser", value: 10)
  static let accessKeysPerUser = Quota(name: "AccessKeysPerUser", value: 2)
  static let policiesPerUser = Quota(name: "PoliciesPerUser", value: 10)
  static let policiesPerGroup = Quota(name: "PoliciesPerGroup", value: 10)
  static let policiesPerRole = Quota(name: "PoliciesPerRole", value: 10)
  static let managedPolicySize = Quota(name: "PolicySize", value: PolicyType.managed.sizeLimit)
  static let trustPolicySize = Quota(name: "ACLSizePerRole", value: PolicyType.trust.sizeLimit)
  static let versionsPerPolicy = 5
  static let userInlinePolicySize = PolicyType.userInline.sizeLimit
  static let groupInlinePolicySize = PolicyType.groupInline.sizeLimit
  static let roleInlinePolicySize = PolicyType.roleInline.sizeLimit
  static let tagsPerResource = 50
  static let defaultPageSize = 100
  static let largestPageSize = 1000
}
