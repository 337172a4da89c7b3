/// What a policy document is used as, which decides what it may hold.
enum PolicyUse: String, Hashable, CaseIterable {
  case identity, trust, bucket, session, serviceControl, resourceControl

  /// The parameters of an operation that are policy documents.
  static func parameters(of operation: String) -> [(parameter: String, use: PolicyUse)] {
    switch operation {
    case "iam:CreateRole": [("AssumeRolePolicyDocument", .trust)]
    case "iam:UpdateAssumeRolePolicy": [("PolicyDocument", .trust)]
    case "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy":
      [("PolicyDocument", .identity)]
    case "s3:PutBucketPolicy": [("Policy", .bucket)]
    case "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:GetFederationToken":
      [("Policy", .session)]
    default: []
    }
  }
}
