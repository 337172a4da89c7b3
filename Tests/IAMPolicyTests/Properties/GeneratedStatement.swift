import TestSupport

/// A statement that is made, narrowed and written as JSON.
struct GeneratedStatement: Equatable {
  var isDeny: Bool
  /// `"AWS":"…"` and the like; `nil` in policies of principals.
  var principals: [String]?
  var isNotAction = false
  var actions: [String]
  var isNotResource = false
  var resources: [String]
  /// Operators with their keys.
  var conditions: [String] = []

  var json: String {
    var members = [#""Effect":"\#(isDeny ? "Deny" : "Allow")""#]
    if let principals {
      let byKind = Dictionary(grouping: principals) { $0.prefix { $0 != ":" } }
      let entries = byKind.sorted { $0.key < $1.key }.map { kind, entries in
        "\(kind):[\(entries.map { $0.dropFirst(kind.count + 1) }.joined(separator: ","))]"
      }
      members.append(#""Principal":{\#(entries.joined(separator: ","))}"#)
    }
    members.append(#""\#(isNotAction ? "Not" : "")Action":\#(Self.list(actions))"#)
    members.append(#""\#(isNotResource ? "Not" : "")Resource":\#(Self.list(resources))"#)
    if !conditions.isEmpty { members.append(#""Condition":{\#(conditions.joined(separator: ","))}"#) }
    return "{\(members.joined(separator: ","))}"
  }

  private static func list(_ texts: [String]) -> String { "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]" }
}

extension GeneratedStatement {
  static let actions = ["*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "iam:*"]
  static let resources = ["*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/${aws:username}*", "arn:aws:s3:::other/*"]
  static let conditions = [
    #""StringEquals":{"x:k":"0"}"#, #""StringNotEquals":{"x:k":["0","2"]}"#, #""NumericLessThanIfExists":{"x:n":"5"}"#,
    #""ForAllValues:StringLike":{"x:set":["a*","b*"]}"#, #""ForAnyValue:StringEquals":{"x:set":["a1","c"]}"#,
    #""Null":{"x:n":"true"}"#, #""IpAddress":{"aws:SourceIp":"192.0.2.0/25"}"#,
  ]

  /// A statement that often matches what worlds ask.
  init(_ random: inout SeededGenerator, isDeny: Bool, principals: [String]?) {
    self.isDeny = isDeny
    self.principals = principals.map { random.some(of: $0) }
    isNotAction = random.chance(10)
    actions = isNotAction ? [random.pick(["iam:*", "s3:Put*", "s3:Get*"])] : random.some(of: Self.actions)
    isNotResource = random.chance(8)
    resources = isNotResource ? [random.pick(Self.resources)] : random.some(of: Self.resources)
    conditions = random.chance(isDeny ? 60 : 25) ? random.some(of: Self.conditions) : []
  }

  /// The same statement with less that it matches, or the same.
  func narrowed(_ random: inout SeededGenerator) -> GeneratedStatement {
    var narrowed = self
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let more = Self.conditions.filter { !conditions.contains($0) }
      if !more.isEmpty { narrowed.conditions.append(random.pick(more)) }
    case 1 where isNotAction: narrowed.actions.append(random.pick(Self.actions))
    case 1 where actions.count > 1: narrowed.actions.removeLast()
    case 1: narrowed.actions = ["*", "s3:*"].contains(actions[0]) ? ["s3:PutObject"] : actions
    case 2 where isNotResource: narrowed.resources.append(random.pick(Self.resources))
    case 2: narrowed.resources = resources.map { $0 == "*" ? "arn:aws:s3:::bucket/D*" : $0 }
    default:
      if let principals, principals.count > 1 {
        narrowed.principals?.remove(at: Int.random(in: principals.indices, using: &random))
      } else {
        narrowed.conditions = conditions.contains(Self.conditions[0]) ? conditions : conditions + [Self.conditions[0]]
      }
    }
    return narrowed
  }
}
