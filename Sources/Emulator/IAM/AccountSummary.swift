import AWSAPI

extension IAMService {
  static let accountHandlers: [String: Handler] = [
    "GetAccountSummary": .read(getAccountSummary),
    "GetAccountAuthorizationDetails": .read(getAccountAuthorizationDetails),
  ]

  private static func getAccountSummary(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    var summary = AWSStructure()
    for (name, value) in account.counts(in: state) + quotas { summary[name] = .integer(value) }
    return Answer(["SummaryMap": .structure(summary)])
  }

  private static let quotas: [(String, Int)] = [
    ("AccessKeysPerUserQuota", IAMLimits.accessKeysPerUser.value),
    ("AssumeRolePolicySizeQuota", IAMLimits.trustPolicySize.value),
    ("AttachedPoliciesPerGroupQuota", IAMLimits.policiesPerGroup.value),
    ("AttachedPoliciesPerRoleQuota", IAMLimits.policiesPerRole.value),
    ("AttachedPoliciesPerUserQuota", IAMLimits.policiesPerUser.value), ("GlobalEndpointTokenVersion", 1),
    ("GroupPolicySizeQuota", IAMLimits.groupInlinePolicySize), ("GroupsPerUserQuota", IAMLimits.groupsPerUser.value),
    ("GroupsQuota", IAMLimits.groupsPerAccount.value),
    ("InstanceProfilesQuota", IAMLimits.instanceProfilesPerAccount.value),
    ("PoliciesQuota", IAMLimits.policiesPerAccount.value), ("PolicySizeQuota", IAMLimits.managedPolicySize.value),
    ("PolicyVersionsInUseQuota", 10_000), ("RolePolicySizeQuota", IAMLimits.roleInlinePolicySize),
    ("RolesQuota", IAMLimits.rolesPerAccount.value), ("ServerCertificatesQuota", 20),
    ("SigningCertificatesPerUserQuota", 2), ("UserPolicySizeQuota", IAMLimits.userInlinePolicySize),
    ("UsersQuota", IAMLimits.usersPerAccount.value), ("VersionsPerPolicyQuota", IAMLimits.versionsPerPolicy),
  ]
}

extension AccountState {
  /// What `GetAccountSummary` counts. The administrator that the emulator adds is left out, and so is the root user's key.
  fileprivate func counts(in state: EmulatorState) -> [(String, Int)] {
    let assigned = mfaDevices.filter { $0.value.user != nil }.count
    return [
      ("AccountAccessKeysPresent", rootAccessKeys.isEmpty ? 0 : 1), ("AccountMFAEnabled", 0),
      ("AccountPasswordPresent", 0), ("AccountSigningCertificatesPresent", 0), ("Groups", groups.count),
      ("InstanceProfiles", instanceProfiles.count), ("MFADevices", mfaDevices.count), ("MFADevicesInUse", assigned),
      ("Policies", policies.count), ("PolicyVersionsInUse", policies.reduce(0) { $0 + $1.value.versions.count }),
      ("Providers", openIDConnectProviders.count + samlProviders.count), ("Roles", roles.count),
      ("ServerCertificates", 0), ("Users", count(of: User.self)),
    ]
  }
}
