import AWSAPI
import IAMPolicy

// Which actions know which keys. A call may need several actions, and sends headers that are not those of a condition: a read
// with `If-None-Match` asks for what is new, and is no write that must not replace anything.
extension S3ContextKeys {
  /// Those of `values` whose keys `action` knows.
  static func known(_ values: [S3ConditionValue], to action: String) -> [Permission.ContextValue] {
    var known: [Permission.ContextValue] = []
    // And some that follow from the object.
    known.reserveCapacity(values.count + 4)
    add(values, to: &known, of: action)
    return known
  }

  /// Adds those of `values` whose keys `action` knows.
  static func add(_ values: [S3ConditionValue], to context: inout [Permission.ContextValue], of action: String) {
    let action = action.lowercased()
    for value in values where value.key.isKnown(to: action) {
      context.append(Permission.ContextValue(value.key.key, value.values))
    }
  }

  /// Whether a write makes an object, which the parts of an upload and its beginning do not (S3 User Guide, "Enforce
  /// conditional writes on Amazon S3 buckets").
  static func creation(_ call: Call, for action: String) -> Permission.ContextValue? {
    guard action == "s3:PutObject" else { return nil }
    let creates = ["PutObject", "CopyObject", "CompleteMultipartUpload"].contains(call.operation.name)
    return Permission.ContextValue(objectCreation, .one(creates ? "true" : "false"))
  }

  /// Whose the object is, so that the policy engine does not need to add it to what every permission has.
  static func owner(_ account: String) -> Permission.ContextValue {
    Permission.ContextValue(resourceOwner, .one(account))
  }

  private static let resourceOwner = ContextKey("aws:ResourceAccount")
  private static let objectCreation = ContextKey("s3:ObjectCreationOperation")
}
