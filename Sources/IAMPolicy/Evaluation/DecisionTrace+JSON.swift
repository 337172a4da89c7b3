public import JSON

extension DecisionTrace {
  /// The trace as `iamdrill evaluate --explain` gives it: layer by layer, statement by statement.
  public var json: JSONValue { json { _ in [] } }

  /// The trace with further members for each statement, such as where it stands.
  public func json(adding members: (StatementTrace) -> [JSONMember]) -> JSONValue {
    .array(layers.map { $0.json(adding: members) })
  }
}

extension DecisionTrace.LayerTrace {
  fileprivate func json(adding further: (StatementTrace) -> [JSONMember]) -> JSONValue {
    var members = [JSONMember(name: "layer", value: .string(layer.rawValue))]
    if let level { members.append(JSONMember(name: "level", value: .number(level))) }
    if let exemption { members.append(JSONMember(name: "notAsked", value: .string(exemption.rawValue))) }
    members.append(JSONMember(name: "policies", value: .array(policies.map { $0.json(adding: further) })))
    return .object(members)
  }
}

extension DecisionTrace.PolicyTrace {
  fileprivate func json(adding further: (StatementTrace) -> [JSONMember]) -> JSONValue {
    var members: [JSONMember] = []
    if let name { members.append(JSONMember(name: "policy", value: .string(name))) }
    if let arn { members.append(JSONMember(name: "arn", value: .string(arn))) }
    if let attachedTo { members.append(JSONMember(name: "attachedTo", value: .string(attachedTo))) }
    members.append(JSONMember(name: "statements", value: .array(statements.map { $0.json(adding: further) })))
    return .object(members)
  }
}

extension StatementTrace {
  fileprivate func json(adding further: (StatementTrace) -> [JSONMember]) -> JSONValue {
    var members = [JSONMember(name: "index", value: .number(statement.index))]
    if let sid = statement.sid { members.append(JSONMember(name: "sid", value: .string(sid))) }
    members.append(JSONMember(name: "effect", value: .string(effect.rawValue)))
    members.append(JSONMember(name: "outcome", value: .string(outcome.name)))
    members.append(JSONMember(name: "action", value: .bool(action)))
    if namesPrincipals || principal == nil {
      members.append(JSONMember(name: "principal", value: principal.map { .string($0.name) } ?? .bool(false)))
    }
    members.append(JSONMember(name: "resource", value: .bool(resource)))
    if !conditions.isEmpty { members.append(JSONMember(name: "conditions", value: .array(conditions.map(\.json)))) }
    return .object(members + further(self))
  }
}

extension StatementTrace.Outcome {
  /// The name in traces.
  public var name: String {
    switch self {
    case .matches: "matches"
    case .otherAction: "other action"
    case .otherPrincipal: "other principal"
    case .otherResource: "other resource"
    case .condition: "condition does not hold"
    }
  }
}

extension GrantStrength {
  /// The name in traces.
  fileprivate var name: String {
    switch self {
    case .account: "by its account"
    case .base: "by its role or user"
    case .direct: "directly"
    }
  }
}

extension ConditionTrace {
  fileprivate var json: JSONValue {
    let requested = requested.map { JSONValue.array($0.map { .string($0) }) } ?? JSONValue(.null)
    return .object([
      JSONMember(name: "operator", value: .string(operatorName)), JSONMember(name: "key", value: .string(key)),
      JSONMember(name: "values", value: .array(values.map { .string($0) })),
      JSONMember(name: "requested", value: requested), JSONMember(name: "holds", value: .bool(holds)),
    ])
  }
}
