import IAMPolicy

/// A condition key of S3, with the actions that know it.
///
/// A class, so that the keys that most calls have are looked up once and handed on at the cost of one reference count.
final class S3ConditionKey: Sendable {
  let key: ContextKey
  /// In lower case; `nil` where all do, or where nothing is known of the key.
  private let actions: Set<String>?

  init(_ name: String) {
    key = ContextKey(name)
    actions =
      name.hasPrefix("aws:RequestTag/") || name == "aws:TagKeys"
      ? Self.tagging : ServiceConditionKeys.actions(having: name)
  }

  /// - Parameter action: in lower case.
  func isKnown(to action: String) -> Bool { actions?.contains(action) ?? true }

  /// The actions of S3 that know tags of requests under the global names.
  private static let tagging: Set<String> = ["s3:createbucket", "s3:tagresource", "s3:untagresource"]
}

/// A key of S3's with its values, before it is known for which action.
struct S3ConditionValue {
  var key: S3ConditionKey
  var values: ContextValues

  init(_ key: S3ConditionKey, _ value: String) {
    self.key = key
    values = .one(value)
  }

  init(_ key: String, _ value: String) { self.init(S3ConditionKey(key), value) }

  init(_ key: String, _ values: [String]) {
    self.key = S3ConditionKey(key)
    self.values = ContextValues(values)
  }
}
