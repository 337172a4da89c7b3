import FoundationEssentials
import Synchronization

/// The managed policies of AWS that accounts can attach.
///
/// Names, ids, versions and documents are those that AWS published as of February 2026. `ReadOnlyAccess` grants reading in
/// several hundred services; here it holds the statements' actions for the services that iamdrill knows, and organizations
/// and account, whose reading scenarios about guardrails may want to show.
package enum AWSManagedPolicies {
  /// In the order of their names.
  package static let all: [ManagedPolicy] = descriptions.keys.compactMap(policy).sorted {
    NameKey($0.identity.name) < NameKey($1.identity.name)
  }

  /// The policy with this ARN. Its document is read and compiled when it is first asked for: a run uses few of them.
  package static func policy(_ arn: String) -> ManagedPolicy? {
    guard arn.utf8.starts(with: "arn:aws:iam::aws:".utf8) else { return nil }
    if let known = compiled.withLock({ $0[arn] }) { return known }
    guard let policy = descriptions[arn]?.policy else { return nil }
    compiled.withLock { $0[arn] = policy }
    return policy
  }

  static let administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess"

  private static let compiled = Mutex<[String: ManagedPolicy]>([:])

  /// By their ARNs.
  private static let descriptions: [String: Description] = Dictionary(
    published.map { ($0.identity.arn, $0) }, uniquingKeysWith: { first, _ in first })

  /// A policy whose document was not read yet.
  private struct Description {
    var identity: EntityIdentity
    var version: Int
    var updateDate: Date
    var description: String
    var text: String

    var policy: ManagedPolicy {
      var policy = ManagedPolicy(identity: identity, description: description, policy: StoredPolicy(trusted: text))
      policy.updateDate = updateDate
      policy.versions[0].number = version
      policy.versions[0].createDate = updateDate
      (policy.defaultVersion, policy.nextVersion) = (version, version + 1)
      return policy
    }
  }

  private static let published: [Description] = [
    policy(
      "AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", version: 1, created: 1_423_247_986, updated: 1_423_247_986,
      "Provides full access to AWS services and resources.",
      [statement("Action", ["*"])]),
    policy(
      "PowerUserAccess", "ANPAJYRXTHIB4FOVS3ZXS", version: 12, created: 1_423_247_987, updated: 1_770_919_154,
      "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
      [
        statement("NotAction", ["iam:*", "organizations:*", "account:*"]),
        statement(
          "Action",
          [
            "account:GetAccountInformation", "account:GetGovCloudAccountInformation", "account:GetPrimaryEmail",
            "account:ListRegions", "iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles",
            "organizations:DescribeEffectivePolicy", "organizations:DescribeOrganization",
          ]),
      ]),
    policy(
      "ReadOnlyAccess", "ANPAILL3HVNFSB6DCOWYQ", version: 1, created: 1_423_247_988, updated: 1_423_247_988,
      "Provides read-only access to AWS services and resources.",
      [
        statement(
          "Action",
          [
            "account:GetAccountInformation", "account:GetAlternateContact", "account:GetContactInformation",
            "account:ListRegions", "iam:Generate*", "iam:Get*", "iam:List*", "iam:Simulate*",
            "organizations:Describe*", "organizations:List*", "s3:DescribeJob", "s3:Get*", "s3:List*",
            "sts:GetAccessKeyInfo", "sts:GetCallerIdentity", "sts:GetSessionToken",
          ])
      ]),
    policy(
      "AmazonS3FullAccess", "ANPAIFIR6V6BVTRAHWINE", version: 2, created: 1_423_248_058, updated: 1_632_773_797,
      "Provides full access to all buckets via the AWS Management Console.",
      [statement("Action", ["s3:*", "s3-object-lambda:*"])]),
    policy(
      "AmazonS3ReadOnlyAccess", "ANPAIZTJ4DXE7G6AGAE6M", version: 3, created: 1_423_248_059, updated: 1_691_703_099,
      "Provides read only access to all buckets via the AWS Management Console.",
      [statement("Action", ["s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"])]),
    policy(
      "IAMFullAccess", "ANPAI7XKCFMBPM3QQRRVQ", version: 2, created: 1_423_248_038, updated: 1_561_059_600,
      "Provides full access to IAM via the AWS Management Console.",
      [
        statement(
          "Action",
          [
            "iam:*", "organizations:DescribeAccount", "organizations:DescribeOrganization",
            "organizations:DescribeOrganizationalUnit", "organizations:DescribePolicy", "organizations:ListChildren",
            "organizations:ListParents", "organizations:ListPoliciesForTarget", "organizations:ListRoots",
            "organizations:ListPolicies", "organizations:ListTargetsForPolicy",
          ])
      ]),
    policy(
      "IAMReadOnlyAccess", "ANPAJKSO7NDY4T57MWDSQ", version: 4, created: 1_423_248_039, updated: 1_516_907_487,
      "Provides read only access to IAM via the AWS Management Console.",
      [
        statement(
          "Action",
          [
            "iam:GenerateCredentialReport", "iam:GenerateServiceLastAccessedDetails", "iam:Get*", "iam:List*",
            "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy",
          ])
      ]),
    policy(
      "IAMUserChangePassword", "ANPAJ4L4MM2A7QIEB56MS", version: 2, created: 1_479_169_516, updated: 1_479_251_935,
      "Provides the ability for an IAM user to change their own password.",
      [
        statement("Action", ["iam:ChangePassword"], on: ["arn:aws:iam::*:user/${aws:username}"]),
        statement("Action", ["iam:GetAccountPasswordPolicy"]),
      ]),
  ]

  private static func policy(
    _ name: String, _ id: String, version: Int, created: Double, updated: Double, _ description: String,
    _ statements: [String]
  ) -> Description {
    let text =
      "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n"
      + statements.joined(separator: ",\n") + "\n    ]\n}"
    let identity = EntityIdentity(
      name: name, path: "/", id: id, arn: "arn:aws:iam::aws:policy/\(name)",
      createDate: Date(timeIntervalSince1970: created))
    return Description(
      identity: identity, version: version, updateDate: Date(timeIntervalSince1970: updated), description: description,
      text: text)
  }

  /// One Allow statement, laid out as AWS lays out its documents.
  private static func statement(_ key: String, _ actions: [String], on resources: [String] = []) -> String {
    func value(_ items: [String], alone: Bool) -> String {
      if alone, let only = items.first { return "\"\(only)\"" }
      let lines = items.map { "                \"\($0)\"" }
      return "[\n" + lines.joined(separator: ",\n") + "\n            ]"
    }
    return "        {\n            \"Effect\": \"Allow\",\n"
      + "            \"\(key)\": \(value(actions, alone: actions == ["*"])),\n"
      + "            \"Resource\": \(resources.isEmpty ? "\"*\"" : value(resources, alone: false))\n        }"
  }
}
