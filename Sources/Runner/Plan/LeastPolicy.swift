import AWSAPI
package import JSON

/// The permissions that a run needs of an account's credentials, and no more.
package struct LeastPolicy: Sendable {
  private let account: String
  /// Actions by the resources they are needed on.
  private var actions: [String: Set<String>] = [:]

  init(account: String) {
    self.account = account
  }

  package var isEmpty: Bool { actions.isEmpty }

  /// Adds what `call` needs.
  mutating func add(_ call: AWSCall, patterns: NamePatterns) {
    for rule in call.operation.authorization {
      switch rule.condition {
      case .present(let name)? where call.parameters[name] == nil: continue
      case .absent(let name)? where call.parameters[name] != nil: continue
      default: break
      }
      // Who assumes a role needs it in a policy of their own; the administrator of an account acts as itself.
      actions[patterns.resource(of: rule, in: call, account: account), default: []].insert(rule.action)
    }
  }

  /// Adds what taking back needs: to read its mark, to take out what is in it, to delete it.
  mutating func addTeardown(of kind: ResourceKind, _ made: AWSCall, patterns: NamePatterns) {
    var names = [kind.read, kind.delete] + Contents.operations(of: kind)
    if kind == .bucket { names.append("PutBucketTagging") }
    for name in names {
      guard let operation = Catalogue.operation(kind.service, name) else { continue }
      var parameters: AWSStructure = [:]
      // An object is deleted by its version where it has one: both permissions are needed.
      for member in operation.input.members where member.isRequired { parameters[member.name] = "*" }
      parameters[kind.identifier] = kind.identifier(in: made, account: account).map { .string($0) }
      add(AWSCall(operation: operation, parameters: parameters), patterns: patterns)
      if name == "DeleteObject" {
        parameters["VersionId"] = "*"
        add(AWSCall(operation: operation, parameters: parameters), patterns: patterns)
      }
    }
  }

  /// Adds what tagging needs for a principal of the scenario that may not tag what it makes.
  mutating func addTagging(of kind: ResourceKind, _ made: AWSCall, patterns: NamePatterns) {
    guard let name = kind.tagging, let operation = Catalogue.operation(.iam, name) else { return }
    let identifier = kind.identifier(in: made, account: account).map { AWSValue.string($0) }
    add(AWSCall(operation: operation, parameters: [kind.identifier: identifier]), patterns: patterns)
  }

  /// The policy as compact JSON, as IAM counts its size.
  package var text: String { json.compact }

  /// The policy: statements by resource, actions sorted.
  package var json: JSONValue {
    var byActions: [[String]: [String]] = [:]
    for (resource, names) in actions { byActions[names.sorted(), default: []].append(resource) }
    let statements = byActions.map { names, resources in (names: names, resources: resources.sorted()) }
      .sorted { $0.resources.lexicographicallyPrecedes($1.resources) }
    return [
      "Version": "2012-10-17",
      "Statement": .array(
        statements.map { statement in
          [
            "Effect": "Allow", "Action": .array(statement.names.map { .string($0) }),
            "Resource": .array(statement.resources.map { .string($0) }),
          ]
        }),
    ]
  }
}

/// The ARNs that a run's names come under, whatever its id.
struct NamePatterns: Sendable {
  let existing: Set<String>

  func resource(of rule: AuthorizationRule, in call: AWSCall, account: String) -> String {
    let subject = call.subject(of: rule)
    switch rule.resource {
    case .any, .collection: return "*"
    case .iam(let entity, _):
      if let subject, existing.contains(subject) { return "arn:aws:iam::\(account):\(entity.rawValue)/\(subject)" }
      return "arn:aws:iam::\(account):\(entity.rawValue)/\(RunID.pathRoot)/*"
    case .arn(let parameter):
      guard let subject, subject.hasPrefix("arn:"), !subject.hasSuffix("*") else {
        return pattern(of: parameter, account)
      }
      return subject.range(ofText: ":iam::aws:") != nil || existing.contains(where: { subject.hasSuffix("/" + $0) })
        ? subject : pattern(of: parameter, account)
    case .bucket: return "arn:aws:s3:::" + bucket(subject)
    case .object, .copySource: return "arn:aws:s3:::" + bucket(subject) + "/*"
    }
  }

  private func pattern(of parameter: String, _ account: String) -> String {
    switch parameter {
    case "PolicyArn": "arn:aws:iam::\(account):policy/\(RunID.pathRoot)/*"
    case "SerialNumber": "arn:aws:iam::\(account):mfa/\(RunID.pathRoot)/*"
    case "RoleArn": "arn:aws:iam::*:role/\(RunID.pathRoot)/*"
    default: "*"
    }
  }

  private func bucket(_ name: String?) -> String {
    guard let name, name != "*" else { return "*" }
    if existing.contains(name) { return name }
    let prefix = "amzn-s3-demo-"
    return (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name) + "-*"
  }
}
