public import JSON

extension PolicyDocument {
  /// Reads a policy from JSON text.
  /// - Throws: ``PolicyError`` with its place where the text is not JSON or not a policy.
  public init(parsing text: some Collection<UInt8>) throws(PolicyError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text)
    } catch {
      throw PolicyError(.notJSON("\(error)"), range: error.offset..<error.offset)
    }
    try self.init(value)
  }

  /// Reads a policy from a JSON value.
  ///
  /// What the grammar leaves open stays open: `Statement` may be an object, and `Action`, `Resource`, principals and
  /// condition values may be single strings (AWS, "Grammar of the IAM JSON policy language").
  /// - Throws: ``PolicyError`` with its place where the value is not a policy.
  public init(_ value: JSONValue) throws(PolicyError) {
    let reader = PolicyReader()
    let members = try reader.members(of: value, path: "", known: ["Version", "Id", "Statement"])
    version = try reader.version(members["Version"])
    id = try members["Id"].map { value throws(PolicyError) in try reader.text(value, path: "Id") }
    guard let statement = members["Statement"] else {
      throw PolicyError(.missingElement("Statement"), range: value.range)
    }
    let values = statement.array ?? [statement]
    statements = []
    for (index, value) in values.enumerated() {
      let path = statement.array == nil ? "Statement" : "Statement[\(index)]"
      statements.append(try reader.statement(value, index: index, path: path))
    }
  }
}

/// Turns JSON into a policy's parts.
struct PolicyReader {
  func members(of value: JSONValue, path: String, known: [String]) throws(PolicyError) -> [String: JSONValue] {
    guard let object = value.object else {
      throw PolicyError(.wrongKind(mustBe: "an object", isA: value.article), path: path, range: value.range)
    }
    try checkNamesOnce(object, path: path)
    var members: [String: JSONValue] = [:]
    for member in object {
      guard known.contains(member.name) else {
        throw PolicyError(.unknownElement(member.name), path: path, range: member.nameRange)
      }
      members[member.name] = member.value
    }
    return members
  }

  /// "Individual elements must not contain multiple instances of the same key" (AWS, "Grammar of the IAM JSON policy
  /// language").
  private func checkNamesOnce(_ members: [JSONMember], path: String) throws(PolicyError) {
    guard members.count > 1 else { return }
    var names: Set<String> = []
    for member in members where !names.insert(member.name).inserted {
      throw PolicyError(.repeatedElement(member.name), path: path, range: member.nameRange)
    }
  }

  func text(_ value: JSONValue, path: String) throws(PolicyError) -> String {
    guard let text = value.string else {
      throw PolicyError(.wrongKind(mustBe: "a string", isA: value.article), path: path, range: value.range)
    }
    return text
  }

  func version(_ value: JSONValue?) throws(PolicyError) -> PolicyDocument.Version {
    guard let value else { return .v2008 }
    let text = try text(value, path: "Version")
    guard let version = PolicyDocument.Version(rawValue: text) else {
      throw PolicyError(.unknownVersion(text), path: "Version", range: value.range)
    }
    return version
  }

  func statement(_ value: JSONValue, index: Int, path: String) throws(PolicyError) -> PolicyDocument.Statement {
    let members = try members(of: value, path: path, known: Self.statementElements)
    guard let effectValue = members["Effect"] else {
      throw PolicyError(.missingElement("Effect"), path: path, range: value.range)
    }
    let effectText = try text(effectValue, path: path + ".Effect")
    guard let effect = PolicyDocument.Effect(rawValue: effectText) else {
      throw PolicyError(.unknownEffect(effectText), path: path + ".Effect", range: effectValue.range)
    }
    guard let action = try list("Action", in: members, path: path, range: value.range) else {
      throw PolicyError(.missingElement("Action"), path: path, range: value.range)
    }
    return PolicyDocument.Statement(
      index: index,
      sid: try members["Sid"].map { value throws(PolicyError) in try text(value, path: path + ".Sid") },
      effect: effect, principal: try principal(in: members, path: path, range: value.range), action: action,
      resource: try list("Resource", in: members, path: path, range: value.range),
      conditions: try members["Condition"].map { value throws(PolicyError) in
        try conditions(value, path: path + ".Condition")
      } ?? [],
      range: value.range)
  }

