import AWSAPI
import FoundationEssentials
import HTTP

extension AWSValue {
  /// The value as text that is the same for equal values, whatever the order of members.
  var canonical: String {
    switch self {
    case .string(let text): "\"\(text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " "))\""
    case .integer(let number): "\(number)"
    case .boolean(let value): "\(value)"
    case .timestamp(let date): "@\(Int((date.timeIntervalSince1970 * 1000).rounded()))"
    case .blob(let body): "bytes\((try? body.collected()) ?? [])"
    case .list(let elements): "[\(elements.map(\.canonical).joined(separator: ", "))]"
    case .structure(let structure): structure.canonical
    }
  }
}

extension AWSStructure {
  var canonical: String {
    "{\(members.sorted { $0.name < $1.name }.map { "\($0.name): \($0.value.canonical)" }.joined(separator: ", "))}"
  }
}
