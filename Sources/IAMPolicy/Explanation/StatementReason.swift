/// A part of a statement, and in words why it does or does not match.
public struct StatementReason: Sendable, Hashable {
  /// The four parts of a statement.
  public enum Part: String, Sendable, Hashable {
    case action, principal, resource, condition
  }

  /// Which part.
  public var part: Part
  /// Whether it matches.
  public var matches: Bool
  /// Why: `s3:GetObject is not in Action: s3:PutObject`.
  public var text: String
}

extension ExplainedRequest {
  /// What each part of a considered statement says to the request, in the order action, principal, resource, conditions.
  public func reasons(of trace: StatementTrace) -> [StatementReason] {
    let source = source(of: trace.statement)
    var reasons = [
      StatementReason(
        part: .action, matches: trace.action,
        text: Self.sentence(
          about: request.action, isListed: trace.action != (source?.action.isNegated ?? false),
          source?.action.isNegated == true ? "NotAction" : "Action",
          source?.action.patterns.map(\.text) ?? []))
    ]
    if let principal = principalReason(trace, source) { reasons.append(principal) }
    if let resource = source?.resource {
      reasons.append(
        StatementReason(
          part: .resource, matches: trace.resource,
          text: Self.sentence(
            about: request.resource, isListed: trace.resource != resource.isNegated,
            resource.isNegated ? "NotResource" : "Resource",
            resource.patterns.map(\.text))))
    } else if !trace.resource {
      reasons.append(StatementReason(part: .resource, matches: false, text: "it names no resource"))
    }
    return reasons
      + trace.conditions.map { StatementReason(part: .condition, matches: $0.holds, text: $0.sentence) }
  }

  /// Why the statement does not match: of its parts those that do not.
  public func misfits(of trace: StatementTrace) -> [StatementReason] { reasons(of: trace).filter { !$0.matches } }

  private func principalReason(
    _ trace: StatementTrace, _ source: PolicyDocument.Statement?
  ) -> StatementReason? {
    guard trace.namesPrincipals else {
      return trace.principal == nil
        ? StatementReason(part: .principal, matches: false, text: "it names no principal") : nil
    }
    let who = request.principal.kind == .anonymous ? "nobody signed, and so the caller" : request.principal.arn
    let isNegated = source?.principal?.isNegated ?? false
    let text =
      switch trace.principal {
      case .account: "the account of \(who) is named, by which its own policies must allow too"
      case .base: "the role or user behind \(who) is named"
      case .direct where !isNegated: "\(who) is named"
      case .direct, nil:
        Self.sentence(
          about: who, isListed: (trace.principal != nil) != isNegated,
          isNegated ? "NotPrincipal" : "Principal",
          source?.principal?.entries.map { entry in
            entry.written.map { "\($0) (kept as \(entry.value.text))" } ?? entry.value.text
          } ?? [])
      }
    return StatementReason(part: .principal, matches: trace.principal != nil, text: text)
  }

  /// `X is in Action: a, b`, `X is not in NotAction: a`.
  private static func sentence(
    about subject: String, isListed: Bool, _ element: String, _ patterns: [String]
  ) -> String {
    "\(subject) is \(isListed ? "" : "not ")in \(element): \(list(patterns))"
  }

  /// More than this many entries of a list are not shown.
  private static let shown = 4

  private static func list(_ texts: [String]) -> String {
    guard texts.count > shown else { return texts.joined(separator: ", ") }
    return texts.prefix(shown - 1).joined(separator: ", ") + " and \(texts.count - shown + 1) more"
  }
}

extension ConditionTrace {
  /// `StringEquals sts:ExternalId "a": the request has "b"`.
  public var sentence: String {
    let wanted = values.map { "\"\($0)\"" }.joined(separator: " or ")
    let found: String =
      switch requested {
      case nil: "the request does not have it"
      case let values? where values.count == 1: "the request has \"\(values[0])\""
      case let values?: "the request has " + values.map { "\"\($0)\"" }.joined(separator: ", ")
      }
    return "\(operatorName) \(key) \(wanted.isEmpty ? "(no value)" : wanted): \(found)"
  }
}