  private static let statementElements = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
  ]

  /// `Name` or `NotName`, not both.
  private func list(
    _ name: String, in members: [String: JSONValue], path: String, range: Range<Int>
  ) throws(PolicyError) -> PolicyDocument.ListElement? {
    switch (members[name], members["Not" + name]) {
    case (nil, nil): return nil
    case (let value?, nil):
      return PolicyDocument.ListElement(isNegated: false, patterns: try texts(value, path: "\(path).\(name)"))
    case (nil, let value?):
      return PolicyDocument.ListElement(isNegated: true, patterns: try texts(value, path: "\(path).Not\(name)"))
    case (_?, _?): throw PolicyError(.exclusiveElements(name, "Not" + name), path: path, range: range)
    }
  }

  /// A string, or an array of strings.
  private func texts(_ value: JSONValue, path: String) throws(PolicyError) -> [PolicyDocument.Located] {
    var texts: [PolicyDocument.Located] = []
    for (index, element) in (value.array ?? [value]).enumerated() {
      let place = value.array == nil ? path : "\(path)[\(index)]"
      texts.append(PolicyDocument.Located(text: try text(element, path: place), range: element.range))
    }
    return texts
  }

  private func principal(
    in members: [String: JSONValue], path: String, range: Range<Int>
  ) throws(PolicyError) -> PolicyDocument.PrincipalElement? {
    switch (members["Principal"], members["NotPrincipal"]) {
    case (nil, nil): return nil
    case (let value?, nil):
      return PolicyDocument.PrincipalElement(
        isNegated: false, entries: try principals(value, path: path + ".Principal"))
    case (nil, let value?):
      return PolicyDocument.PrincipalElement(
        isNegated: true, entries: try principals(value, path: path + ".NotPrincipal"))
    case (_?, _?): throw PolicyError(.exclusiveElements("Principal", "NotPrincipal"), path: path, range: range)
    }
  }

  private func principals(
    _ value: JSONValue, path: String
  ) throws(PolicyError) -> [PolicyDocument.PrincipalElement.Entry] {
    if let text = value.string {
      guard text == "*" else {
        throw PolicyError(.principalForm(kind: "AWS", name: text), path: path, range: value.range)
      }
      return [.init(kind: .aws, value: PolicyDocument.Located(text: text, range: value.range))]
    }
    guard let object = value.object else {
      throw PolicyError(.wrongKind(mustBe: "\"*\" or an object", isA: value.article), path: path, range: value.range)
    }
    try checkNamesOnce(object, path: path)
    var entries: [PolicyDocument.PrincipalElement.Entry] = []
    for member in object {
      guard let kind = PolicyDocument.PrincipalElement.Kind(rawValue: member.name) else {
        throw PolicyError(.principalKind(member.name), path: path, range: member.nameRange)
      }
      entries += try texts(member.value, path: "\(path).\(member.name)").map { .init(kind: kind, value: $0) }
    }
    return entries
  }

  private func conditions(_ value: JSONValue, path: String) throws(PolicyError) -> [PolicyDocument.ConditionElement] {
    guard let operators = value.object else {
      throw PolicyError(.wrongKind(mustBe: "an object", isA: value.article), path: path, range: value.range)
    }
    try checkNamesOnce(operators, path: path)
    var elements: [PolicyDocument.ConditionElement] = []
    for entry in operators {
      let place = "\(path).\(entry.name)"
      guard ConditionOperator(entry.name) != nil else {
        throw PolicyError(.unknownOperator(entry.name), path: place, range: entry.nameRange)
      }
      guard let keys = entry.value.object else {
        throw PolicyError(
          .wrongKind(mustBe: "an object", isA: entry.value.article), path: place, range: entry.value.range)
      }
      try checkNamesOnce(keys, path: place)
      let name = PolicyDocument.Located(text: entry.name, range: entry.nameRange)
      for key in keys {
        elements.append(
          PolicyDocument.ConditionElement(
            operatorName: name, key: PolicyDocument.Located(text: key.name, range: key.nameRange),
            values: try conditionValues(key.value, path: "\(place).\(key.name)")))
      }
    }
    return elements
  }

  /// Condition values may also be numbers and truth values, which stand for their spelling.
  private func conditionValues(_ value: JSONValue, path: String) throws(PolicyError) -> [PolicyDocument.Located] {
    var values: [PolicyDocument.Located] = []
    for (index, element) in (value.array ?? [value]).enumerated() {
      let text: String
      switch element.kind {
      case .string(let string): text = string
      case .number(let number): text = number
      case .bool(let bool): text = bool ? "true" : "false"
      default:
        throw PolicyError(
          .wrongKind(mustBe: "a string, a number or a truth value", isA: element.article),
          path: value.array == nil ? path : "\(path)[\(index)]", range: element.range)
      }
      values.append(PolicyDocument.Located(text: text, range: element.range))
    }
    return values
  }
}
