package import IAMPolicy
import JSON

/// The policies that bore on a request, as they are written, with the statements that decided marked.
package enum PolicyText {
  package static func text(_ layers: PolicyLayers, _ decision: Decision, _ style: TerminalStyle) -> String {
    var blocks: [String] = []
    func add(_ layer: PolicyLayer, _ policies: [AttachedPolicy]) {
      for policy in policies { blocks.append(block(policy, layer, decision, style)) }
    }
    for level in layers.serviceControl ?? [] { add(.serviceControl, level) }
    for level in layers.resourceControl ?? [] { add(.resourceControl, level) }
    add(.vpcEndpoint, layers.vpcEndpoint)
    if let resource = layers.resource {
      let isTrust = decision.decidedBy.layer == .trust || decision.statements.contains { $0.layer == .trust }
      add(isTrust ? .trust : .resource, [resource])
    }
    add(.identity, layers.identity)
    add(.permissionsBoundary, layers.permissionsBoundaries)
    add(.session, layers.session ?? [])
    return blocks.isEmpty ? "No policy is attached to anything that takes part." : blocks.joined(separator: "\n\n")
  }

  private static func block(
    _ policy: AttachedPolicy, _ layer: PolicyLayer, _ decision: Decision, _ style: TerminalStyle
  ) -> String {
    let owner = policy.attachedTo.map { ", attached to \($0)" } ?? ""
    let name = policy.name ?? policy.arn ?? "without a name"
    var lines = [style.bold("\(layer.rawValue): \(name)\(owner)")]
    for statement in policy.policy.document.statements {
      let decided = decision.statements.contains {
        $0.index == statement.index && $0.policyName == policy.name && $0.policyARN == policy.arn
          && $0.attachedTo == policy.attachedTo
      }
      let body = statement.json.pretty.split(separator: "\n").map(String.init)
      lines += body.map { decided ? style.cyan("▶ \($0)") : "  \($0)" }
      if decided { lines.append(style.cyan("▶ this statement decided")) }
    }
    return lines.joined(separator: "\n")
  }
}

extension PolicyDocument.Statement {
  /// The statement as a policy has it.
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    if let sid { members.append(JSONMember(name: "Sid", value: .string(sid))) }
    members.append(JSONMember(name: "Effect", value: .string(effect.rawValue)))
    if let principal {
      members.append(JSONMember(name: principal.isNegated ? "NotPrincipal" : "Principal", value: principal.json))
    }
    members.append(JSONMember(name: action.isNegated ? "NotAction" : "Action", value: action.json))
    if let resource {
      members.append(JSONMember(name: resource.isNegated ? "NotResource" : "Resource", value: resource.json))
    }
    if !conditions.isEmpty { members.append(JSONMember(name: "Condition", value: conditionJSON)) }
    return .object(members)
  }

  private var conditionJSON: JSONValue {
    var operators: [(name: String, keys: [JSONMember])] = []
    for condition in conditions {
      let key = JSONMember(name: condition.key.text, value: .oneOrMany(condition.values.map(\.text)))
      if let index = operators.firstIndex(where: { $0.name == condition.operatorName.text }) {
        operators[index].keys.append(key)
      } else {
        operators.append((condition.operatorName.text, [key]))
      }
    }
    return .object(operators.map { JSONMember(name: $0.name, value: .object($0.keys)) })
  }
}

extension PolicyDocument.ListElement {
  fileprivate var json: JSONValue { .oneOrMany(patterns.map(\.text)) }
}

extension PolicyDocument.PrincipalElement {
  fileprivate var json: JSONValue {
    var kinds: [(kind: Kind, values: [String])] = []
    for entry in entries {
      if let index = kinds.firstIndex(where: { $0.kind == entry.kind }) {
        kinds[index].values.append(entry.value.text)
      } else {
        kinds.append((entry.kind, [entry.value.text]))
      }
    }
    return .object(kinds.map { JSONMember(name: $0.kind.rawValue, value: .oneOrMany($0.values)) })
  }
}

extension JSONValue {
  fileprivate static func oneOrMany(_ texts: [String]) -> JSONValue {
    texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
  }
}
