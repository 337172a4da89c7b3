import JSON

/// One request to `iamdrill evaluate`: who asks for what under which circumstances, and all policies that bear on it.
struct EvaluationRequest {
  var request: AuthorizationRequest
  var layers: PolicyLayers
}

/// Reads requests; keeps the policies it has compiled, since a suite asks many questions of the same few.
struct EvaluationReader {
  private var compiled: [ArraySlice<UInt8>: CompiledPolicy] = [:]
  /// Enough for any suite; a stream of ever new policies must not grow without bound.
  private static let mostKept = 4096

  private static let fields: Set<String> = [
    "id", "principal", "action", "resource", "resourceAccount", "context", "identityPolicies", "resourcePolicy",
    "permissionsBoundaries", "sessionPolicies", "serviceControlPolicies", "resourceControlPolicies",
    "vpcEndpointPolicies",
  ]

  /// - Parameter source: the bytes that `value` was read from.
  mutating func read(_ value: JSONValue, from source: [UInt8]) throws(EvaluationError) -> EvaluationRequest {
    guard let members = value.object else { throw EvaluationError("must be an object, not \(value.article)") }
    for member in members where !Self.fields.contains(member.name) {
      throw EvaluationError("unknown field", at: member.name)
    }
    func field(_ name: String) -> JSONValue? {
      guard let found = members.last(where: { $0.name == name })?.value else { return nil }
      if case .null = found.kind { return nil }
      return found
    }
    var principal = try Self.principal(field("principal"))
    var layers = PolicyLayers()
    layers.identity = try policies(field("identityPolicies"), "identityPolicies", source) ?? []
    layers.resource = try field("resourcePolicy").map { value throws(EvaluationError) in
      try policy(value, "resourcePolicy", source)
    }
    layers.permissionsBoundaries = try policies(field("permissionsBoundaries"), "permissionsBoundaries", source) ?? []
    let session = try policies(field("sessionPolicies"), "sessionPolicies", source)
    layers.session = session?.isEmpty == true ? nil : session
    layers.serviceControl = try levels(field("serviceControlPolicies"), "serviceControlPolicies", source)
    layers.resourceControl = try levels(field("resourceControlPolicies"), "resourceControlPolicies", source)
    layers.vpcEndpoint = try policies(field("vpcEndpointPolicies"), "vpcEndpointPolicies", source) ?? []
    principal.hasPermissionsBoundary = !layers.permissionsBoundaries.isEmpty
    return EvaluationRequest(
      request: AuthorizationRequest(
        principal: principal, action: try Self.action(field("action")),
        resource: try Self.text(field("resource"), "resource"),
        resourceAccount: try field("resourceAccount").map { value throws(EvaluationError) in
          try Self.text(value, "resourceAccount")
        },
        context: try Self.context(field("context"))),
      layers: layers)
  }

  // MARK: Who and what

  private static func text(_ value: JSONValue?, _ path: String) throws(EvaluationError) -> String {
    guard let value else { throw EvaluationError("is missing", at: path) }
    guard let text = value.string else { throw EvaluationError("must be a string, not \(value.article)", at: path) }
    return text
  }

  private static func action(_ value: JSONValue?) throws(EvaluationError) -> String {
    let action = try text(value, "action")
    guard let colon = action.firstIndex(of: ":"), colon != action.startIndex,
      action.index(after: colon) != action.endIndex
    else { throw EvaluationError("must be `service:Action`", at: "action") }
    return action
  }

