import JSON

/// Principals and compiled policies by the bytes that spell them.
///
/// The requests of one run mostly share their policies, and reading a policy costs far more than deciding by it. What was
/// read last is tried first, because comparing bytes needs no search for a value's end.
struct PolicyCache {
  /// The policies of one member, level by level; members without levels have one.
  struct Policies {
    var levels: [[AttachedPolicy]]

    var joinedLevels: [AttachedPolicy] { levels.count == 1 ? levels[0] : levels.flatMap { $0 } }
  }

  /// How much text is kept before everything is forgotten and begun anew.
  static let capacity = 64 << 20

  /// By field.
  private var policies = [Store<Policies>](repeating: Store(), count: EvaluationReader.Field.allCases.count)
  private var principals = Store<RequestPrincipal>()

  mutating func principal(_ parser: inout JSONParser) throws(EvaluationReader.ReadingError) -> RequestPrincipal {
    try principals.value(&parser) { value throws(EvaluationError) in try RequestPrincipal(evaluation: value) }
  }

  mutating func policies(
    _ field: EvaluationReader.Field, _ parser: inout JSONParser
  ) throws(EvaluationReader.ReadingError) -> Policies {
    try policies[field.rawValue].value(&parser) { value throws(EvaluationError) in
      try Policies(evaluation: value, field: field)
    }
  }

  /// The values of one member.
  private struct Store<Value> {
    private var entries: [UInt64: Entry] = [:]
    private var last: Entry?
    private var size = 0

    private struct Entry {
      var text: [UInt8]
      var value: Value
    }

    /// The value of the text that stands next, read anew only where it was not seen before.
    mutating func value(
      _ parser: inout JSONParser, read: (JSONValue) throws(EvaluationError) -> Value
    ) throws(EvaluationReader.ReadingError) -> Value {
      _ = parser.peek()
      if let last, parser.skip(last.text) { return last.value }
      let start = parser.position
      let text: [UInt8]
      do throws(JSONError) {
        let range = try parser.skipValue()
        text = parser.text(range)
      } catch {
        throw .syntax(error)
      }
      let hash = Self.hash(text)
      if let known = entries[hash], known.text == text {
        remember(known)
        return known.value
      }
      let value = try Self.parse(&parser, from: start)
      let entry: Entry
      do throws(EvaluationError) {
        entry = Entry(text: text, value: try read(value))
      } catch {
        throw .content(error)
      }
      keep(entry, under: hash)
      return entry.value
    }

    private static func parse(
      _ parser: inout JSONParser, from start: Int
    ) throws(EvaluationReader.ReadingError) -> JSONValue {
      do throws(JSONError) { return try parser.value(from: start) } catch { throw .syntax(error) }
    }

    private mutating func remember(_ entry: Entry) {
      // A number may be the beginning of another; only brackets close what they open.
      if let first = entry.text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { last = entry }
    }

    private mutating func keep(_ entry: Entry, under hash: UInt64) {
      remember(entry)
      size += entry.text.count
      if size > PolicyCache.capacity {
        entries.removeAll()
        size = entry.text.count
      }
      entries[hash] = entry
    }

    /// Texts that collide only displace each other.
    private static func hash(_ text: [UInt8]) -> UInt64 {
      text.withUnsafeBytes { bytes in
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
          hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
          hash ^= hash >> 29
          index += 8
        }
        while index < bytes.count {
          hash = (hash ^ UInt64(bytes[index])) &* 0x9E37_79B9_7F4A_7C15
          index += 1
        }
        return hash ^ (hash >> 32)
      }
    }
  }
}

extension PolicyCache.Policies {
  init(evaluation value: JSONValue, field: EvaluationReader.Field) throws(EvaluationError) {
    let path = field.name
    switch field {
    case .resourcePolicy: levels = [[try AttachedPolicy(evaluation: value, path: path, field)]]
    case .serviceControlPolicies, .resourceControlPolicies:
      levels = []
      for (index, level) in try Self.array(value, of: "levels", path: path).enumerated() {
        levels.append(try Self.list(level, path: "\(path)[\(index)]", field))
      }
    default: levels = [try Self.list(value, path: path, field)]
    }
  }

