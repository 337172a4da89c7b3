import AWSAPI
import IAMPolicy

/// Makes the permissions of one call on one bucket.
struct PermissionScope {
  let call: Call
  let bucket: Bucket
  private let context: [S3ConditionValue]

  init(_ call: Call, bucket: Bucket) {
    self.call = call
    self.bucket = bucket
    var context = S3ContextKeys.ofRequest(call)
    S3ContextKeys.add(bucket, to: &context)
    self.context = context
  }

  /// An action on the bucket.
  func bucket(_ action: String) -> Permission {
    Permission(
      action, on: bucket.arn, account: bucket.owner, policy: bucket.settings.value.effectivePolicy,
      context: S3ContextKeys.known(context, to: action))
  }

  /// An action on the object that the call names or, where one is given, on another.
  func object(_ action: String, key: String? = nil, versionID: String? = nil) -> Permission {
    let key = key ?? call.string("Key") ?? ""
    let versionID = versionID ?? call.string("VersionId")
    let version = version(of: key, id: versionID)
    let owner = owner(of: version, for: action)
    var context = S3ContextKeys.known(context, to: action)
    S3ContextKeys.add(S3ContextKeys.ofObject(version), to: &context, of: action)
    if let creation = S3ContextKeys.creation(call, for: action) { context.append(creation) }
    if let versionID { context.append(.init("s3:VersionId", versionID)) }
    context.append(S3ContextKeys.owner(owner))
    return Permission(
      action, on: bucket.arn(ofObject: key), account: owner, policy: policy(of: version, owner: owner), context: context
    )
  }

  /// Whose rights count: what others own in a bucket is theirs to read and to share, and the bucket owner's to delete.
  private func owner(of version: ObjectVersion?, for action: String) -> String {
    guard let owner = version?.object?.properties.owner, owner != bucket.owner,
      Self.ofObjectOwner.contains(action)
    else { return bucket.owner }
    return owner
  }

  /// Source: S3 User Guide, "Bucket policies": they "apply only to objects owned by the bucket owner".
  private static let ofObjectOwner: Set<String> = [
    "s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAcl", "s3:GetObjectVersionAcl", "s3:PutObjectAcl",
    "s3:PutObjectVersionAcl", "s3:GetObjectTagging", "s3:GetObjectVersionTagging", "s3:PutObjectTagging",
    "s3:PutObjectVersionTagging", "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:GetObjectAttributes",
    "s3:GetObjectVersionAttributes",
  ]

  private func version(of key: String, id: String?) -> ObjectVersion? {
    guard let history = bucket.objects[UTF8Key(key)] else { return nil }
    return id.map { history.version($0) } ?? history.current.value
  }

  /// The bucket's policy and, where the object has an access control list that counts, its grants. Of the policy on an
  /// object of somebody else's, only what it denies counts.
  private func policy(of version: ObjectVersion?, owner: String) -> StoredPolicy? {
    let settings = bucket.settings.value
    var policy = settings.effectivePolicy
    if owner != bucket.owner { policy = policy.map { StoredPolicy(denialsOf: $0) } }
    guard settings.honorsACLs, let acl = version?.object?.properties.acl else { return policy }
    let granted = ACLStatements(acl, ignoringPublic: settings.ignoresPublicACLs).objectStatements()
    return granted.isEmpty ? policy : StoredPolicy(policy, adding: granted)
  }

  /// Adds permissions that the description of the operation does not name.
  func addFurther(to permissions: inout [Permission]) {
    if call.operation.binding?.target == .object, call.hasHeaderGrants, call.string("ACL") == nil,
      call.operation.name != "PutObjectAcl"
    {
      permissions.append(object("s3:PutObjectAcl"))
    }
    // Whether a key is there is for those to know who may list the bucket.
    if Self.tellingOfKeys.contains(call.operation.name), call.string("VersionId") == nil,
      bucket.objects[UTF8Key(call.string("Key") ?? "")]?.object == nil
    {
      permissions.append(bucket("s3:ListBucket"))
    }
    if call.boolean("BypassGovernanceRetention") == true, call.operation.name == "DeleteObject" {
      permissions.append(object("s3:BypassGovernanceRetention"))
    }
  }

  /// Operations that answer a missing key with 404 only to who may list the bucket, and with 403 to others.
  ///
  /// Source: S3 API reference, GetObject, HeadObject and GetObjectAttributes, "Permissions".
  private static let tellingOfKeys: Set<String> = ["GetObject", "HeadObject", "GetObjectAttributes"]
}
