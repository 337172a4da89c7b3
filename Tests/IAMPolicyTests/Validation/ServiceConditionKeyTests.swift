import IAMPolicy
import Testing

/// The table of condition keys, against rows of the Service Authorization Reference.
@Suite("Condition keys of IAM, STS and S3")
struct ServiceConditionKeyTests {
  @Test(
    "an action has a key, or has it not",
    arguments: [
      ("s3:ListBucket", "s3:prefix", true), ("S3:LISTBUCKET", "S3:Prefix", true), ("s3:GetObject", "s3:prefix", false),
      ("s3:List*", "s3:prefix", true), ("s3:Get*", "s3:prefix", false), ("*", "s3:prefix", true),
      ("s3:GetObject", "s3:ExistingObjectTag/team", true), ("s3:PutObject", "s3:ExistingObjectTag/a/b", false),
      ("s3:GetObject", "s3:TlsVersion", true), ("s3:PutObjectTagging", "s3:RequestObjectTagKeys", true),
      ("s3:PutBucketAcl", "s3:x-amz-grant-read", true), ("s3:PutBucketAcl", "s3:x-amz-storage-class", false),
      ("iam:PassRole", "iam:PassedToService", true), ("iam:CreateRole", "iam:PassedToService", false),
      ("iam:AttachGroupPolicy", "iam:PolicyARN", true), ("iam:AttachGroupPolicy", "iam:PermissionsBoundary", false),
      ("sts:AssumeRole", "sts:DurationSeconds", false), ("sts:GetWebIdentityToken", "sts:DurationSeconds", true),
      // Nothing is known of these.
      ("s3:GetObject", "aws:SourceIp", true), ("ec2:RunInstances", "ec2:Region", true),
    ])
  func actions(_ action: String, _ key: String, _ has: Bool) {
    #expect(ServiceConditionKeys.canHave(action, key) == has)
  }

  @Test(
    "a key exists, does not, or cannot be told of",
    arguments: [
      ("iam:PolicyARN", true), ("iam:PolicyArn", true), ("iam:Policy", false), ("iam:ResourceTag/team", true),
      ("iam:ResourceTag", false), ("s3:x-amz-acl", true), ("s3:acl", false), ("sts:ExternalId", true),
      ("aws:Nonsense", nil), ("ec2:Nonsense", nil), ("saml:sub", nil), ("nonsense", nil),
    ] as [(String, Bool?)])
  func existence(_ key: String, _ exists: Bool?) {
    #expect(ServiceConditionKeys.exists(key) == exists)
  }

  @Test("every action in the table exists, and every key is found under its own name")
  func consistency() throws {
    for service in ["iam", "sts", "s3"] {
      let names = try #require(ServiceConditionKeys.names(of: service))
      #expect(Set(names.map { $0.lowercased() }).count == names.count)
      for name in names {
        #expect(ServiceConditionKeys.exists(name) == true, "\(name)")
        #expect(ServiceConditionKeys.canHave("*", name), "\(name) is had by no action")
        for action in ServiceConditionKeys.actions(having: name) ?? [] {
          #expect(ServiceActions.exists(String(action.split(separator: ":")[1]), in: service) == true, "\(action)")
        }
      }
    }
  }
}
