import IAMPolicy
import Runner
import Scenario

/// The decision of a step shown whole, for people: the question, every layer, every statement, and what decided.
struct DecisionText {
  let style: TerminalStyle
  let places: StatementPlaces
  private(set) var lines: [String] = []

  init(style: TerminalStyle, places: StatementPlaces) {
    self.style = style
    self.places = places
  }

  /// One permission that was asked for.
  mutating func add(_ explained: ExplainedRequest) {
    let request = explained.request
    field("Permission", style.bold(request.action) + " on " + request.resource)
    field("Principal", Self.words(for: request.principal))
    field("Owner", request.resourceAccount.isEmpty ? "nobody's account" : "account " + request.resourceAccount)
    for (index, entry) in request.context.sorted.enumerated() {
      let values = entry.values.map { "\"\($0)\"" }.joined(separator: ", ")
      field(index == 0 ? "Context" : "", "\(entry.key) = \(values)")
    }
    let trace = explained.trace
    for layer in trace.layers { add(layer, explained) }
    for name in Self.missingLayers(explained) { lines.append("    " + style.dim(name)) }
    field("Decision", verdict(explained))
    lines.append("")
  }

  private mutating func field(_ name: String, _ value: String) {
    lines.append("    " + name + String(repeating: " ", count: max(0, 12 - name.count)) + value)
  }

  private static func words(for principal: RequestPrincipal) -> String {
    switch principal.kind {
    case .root: "\(principal.arn), the root user"
    case .user: "\(principal.arn), a user"
    case .roleSession: "\(principal.arn), a session of \(principal.baseARN ?? "a role")"
    case .federatedUser: "\(principal.arn), a federated user" + (principal.baseARN.map { " of \($0)" } ?? "")
    case .service: "\(principal.arn), a service"
    case .federated: "\(principal.arn), an identity provider"
    case .anonymous: "nobody signed"
    }
  }

  // MARK: Layers

  private mutating func add(_ layer: DecisionTrace.LayerTrace, _ explained: ExplainedRequest) {
    let level = layer.level.map { ", level \($0 + 1)" } ?? ""
    let state: String
    if let exemption = layer.exemption {
      state = style.dim("not asked: \(exemption.rawValue)")
    } else if layer.policies.contains(where: { $0.statements.contains { $0.outcome == .matches && $0.effect == .deny } }
    ) {
      state = style.red("denies")
    } else {
      state = layer.allows ? style.green("allows") : style.red("does not allow")
    }
    lines.append("    \(style.bold(layer.layer.rawValue))\(level): \(state)")
    guard layer.exemption == nil else { return }
    for policy in layer.policies { add(policy, explained) }
  }

  private mutating func add(_ policy: DecisionTrace.PolicyTrace, _ explained: ExplainedRequest) {
    let name = policy.name ?? policy.arn ?? "a policy"
    let arn = policy.name == nil ? nil : policy.arn
    let owner = [policy.attachedTo, arn].compactMap { $0 }.joined(separator: ", ")
    lines.append("      \(name)" + (owner.isEmpty ? "" : " (\(owner))") + (policy.statements.isEmpty ? ": empty" : ""))
    for statement in policy.statements { add(statement, explained) }
  }

  private mutating func add(_ trace: StatementTrace, _ explained: ExplainedRequest) {
    let matches = trace.outcome == .matches
    let mark =
      !matches ? style.dim("·") : trace.effect == .allow ? style.green("✓") : style.red("✗")
    let sid = trace.statement.sid.map { " \"\($0)\"" } ?? ""
    let place = places.range(of: trace.statement, in: explained.request).map { ", \($0.file):\($0.start.line)" } ?? ""
    let word = matches ? (trace.effect == .allow ? "allows" : "denies") : "does not match"
    lines.append(
      "        \(mark) statement \(trace.statement.index + 1)\(sid), \(trace.effect.rawValue)\(place): \(word)")
    let reasons = explained.reasons(of: trace)
    // Of what matches, the conditions say something that the statement's line does not, and how the caller is named where
    // that is not all that is needed.
    let isIndirect = trace.principal.map { $0 < .direct } ?? false
    for reason in reasons
    where !reason.matches || (matches && (reason.part == .condition || (reason.part == .principal && isIndirect))) {
      lines.append("            \(style.dim(reason.matches ? "=" : "≠")) \(reason.text)")
    }
  }

  /// The layers that say something by not being there.
  private static func missingLayers(_ explained: ExplainedRequest) -> [String] {
    var names: [String] = []
    let (layers, request) = (explained.layers, explained.request)
    switch request.principal.kind {
    case .user, .roleSession, .federatedUser:
      if layers.identity.isEmpty { names.append("identity-policy: there is none") }
    case .root, .service, .federated, .anonymous: break
    }
    if layers.resource == nil, !request.isWithinOneAccount { names.append("resource-policy: there is none") }
    return names
  }

  // MARK: Decision

  private func verdict(_ explained: ExplainedRequest) -> String {
    let decision = explained.decision
    let statements = decision.statements.map { statement in
      let place = places.range(of: statement, in: explained.request).map { ", \($0.file):\($0.start.line)" } ?? ""
      return statement.title + place
    }
    let by = statements.isEmpty ? decision.decidedBy.name : statements.joined(separator: ", and ")
    switch decision.effect {
    case .allowed: return style.green("allowed") + " by " + by
    case .explicitDeny: return style.red("explicit deny") + " by " + by
    case .implicitDeny: return style.red("implicit deny") + ": nothing allows it in the " + by
    }
  }
}
