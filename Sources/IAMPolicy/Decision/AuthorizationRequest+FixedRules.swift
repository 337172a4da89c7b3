// The rules that no policy changes.
extension AuthorizationRequest {
  /// "No permissions are required to perform this operation" (STS, GetCallerIdentity, also where a policy denies it), and "you
  /// cannot use policies to control authentication operations" (IAM User Guide, "Permissions for GetSessionToken").
  var needsNoPermission: Bool {
    guard requestedAction.begins(with: "sts:get") else { return false }
    if requestedAction.isOne(of: "sts:getcalleridentity") { return principal.kind != .anonymous }
    return requestedAction.isOne(of: "sts:getsessiontoken") && (principal.kind == .user || principal.kind == .root)
  }

  /// Why the request is refused whatever policies allow; `nil` where it is theirs to decide.
  var refusalWithoutPolicies: DecisionBasis? {
    guard requestedAction.begins(with: "sts:") || requestedAction.begins(with: "iam:") else { return nil }
    switch principal.kind {
    case .root where requestedAction.isOne(of: "sts:assumerole"):
      // "You cannot use AWS account root user credentials to call AssumeRole" (STS, AssumeRole).
      return .rootUser
    case .roleSession where requestedAction.isOne(of: "sts:getsessiontoken", "sts:getfederationtoken"):
      return .credentialKind
    case .federatedUser:
      // "Cannot call IAM operations …, cannot call AWS STS operations except GetCallerIdentity" (IAM User Guide, "Compare AWS
      // STS credentials").
      return .credentialKind
    default: return changesWhatAWSOwns ? .ownedByAWS : nil
    }
  }

  /// ``PolicyChoice/ownedByAWS``
  private var changesWhatAWSOwns: Bool {
    guard requestedAction.begins(with: "iam:"), let account = splitResource.part(4) else { return false }
    let isOwned =
      splitResource.isIAM("role/aws-reserved/")
      || (splitResource.isIAM("policy/") && splitResource.bytes[account].elementsEqual("aws".utf8))
    let reads: [StaticString] = ["iam:get", "iam:list", "iam:generate", "iam:simulate", "iam:passrole"]
    return isOwned && !reads.contains { requestedAction.begins(with: $0) }
  }

  /// "The root principal in a bucket owner's AWS account can perform the GetBucketPolicy, PutBucketPolicy, and DeleteBucketPolicy
  /// API actions, even if their bucket policy explicitly denies the root principal's access" (S3, PutBucketPolicy).
  var mendsBucketPolicyAsOwner: Bool {
    principal.kind == .root && isWithinOneAccount
      && requestedAction.isOne(of: "s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy")
  }
}

extension SplitResource {
  /// Whether this is a key of KMS.
  var isKey: Bool {
    guard let service = part(2), let resource = part(5) else { return false }
    return bytes[service].elementsEqual("kms".utf8) && bytes[resource].starts(with: "key/".utf8)
  }
}
