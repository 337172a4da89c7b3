import AWSAPI

// Which actions know which keys. A call may need several actions, and sends headers that are not those of a condition: a read
// with `If-None-Match` asks for what is new, and is no write that must not replace anything.
extension S3ContextKeys {
  /// Those of `keys` that `action` knows.
  static func known(_ keys: [Permission.ContextValue], to action: String) -> [Permission.ContextValue] {
    keys.filter { key in
      // Keys of tags end in the tag's own key.
      let name = key.key.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(key.key[..<$0]) } ?? key.key
      return actionsOfKeys[name]?.contains(action) ?? true
    }
  }

  /// Whether a write makes an object, which the parts of an upload and its beginning do not (S3 User Guide, "Enforce
  /// conditional writes on Amazon S3 buckets").
  static func creation(_ call: Call, for action: String) -> [Permission.ContextValue] {
    guard action == "s3:PutObject" else { return [] }
    let creates = ["PutObject", "CopyObject", "CompleteMultipartUpload"].contains(call.operation.name)
    return [Permission.ContextValue("s3:ObjectCreationOperation", creates ? "true" : "false")]
  }

  /// The keys that only some actions have (Service Authorization Reference, "Actions defined by Amazon S3", the column
  /// "Condition keys").
  private static let actionsOfKeys: [String: Set<String>] = {
    let writing = ["s3:PutObject", "s3:BypassGovernanceRetention"]
    let acls = ["s3:PutObjectAcl", "s3:PutObjectVersionAcl", "s3:PutBucketAcl", "s3:CreateBucket"] + writing
    let tagging = ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"] + writing
    let listing = ["s3:ListBucket", "s3:ListBucketVersions"]
    let retention = ["s3:PutObject", "s3:PutObjectRetention"]
    let table: [([String], [String])] = [
      (["s3:prefix", "s3:delimiter", "s3:max-keys"], listing),
      (["s3:if-match"], ["s3:PutObject", "s3:DeleteObject"]),
      (["s3:if-none-match"], ["s3:PutObject"]),
      (["s3:x-amz-acl", "s3:x-amz-grant-full-control", "s3:x-amz-grant-read", "s3:x-amz-grant-read-acp"], acls),
      (["s3:x-amz-grant-write", "s3:x-amz-grant-write-acp"], acls),
      (["s3:x-amz-copy-source", "s3:x-amz-metadata-directive", "s3:x-amz-website-redirect-location"], writing),
      (["s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"], writing),
      (["s3:x-amz-server-side-encryption-customer-algorithm"], writing),
      (["s3:x-amz-storage-class"], ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"] + writing),
      (["s3:x-amz-object-ownership", "s3:LocationConstraint"], ["s3:CreateBucket"]),
      (["s3:object-lock-mode", "s3:object-lock-retain-until-date"], retention),
      (["s3:object-lock-remaining-retention-days"], retention),
      (["s3:object-lock-legal-hold"], ["s3:PutObject", "s3:PutObjectLegalHold"]),
      (["s3:RequestObjectTag", "s3:RequestObjectTagKeys"], tagging),
      (["aws:RequestTag", "aws:TagKeys"], ["s3:CreateBucket", "s3:TagResource", "s3:UntagResource"]),
    ]
    return table.reduce(into: [:]) { actions, row in for key in row.0 { actions[key] = Set(row.1) } }
  }()
}
