import JSON

/// Takes a request apart member by member; policies are looked up by their bytes before they are read.
struct EvaluationReader {
  private var parser: JSONParser
  private var seen: [Field] = []
  private var id: JSONValue?
  private var principal: RequestPrincipal?
  private var action: String?
  private var resource: String?
  private var resourceAccount: String?
  private var context = RequestContext()
  private var layers = PolicyLayers()

  /// The members of a request.
  enum Field: Int, CaseIterable, Sendable {
    case id, principal, action, resource, resourceAccount, context, identityPolicies, resourcePolicy
    case permissionsBoundaries, sessionPolicies, serviceControlPolicies, resourceControlPolicies, vpcEndpointPolicies

    private static let names = allCases.map { String(describing: $0) }

    var name: String { Self.names[rawValue] }

    init?(name: String) {
      // A few comparisons of short names; a hash would cost more than all of them.
      guard let index = Self.names.firstIndex(of: name) else { return nil }
      self.init(rawValue: index)
    }
  }

  /// What was read, and whether the request said which resource it is about.
  struct Reading {
    var request: EvaluationRequest
    var namesResource: Bool
  }

  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ cache: inout PolicyCache
  ) throws(EvaluationFailure) -> Reading {
    var reader = EvaluationReader(parser: JSONParser(bytes))
    do throws(ReadingError) {
      try reader.readMembers(&cache)
      return try reader.finish()
    } catch {
      switch error {
      case .syntax(let syntax):
        throw EvaluationFailure(id: reader.id, error: EvaluationError("\(syntax)"), syntax: syntax)
      case .content(let content): throw EvaluationFailure(id: reader.id, error: content)
      }
    }
  }

  private init(parser: JSONParser) { self.parser = parser }

  private mutating func readMembers(_ cache: inout PolicyCache) throws(ReadingError) {
    guard parser.enter(.object) else {
      let value = try syntax { (parser) throws(JSONError) in try parser.value() }
      throw .content(.kind(value, not: "an object", path: ""))
    }
    // The first fault of the content is kept, and thrown only when the rest is known to be JSON: whether a text can be
    // read at all, and its id, matter more than what it says.
    var fault: EvaluationError?
    var isFirst = true
    while try syntax({ (parser) throws(JSONError) in try parser.next(in: .object, isFirst: isFirst) }) {
      isFirst = false
      let name = try syntax { (parser) throws(JSONError) in try parser.name() }.text
      if let found = try readMember(name, &cache) { fault = fault ?? found }
    }
    parser.skipSpace()
    if !parser.isAtEnd { throw .syntax(parser.error("something follows the request")) }
    if let fault { throw .content(fault) }
  }

  /// Reads one member's value whatever it is worth.
  /// - Returns: what is wrong with it.
  private mutating func readMember(_ name: String, _ cache: inout PolicyCache) throws(ReadingError) -> EvaluationError?
  {
    guard let field = Field(name: name) else {
      _ = try value()
      return EvaluationError("unknown member", path: name)
    }
    guard !seen.contains(field) else {
      _ = try value()
      return EvaluationError("given twice", path: name)
    }
    seen.append(field)
    // What is null is left out; an id may be anything.
    if parser.peek() == UInt8(ascii: "n"), field != .id {
      _ = try value()
      return nil
    }
    do throws(ReadingError) {
      try read(field, &cache)
      return nil
    } catch {
      guard case .content(let fault) = error else { throw error }
      return fault
    }
  }

  private mutating func read(_ field: Field, _ cache: inout PolicyCache) throws(ReadingError) {
    switch field {
    case .id: id = try value()
    case .principal: principal = try cache.principal(&parser)
    case .action:
      let text = try string(field)
      guard Self.isAction(text) else { throw .content(EvaluationError("must be SERVICE:ACTION", path: field.name)) }
      // Nobody calls `s3:*`; a policy that allows it would seem to allow what another denies of it.
      guard !text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) else {
        throw .content(EvaluationError("must be one action, without wildcards", path: field.name))
      }
      action = text
    case .resource:
      let text = try string(field)
      guard text == "*" || ARN.isOne(text) else {
        throw .content(EvaluationError("must be an ARN or \"*\"", path: field.name))
      }
      resource = text
    case .resourceAccount:
      let text = try string(field)
      guard ARN.isAccount(text) else {
        throw .content(EvaluationError("must be an account, twelve digits", path: field.name))
      }
      resourceAccount = text
    case .context:
      let value = try value()
      do throws(EvaluationError) { context = try RequestContext(evaluation: value) } catch { throw .content(error) }
    case .identityPolicies: layers.identity = try cache.policies(.identityPolicies, &parser).joinedLevels
    case .resourcePolicy: layers.resource = try cache.policies(.resourcePolicy, &parser).joinedLevels.first
    case .permissionsBoundaries:
      layers.permissionsBoundaries = try cache.policies(.permissionsBoundaries, &parser).joinedLevels
    case .sessionPolicies:
      let session = try cache.policies(.sessionPolicies, &parser).joinedLevels
      // An empty list is how a session without policies is asked for.
      layers.session = session.isEmpty ? nil : session
    case .serviceControlPolicies: layers.serviceControl = try cache.policies(.serviceControlPolicies, &parser).levels
    case .resourceControlPolicies: layers.resourceControl = try cache.policies(.resourceControlPolicies, &parser).levels
    case .vpcEndpointPolicies: layers.vpcEndpoint = try cache.policies(.vpcEndpointPolicies, &parser).joinedLevels
    }
  }

  private static func isAction(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return colon != text.utf8.startIndex && text.utf8.index(after: colon) != text.utf8.endIndex
  }

  private func finish() throws(ReadingError) -> Reading {
    guard var principal else { throw .content(EvaluationError("is missing", path: "principal")) }
    guard let action else { throw .content(EvaluationError("is missing", path: "action")) }
    principal.hasPermissionsBoundary = !layers.permissionsBoundaries.isEmpty
    principal.learnUniqueID(from: context)
    let request = AuthorizationRequest(
      principal: principal, action: action, resource: resource ?? "*", resourceAccount: resourceAccount,
      context: context)
    return Reading(
      request: EvaluationRequest(id: id ?? JSONValue(.null), request: request, layers: layers),
      namesResource: resource != nil)
  }
}

extension EvaluationReader {
  /// Either the text is no JSON, or it says what cannot be.
  enum ReadingError: Error {
    case syntax(JSONError)
    case content(EvaluationError)
  }

  @inline(__always)
  private mutating func syntax<Result>(
    _ body: (inout JSONParser) throws(JSONError) -> Result
  ) throws(ReadingError) -> Result {
    do throws(JSONError) { return try body(&parser) } catch { throw .syntax(error) }
  }

  private mutating func value() throws(ReadingError) -> JSONValue {
    try syntax { (parser) throws(JSONError) in try parser.value() }
  }

  private mutating func string(_ field: Field) throws(ReadingError) -> String {
    let value = try value()
    guard let text = value.string else { throw .content(.kind(value, not: "a string", path: field.name)) }
    return text
  }
}
