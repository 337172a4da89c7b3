import AWSAPI

/// What the catalogue's operations of IAM are on.
enum KnownActions {
  /// The types of resource that an action of IAM (`CreateRole`) is on, as ARNs name them; `nil` where that is not known.
  static func types(ofIAM action: String) -> Set<String>? { table[action.lowercased()] ?? nil }

  private static let table: [String: Set<String>?] = {
    var table: [String: Set<String>?] = [:]
    for operation in Catalogue.names(of: .iam).compactMap({ Catalogue.operation(.iam, $0) }) {
      for rule in operation.authorization where rule.action.hasPrefix("iam:") {
        let action = rule.action.dropFirst("iam:".count).lowercased()
        let type: String? =
          switch rule.resource {
          case .iam(let kind, _), .collection(let kind): kind.rawValue
          case .any, .arn, .bucket, .object, .copySource: nil
          }
        guard let type, let known = table[action] ?? [] else {
          // Any resource, or one that a parameter names: nothing can be said of the action any more.
          table[action] = .some(nil)
          continue
        }
        table[action] = known.union([type])
      }
    }
    return table
  }()
}
