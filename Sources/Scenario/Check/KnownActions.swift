import AWSAPI

/// What the catalogue's operations of IAM are on.
enum KnownActions {
  /// The types of resource that an action of IAM (`CreateRole`) is on, as ARNs name them; `nil` where that is not known.
  ///
  /// Most actions are named after their operation, which is looked up alone: to build all of them would cost every run.
  static func types(ofIAM action: String) -> Set<String>? {
    guard let operation = Catalogue.operation(.iam, action) else { return nil }
    var types: Set<String> = []
    for rule in operation.authorization where rule.action == operation.qualifiedName {
      switch rule.resource {
      case .iam(let kind, _), .collection(let kind): types.insert(kind.rawValue)
      // Any resource, or one that a parameter names.
      case .any, .arn, .bucket, .object, .copySource: return nil
      }
    }
    return types.isEmpty ? nil : types
  }
}
