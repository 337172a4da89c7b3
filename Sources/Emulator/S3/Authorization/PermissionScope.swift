import AWSAPI

/// Makes the permissions of one call on one bucket.
struct PermissionScope {
  let call: Call
  let bucket: Bucket
  private let context: [Permission.ContextValue]

  init(_ call: Call, bucket: Bucket) {
    self.call = call
    self.bucket = bucket
    context = S3ContextKeys.ofRequest(call) + S3ContextKeys.ofBucket(bucket)
  }

  /// An action on the bucket.
  func bucket(_ action: String) -> Permission {
    Permission(
      action, on: bucket.arn, account: bucket.owner, policy: bucket.settings.value.effectivePolicy, context: context)
  }

  /// An action on the object that the call names or, where one is given, on another.
  func object(_ action: String, key: String? = nil, versionID: String? = nil) -> Permission {
    let key = key ?? call.string("Key") ?? ""
    let version = version(of: key, id: versionID ?? call.string("VersionId"))
    return Permission(
      action, on: bucket.arn(ofObject: key), account: bucket.owner, policy: policy(of: version),
      context: context + S3ContextKeys.ofObject(version, for: action))
  }

  private func version(of key: String, id: String?) -> ObjectVersion? {
    guard let history = bucket.objects[UTF8Key(key)] else { return nil }
    return id.map { history.version($0) } ?? history.current.value
  }

  /// The bucket's policy and, where the object has an access control list that counts, its grants.
  private func policy(of version: ObjectVersion?) -> StoredPolicy? {
    bucket.settings.value.effectivePolicy
  }

  /// Permissions that the description of the operation does not name.
  func further(_ rules: [AuthorizationRule]) -> [Permission] {
    var permissions: [Permission] = []
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
    return permissions
  }

  /// Operations that answer a missing key with 404 only to who may list the bucket, and with 403 to others.
  ///
  /// Source: S3 API reference, GetObject, HeadObject and GetObjectAttributes, "Permissions".
  private static let tellingOfKeys: Set<String> = ["GetObject", "HeadObject", "GetObjectAttributes"]
}
