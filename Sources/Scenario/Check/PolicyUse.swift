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

  /// With its article, for messages.
  var article: String {
    switch self {
    case .identity: "an identity policy"
    case .trust: "a trust policy"
    case .bucket: "a bucket policy"
    case .session: "a session policy"
    case .serviceControl: "a service control policy"
    case .resourceControl: "a resource control policy"
    }
  }

  /// Whether an element may stand in a policy of this kind.
  enum Rule {
    case forbidden, allowed, demanded
  }

  var principal: Rule {
    switch self {
    case .identity, .session, .serviceControl: .forbidden
    case .trust, .bucket, .resourceControl: .demanded
    }
  }

  var resource: Rule {
    switch self {
    case .trust: .forbidden
    case .identity, .session, .bucket, .resourceControl: .demanded
    case .serviceControl: .allowed
    }
  }
}
