import JSON
import Scenario

extension Scenario {
  /// The policies as they are written, with the names of the file filled in. What depends on the moment, or on an answer, is
  /// not among them: it is shown where it is sent.
  var readablePolicies: [(name: String, text: String)] {
    policies.filter { !$0.document.dependsOnTheMoment }.compactMap { policy in
      (try? policy.document.value(in: Scope(self)).json.pretty).map { (policy.name.value, $0) }
    }
  }
}

extension TemplateValue {
  /// Whether a function, such as `now()`, stands anywhere in it.
  fileprivate var dependsOnTheMoment: Bool {
    switch self {
    case .null: false
    case .scalar(let template): template.references.contains { $0.function != nil }
    case .list(let elements, _): elements.contains(where: \.dependsOnTheMoment)
    case .mapping(let entries, _): entries.contains { $0.value.dependsOnTheMoment }
    }
  }
}
