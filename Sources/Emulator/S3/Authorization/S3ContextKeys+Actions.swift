import AWSAPI
import IAMPolicy

// Which actions know which keys. A call may need several actions, and sends headers that are not those of a condition: a read
// with `If-None-Match` asks for what is new, and is no write that must not replace anything.
extension S3ContextKeys {
  /// Those of `keys` that `action` knows.
  static func known(_ keys: [Permission.ContextValue], to action: String) -> [Permission.ContextValue] {
    keys.filter { key in
      if key.key.hasPrefix("aws:RequestTag/") || key.key == "aws:TagKeys" { return tagging.contains(action) }
      return ServiceConditionKeys.canHave(action, key.key)
    }
  }

  /// Whether a write makes an object, which the parts of an upload and its beginning do not (S3 User Guide, "Enforce
  /// conditional writes on Amazon S3 buckets").
  static func creation(_ call: Call, for action: String) -> [Permission.ContextValue] {
    guard action == "s3:PutObject" else { return [] }
    let creates = ["PutObject", "CopyObject", "CompleteMultipartUpload"].contains(call.operation.name)
    return [Permission.ContextValue("s3:ObjectCreationOperation", creates ? "true" : "false")]
  }

  /// The actions of S3 that know tags of requests under the global names.
  private static let tagging: Set<String> = ["s3:CreateBucket", "s3:TagResource", "s3:UntagResource"]
}
