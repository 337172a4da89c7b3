/// A policy made ready to be held against many requests.
public struct CompiledPolicy: Sendable {
  /// The policy it was made from.
  public let document: PolicyDocument
  let statements: [CompiledStatement]
  /// For each service (lower case) the statements that could match one of its actions, in order; under the empty text
  /// those that could match any service's.
  private let byService: [String: [Int]]

  /// Compiles `document`.
  public init(_ document: PolicyDocument) {
    self.document = document
    let statements = document.statements.map { CompiledStatement($0, version: document.version) }
    self.statements = statements
    var index: [String: [Int]] = ["": statements.indices.filter { statements[$0].services == nil }]
    for service in Set(statements.flatMap { $0.services ?? [] }) {
      index[service] = statements.indices.filter { statements[$0].services?.contains(service) ?? true }
    }
    byService = index
  }

  /// The positions of the statements that could match an action of `service`.
  func candidates(service: String) -> [Int] { byService[service] ?? byService[""] ?? [] }
}

/// One statement with its patterns taken apart.
struct CompiledStatement: Sendable {
  let source: PolicyDocument.Statement
  let actions: [Glob]
  /// The services (lower case) whose actions the statement could match; `nil` for any.
  let services: Set<String>?
  let resources: [ResourcePattern]
  let principals: CompiledPrincipals?
  let conditions: [CompiledCondition]

  init(_ statement: PolicyDocument.Statement, version: PolicyDocument.Version) {
    source = statement
    actions = statement.action.patterns.map { Glob($0.text.lowercased()) }
    services = statement.action.isNegated ? nil : Self.services(of: statement.action.patterns)
    resources = statement.resource?.patterns.map { ResourcePattern($0.text, version: version) } ?? []
    principals = statement.principal.map { CompiledPrincipals($0) }
    conditions = statement.conditions.map { CompiledCondition($0, version: version) }
  }

  private static func services(of patterns: [PolicyDocument.Located]) -> Set<String>? {
    var services: Set<String> = []
    for pattern in patterns {
      guard let colon = pattern.text.firstIndex(of: ":") else { return nil }
      let service = pattern.text[..<colon].lowercased()
      guard !service.contains("*"), !service.contains("?") else { return nil }
      services.insert(service)
    }
    return services
  }
}
