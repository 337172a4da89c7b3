import Scenario

extension Scenario.Step {
  /// The step's name, or what it does where the file gives none.
  package var title: String {
    if let name { return name.value }
    switch action {
    case .call(let call): return call.operation.value
    case .cli(let command): return "aws command, line \(command.range.start.line)"
    case .advance(let duration): return "\(duration.value.text) pass"
    case .presign(let call, _): return "presigned \(call.operation.value)"
    case .fetch: return "fetch"
    case .switchRole: return "switch role in the console"
    case .check: return "check"
    }
  }

  /// The variables that the step refers to, and, after `as `, the principals that it acts as.
  func neededNames(declared: [Scenario.Principal]) -> Set<String> {
    var names = Set(templates.flatMap(\.references).compactMap(\.path.first))
    var pending = principal.map { [$0.value] } ?? []
    while let name = pending.popLast() {
      guard names.insert("as " + name).inserted else { continue }
      for case .role(let chain) in declared.filter({ $0.name.value == name }).map(\.kind) {
        names.formUnion(chain.role.references.compactMap(\.path.first))
        pending.append(chain.from.value)
      }
    }
    return names
  }

  private var templates: [Template] {
    switch action {
    case .call(let call), .presign(let call, _): call.parameters.templates
    case .fetch(let fetch): [fetch.url] + fetch.headers.map(\.value) + (fetch.body?.templates ?? [])
    case .cli(let command): command.words
    case .switchRole(let form): [form.account, form.roleName]
    case .check(let checks): checks.map(\.value)
    case .advance: []
    }
  }
}

extension TemplateValue {
  /// Every template in the tree.
  fileprivate var templates: [Template] {
    switch self {
    case .null: []
    case .scalar(let template): [template]
    case .list(let elements, _): elements.flatMap(\.templates)
    case .mapping(let entries, _): entries.flatMap { [$0.key] + $0.value.templates }
    }
  }
}
