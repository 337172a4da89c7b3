/// A policy made ready to be held against many requests.
public struct CompiledPolicy: Sendable {
  /// Behind one reference, so that handing a policy around costs one count and not one for each of its parts.
  private let storage: Storage

  private final class Storage: Sendable {
    let document: PolicyDocument
    let statements: [CompiledStatement]
    /// Where to look for statements that allow, and for those that deny.
    let allowing: StatementIndex
    let denying: StatementIndex

    init(_ document: PolicyDocument) {
      self.document = document
      statements = document.statements.map { CompiledStatement($0, version: document.version) }
      allowing = StatementIndex(statements, effect: .allow)
      denying = StatementIndex(statements, effect: .deny)
    }
  }

  /// Compiles `document`.
  public init(_ document: PolicyDocument) { storage = Storage(document) }

  /// The policy it was made from.
  public var document: PolicyDocument { storage.document }

  var statements: [CompiledStatement] { storage.statements }

  /// The first statement of this effect, in the policy's order, for which `matches` holds.
  @inline(__always)
  func first(
    _ effect: PolicyDocument.Effect, for action: RequestedAction, where matches: (CompiledStatement) -> Bool
  ) -> CompiledStatement? {
    let index = effect == .allow ? storage.allowing : storage.denying
    let position = index.first(action) { matches(storage.statements[$0]) }
    return position.map { storage.statements[$0] }
  }

  /// The statements of this effect that could match, in the policy's order.
  func candidates(_ effect: PolicyDocument.Effect, for action: RequestedAction) -> [CompiledStatement] {
    let index = effect == .allow ? storage.allowing : storage.denying
    return index.candidates(action).map { storage.statements[Int($0)] }
  }
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
