import AWSAPI

/// The IAM actions of S3, as far as the catalogue tells what they act on.
enum S3Actions {
  /// Whether an action acts on objects rather than on their bucket; `nil` for a pattern and for what is not known.
  static func actsOnObjects(_ action: String) -> Bool? {
    known[action.lowercased()]
  }

  private static let known: [String: Bool] = {
    var known: [String: Bool] = [:]
    for operation in Catalogue.names(of: .s3).compactMap({ Catalogue.operation(.s3, $0) }) {
      for rule in operation.authorization {
        switch rule.resource {
        case .bucket: known[rule.action.lowercased()] = false
        case .object, .copySource: known[rule.action.lowercased()] = true
        default: continue
        }
      }
    }
    return known
  }()
}