  private static func principal(_ value: JSONValue?) throws(EvaluationError) -> RequestPrincipal {
    guard let value else { throw EvaluationError("is missing", at: "principal") }
    if value.string == "*" { return .anonymous }
    guard let members = value.object, members.count == 1, let member = members.first else {
      throw EvaluationError("must be \"*\" or an object with one of AWS, Service and Federated", at: "principal")
    }
    let path = "principal.\(member.name)"
    let name = try text(member.value, path)
    switch member.name {
    case "Service": return .service(name)
    case "Federated": return .federated(name)
    case "AWS":
      if name == "*" { return .anonymous }
      if name.utf8.count == 12, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return RequestPrincipal(kind: .root, arn: "arn:aws:iam::\(name):root", account: name)
      }
      if let role = ARN(name), role.service == "iam", role.resource.hasPrefix("role/") {
        return RequestPrincipal(kind: .roleSession, arn: name, account: role.account, baseARN: name)
      }
      guard let principal = RequestPrincipal(arn: name) else {
        throw EvaluationError("is not the ARN of a user, a role, a session or an account", at: path)
      }
      return principal
    default: throw EvaluationError("unknown kind of principal", at: path)
    }
  }

  private static func context(_ value: JSONValue?) throws(EvaluationError) -> RequestContext {
    var context = RequestContext()
    guard let value else { return context }
    guard let members = value.object else {
      throw EvaluationError("must be an object, not \(value.article)", at: "context")
    }
    for member in members {
      let path = "context.\(member.name)"
      var values: [String] = []
      for element in member.value.array ?? [member.value] {
        switch element.kind {
        case .string(let text): values.append(text)
        case .number(let text): values.append(text)
        case .bool(let flag): values.append(flag ? "true" : "false")
        default: throw EvaluationError("must be a scalar or a list of scalars, not \(element.article)", at: path)
        }
      }
      context[member.name] = values
    }
    return context
  }

  // MARK: Policies

  private mutating func levels(
    _ value: JSONValue?, _ path: String, _ source: [UInt8]
  ) throws(EvaluationError) -> [[AttachedPolicy]]? {
    guard let value else { return nil }
    guard let elements = value.array else {
      throw EvaluationError("must be a list of levels, not \(value.article)", at: path)
    }
    var levels: [[AttachedPolicy]] = []
    for (index, element) in elements.enumerated() {
      levels.append(try policies(element, "\(path)[\(index)]", source) ?? [])
    }
    return levels
  }

  private mutating func policies(
    _ value: JSONValue?, _ path: String, _ source: [UInt8]
  ) throws(EvaluationError) -> [AttachedPolicy]? {
    guard let value else { return nil }
    guard let elements = value.array else {
      throw EvaluationError("must be a list of policies, not \(value.article)", at: path)
    }
    var policies: [AttachedPolicy] = []
    for (index, element) in elements.enumerated() {
      policies.append(try policy(element, "\(path)[\(index)]", source))
    }
    return policies
  }

  /// A document, or `{"name", "document"}`.
  private mutating func policy(
    _ value: JSONValue, _ path: String, _ source: [UInt8]
  ) throws(EvaluationError) -> AttachedPolicy {
    guard let members = value.object else {
      throw EvaluationError("must be a policy, not \(value.article)", at: path)
    }
    guard let document = members.last(where: { $0.name == "document" })?.value else {
      return AttachedPolicy(try compile(value, path, source), name: path)
    }
    for member in members where member.name != "document" && member.name != "name" {
      throw EvaluationError("unknown field", at: "\(path).\(member.name)")
    }
    let name = try value["name"].map { name throws(EvaluationError) in try Self.text(name, path + ".name") }
    let arn = name.flatMap { $0.hasPrefix("arn:") ? $0 : nil }
    return AttachedPolicy(try compile(document, path + ".document", source), name: name ?? path, arn: arn)
  }

  private mutating func compile(
    _ value: JSONValue, _ path: String, _ source: [UInt8]
  ) throws(EvaluationError) -> CompiledPolicy {
    // A slice would keep a whole line alive, so what is kept is a copy.
    let text = source[value.range]
    if let known = compiled[text] { return known }
    do throws(PolicyError) {
      let policy = CompiledPolicy(try PolicyDocument(value))
      if compiled.count >= Self.mostKept { compiled.removeAll(keepingCapacity: true) }
      compiled[Array(text)[...]] = policy
      return policy
    } catch {
      throw EvaluationError(error.message, at: error.path.isEmpty ? path : "\(path).\(error.path)")
    }
  }
}
