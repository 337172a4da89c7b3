import IAMPolicy

/// What a policy of the scenario is given to AWS as.
struct PolicyUse: Hashable {
  var type: PolicyType
  /// The bucket whose policy it becomes, as far as that is known before the run.
  var bucket: String?

  init(_ type: PolicyType, bucket: String? = nil) {
    self.type = type
    self.bucket = bucket
  }

  /// What holds a policy against this use.
  var validator: PolicyValidator {
    PolicyValidator(type, bucketARN: bucket.map { "arn:aws:s3:::\($0)" })
  }

  /// The parameters of an operation that are policy documents.
  static func parameters(of operation: String) -> [(parameter: String, type: PolicyType)] {
    switch operation {
    case "iam:CreateRole": [("AssumeRolePolicyDocument", .trust)]
    case "iam:UpdateAssumeRolePolicy": [("PolicyDocument", .trust)]
    case "iam:CreatePolicy", "iam:CreatePolicyVersion": [("PolicyDocument", .managed)]
    case "iam:PutUserPolicy": [("PolicyDocument", .userInline)]
    case "iam:PutGroupPolicy": [("PolicyDocument", .groupInline)]
    case "iam:PutRolePolicy": [("PolicyDocument", .roleInline)]
    case "s3:PutBucketPolicy": [("Policy", .bucket)]
    case "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:GetFederationToken":
      [("Policy", .session)]
    default: []
    }
  }
}
