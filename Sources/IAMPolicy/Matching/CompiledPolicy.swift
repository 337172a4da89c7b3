/// A policy made ready to be held against many requests.
public struct CompiledPolicy: Sendable {
  /// The policy it was made from.
  public let document: PolicyDocument
  let statements: [CompiledStatement]
  /// Where to look for statements that allow, and for those that deny.
  private let allowing: StatementIndex
  private let denying: StatementIndex

  /// Compiles `document`.
  public init(_ document: PolicyDocument) {
    self.document = document
    let statements = document.statements.map { CompiledStatement($0, version: document.version) }
    self.statements = statements
    allowing = StatementIndex(statements, effect: .allow)
    denying = StatementIndex(statements, effect: .deny)
  }

  func index(_ effect: PolicyDocument.Effect) -> StatementIndex { effect == .allow ? allowing : denying }
}

/// One statement with its patterns taken apart.
struct CompiledStatement: Sendable {
  let source: PolicyDocument.Statement
  /// Over lower-case bytes.
  let actions: [Glob]
  let resources: [ResourcePattern]
  let principals: CompiledPrincipals?
  let conditions: [CompiledCondition]

  init(_ statement: PolicyDocument.Statement, version: PolicyDocument.Version) {
    source = statement
    actions = statement.action.patterns.map { Glob(ASCII.lower($0.text)) }
    resources = statement.resource?.patterns.map { ResourcePattern($0.text, version: version) } ?? []
    principals = statement.principal.map { CompiledPrincipals($0, effect: statement.effect) }
    conditions = statement.conditions.map { CompiledCondition($0, version: version) }
  }
}
