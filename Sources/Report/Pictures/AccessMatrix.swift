import Runner
import Scenario

/// Which principal was let do what: of each call that a step expects something of, whether it was allowed.
struct AccessMatrix: Sendable {
  private(set) var principals: [String] = []
  private(set) var actions: [String] = []
  private var cells: [Key: [Cell]] = [:]

  private struct Key: Sendable, Hashable {
    var principal: String
    var action: String
  }

  /// One call.
  struct Cell: Sendable, Hashable {
    var step: Int
    var title: String
    var access: Access
  }

  init(_ steps: [StepResult]) {
    for step in steps {
      guard step.step.expect != nil else { continue }
      for exchange in step.exchange.map({ [$0] }) ?? step.command?.calls ?? [] { add(exchange, of: step) }
    }
    actions.sort()
  }

  private mutating func add(_ exchange: Exchange, of step: StepResult) {
    let key = Key(principal: exchange.callerName, action: exchange.callName)
    if !principals.contains(key.principal) { principals.append(key.principal) }
    if !actions.contains(key.action) { actions.append(key.action) }
    cells[key, default: []].append(Cell(step: step.number, title: step.title, access: Access(exchange)))
  }

  var isEmpty: Bool { principals.isEmpty }

  /// The calls of `principal` to `action`, in order; none where it made none.
  subscript(principal: String, action: String) -> [Cell] { cells[Key(principal: principal, action: action)] ?? [] }
}
