import AWSAPI
import HTTP
package import IAMPolicy
package import Runner

/// An exchange as a terminal shows it: the call as a command, the request, the answer, and on demand how it was decided.
package struct ExchangeText {
  private let exchange: Exchange
  private let isFull: Bool

  /// - Parameter isFull: with where it went, its size, and every statement that was considered.
  package init(_ exchange: Exchange, isFull: Bool) {
    self.exchange = exchange
    self.isFull = isFull
  }

  package func text(_ style: TerminalStyle, indent: String) -> String {
    var lines: [String] = []
    if let call = exchange.call {
      lines.append(style.cyan("$ " + call.operation.commandLine(call.parameters).text))
    }
    lines += Self.lines(HTTPText.request(exchange.request), "> ") + Self.lines(HTTPText.response(exchange), "< ")
    if isFull {
      let host = exchange.request.headers["Host"] ?? "no host"
      let id = exchange.requestID.map { ", request \($0)" } ?? ""
      lines.append(style.dim("* to \(host)\(id), \(exchange.body.count) bytes of answer"))
      if let timing = exchange.response.timing { lines.append(style.dim("* " + timing.text)) }
      if let explanation = exchange.explanation {
        lines += ExplanationText(explanation).lines.map { style.dim("* \($0)") }
      }
    }
    return lines.map { indent + $0 }.joined(separator: "\n")
  }

  private static func lines(_ text: String, _ mark: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? String(mark.dropLast()) : mark + $0 }
  }
}

extension ConnectionTiming {
  /// `connected to 127.0.0.1:4600: name 0.1 ms, connection 0.4 ms, first byte after 1.2 ms, 1.3 ms in all`
  fileprivate var text: String {
    func span(_ from: Int, _ to: Int) -> String { Duration.microseconds(max(0, to - from)).shortText }
    var parts: [String] = []
    if !isReused {
      parts = ["name \(span(0, nameLookup))", "connection \(span(nameLookup, connect))"]
      if secure > 0 { parts.append("TLS \(span(connect, secure))") }
    }
    parts += ["first byte after \(span(0, firstByte))", "\(span(0, total)) in all"]
    return (isReused ? "kept connection to \(peer): " : "connected to \(peer): ") + parts.joined(separator: ", ")
  }
}

/// A decision with every statement that was considered, a line each.
package struct ExplanationText {
  package let lines: [String]

  package init(_ trace: DecisionTrace) {
    var lines = [Self.effect(trace.decision)]
    for layer in trace.layers {
      let level = layer.level.map { ", level \($0 + 1)" } ?? ""
      let skipped = layer.exemption.map { ": not asked, \($0.rawValue)" } ?? ""
      lines.append("\(layer.layer.rawValue)\(level)\(skipped)")
      for policy in layer.policies {
        let owner = policy.attachedTo.map { " of \($0)" } ?? ""
        lines.append("  \(policy.name ?? policy.arn ?? "policy")\(owner)")
        for statement in policy.statements { lines.append("    " + Self.line(statement)) }
      }
    }
    self.lines = lines
  }

  package static func effect(_ decision: Decision) -> String {
    switch decision.effect {
    case .allowed: "allowed by \(decision.decidedBy.name)"
    case .explicitDeny: "refused: a statement of \(decision.decidedBy.name) denies it"
    case .implicitDeny: "refused: nothing in \(decision.decidedBy.name) allows it"
    }
  }

  static func line(_ statement: StatementTrace) -> String {
    let sid = statement.statement.sid.map { " \"\($0)\"" } ?? ""
    return
      "statement \(statement.statement.index + 1)\(sid) (\(statement.effect.rawValue)): \(reason(statement.outcome))"
  }

  private static func reason(_ outcome: StatementTrace.Outcome) -> String {
    guard case .condition(let condition) = outcome else { return outcome.name }
    let asked = condition.requested.map { $0.joined(separator: ", ") } ?? "not in the request"
    return "condition does not hold: \(condition.operatorName) \(condition.key) "
      + "\(condition.values.joined(separator: ", ")); was \(asked)"
  }
}