  private static func list(
    _ value: JSONValue, path: String, _ field: EvaluationReader.Field
  ) throws(EvaluationError) -> [AttachedPolicy] {
    var policies: [AttachedPolicy] = []
    for (index, element) in try array(value, of: "policies", path: path).enumerated() {
      policies.append(try AttachedPolicy(evaluation: element, path: "\(path)[\(index)]", field))
    }
    return policies
  }

  private static func array(_ value: JSONValue, of what: String, path: String) throws(EvaluationError) -> [JSONValue] {
    guard let elements = value.array else { throw .kind(value, not: "an array of \(what)", path: path) }
    return elements
  }
}

extension AttachedPolicy {
  /// A policy as a request gives it: a document, or `{"name", "document"}`. Without a name it goes by its place.
  fileprivate init(
    evaluation value: JSONValue, path: String, _ field: EvaluationReader.Field
  ) throws(EvaluationError) {
    guard let members = value.object else { throw .kind(value, not: "a policy", path: path) }
    var (name, document, place) = (path, value, path)
    if members.contains(where: { $0.name == "document" || $0.name == "name" }) {
      (name, document) = try Self.named(members, path: path)
      place = path + ".document"
    }
    do throws(PolicyError) {
      let policy = try PolicyDocument(document)
      let isList = document["Statement"]?.array != nil
      for statement in policy.statements {
        try statement.check(as: field, path: isList ? "Statement[\(statement.index)]" : "Statement")
      }
      // A name that is an ARN is what the messages of managed policies end with.
      self.init(CompiledPolicy(policy), name: name, arn: name.hasPrefix("arn:") ? name : nil)
    } catch {
      throw EvaluationError(error, in: place)
    }
  }

  private static func named(
    _ members: [JSONMember], path: String
  ) throws(EvaluationError) -> (name: String, document: JSONValue) {
    var (name, document): (String?, JSONValue?)
    for member in members {
      let place = "\(path).\(member.name)"
      switch member.name {
      case "name" where name == nil:
        guard let text = member.value.string else { throw .kind(member.value, not: "a string", path: place) }
        name = text
      case "document" where document == nil: document = member.value
      case "name", "document": throw EvaluationError("given twice", path: place)
      default: throw EvaluationError("unknown member", path: place)
      }
    }
    guard let document else { throw EvaluationError("is missing", path: path + ".document") }
    return (name ?? path, document)
  }
}

extension PolicyDocument.Statement {
  /// What AWS asks of a policy by where it is attached, as far as a decision cannot do without: whom it speaks of, and of
  /// what ("The `principal_block` element is required in resource-based policies … It must not be included in
  /// identity-based policies", AWS, "Grammar of the IAM JSON policy language").
  fileprivate func check(as field: EvaluationReader.Field, path: String) throws(PolicyError) {
    switch field {
    case .identityPolicies, .permissionsBoundaries, .sessionPolicies, .serviceControlPolicies:
      if let principal {
        let element = principal.isNegated ? "NotPrincipal" : "Principal"
        throw PolicyError(.prohibitedElement(element, field.policyType), path: path, range: range)
      }
      guard resource != nil else {
        throw PolicyError(.missingElement("Resource"), path: path, range: range)
      }
    case .resourcePolicy:
      guard principal != nil else {
        throw PolicyError(.missingElement("Principal"), path: path, range: range)
      }
    default: break
    }
  }
}

extension EvaluationReader.Field {
  /// The type of a policy that is given here and names nobody.
  fileprivate var policyType: PolicyType {
    switch self {
    case .sessionPolicies: .session
    case .serviceControlPolicies: .serviceControl
    default: .managed
    }
  }
}
