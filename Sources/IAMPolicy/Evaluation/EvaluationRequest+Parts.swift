import JSON

extension RequestPrincipal {
  /// The principal as a request gives it: `{"AWS": …}`, `{"Service": …}`, `{"Federated": …}` or `"*"`.
  init(evaluation value: JSONValue) throws(EvaluationError) {
    let path = "principal"
    if let text = value.string {
      guard text == "*" else {
        throw EvaluationError(#"must be "*" for an anonymous request, or {"AWS": ARN} and the like"#, path: path)
      }
      self = .anonymous
      return
    }
    guard let members = value.object else { throw .kind(value, not: #"an object or "*""#, path: path) }
    guard members.count == 1, let member = members.first else {
      throw EvaluationError(#"must have one of "AWS", "Service" and "Federated""#, path: path)
    }
    let place = "\(path).\(member.name)"
    guard ["AWS", "Service", "Federated"].contains(member.name) else {
      throw EvaluationError(#"unknown member; a principal is "AWS", "Service" or "Federated""#, path: place)
    }
    guard let text = member.value.string else { throw .kind(member.value, not: "a string", path: place) }
    guard !text.isEmpty else { throw EvaluationError("is empty", path: place) }
    switch member.name {
    case "Service": self = .service(text)
    case "Federated": self = .federated(text)
    default:
      if text == "*" {
        self = .anonymous
        return
      }
      guard let principal = RequestPrincipal(arn: text) else {
        throw EvaluationError(
          "must be the ARN of a user, a role, a role's session, a federated user or an account's root", path: place)
      }
      self = principal
    }
  }
}

extension RequestPrincipal {
  private static let userID = ContextKey("aws:userid")

  /// Takes the unique id, which no ARN tells, from `aws:userid`: "unique ID" for a user, "role-id:caller-specified-role-name"
  /// for a role's session (AWS, "IAM policy elements: Variables and tags").
  mutating func learnUniqueID(from context: RequestContext) {
    guard kind == .user || kind == .roleSession, let value = context.single(Self.userID) else { return }
    uniqueID = value.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(value[..<$0]) } ?? value
  }
}

extension RequestContext {
  /// The context as a request gives it: each key with a value or an array of values.
  init(evaluation value: JSONValue) throws(EvaluationError) {
    self.init()
    guard let members = value.object else { throw .kind(value, not: "an object", path: "context") }
    for member in members {
      guard !member.name.isEmpty else { throw EvaluationError("a key is empty", path: "context") }
      var values: [String] = []
      if let elements = member.value.array {
        for (index, element) in elements.enumerated() {
          values.append(try Self.text(element) { "context.\(member.name)[\(index)]" })
        }
      } else {
        values.append(try Self.text(member.value) { "context.\(member.name)" })
      }
      guard add(ContextKey(member.name), ContextValues(values)) else {
        throw EvaluationError("given twice (keys have no case)", path: "context.\(member.name)")
      }
    }
  }

  /// Numbers and truth values stand for their spelling, as in policies.
  private static func text(_ value: JSONValue, path: () -> String) throws(EvaluationError) -> String {
    switch value.kind {
    case .string(let text): return text
    case .number(let number): return number
    case .bool(let bool): return bool ? "true" : "false"
    default: throw .kind(value, not: "a string, a number or a truth value", path: path())
    }
  }
}
