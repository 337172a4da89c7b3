/// A condition operator, taken apart: `ForAllValues:StringNotLikeIfExists`.
public struct ConditionOperator: Sendable, Hashable {
  /// How a request value is compared.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringLike = "StringLike"
    case numericEquals = "NumericEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case binaryEquals = "BinaryEquals"
    case ipAddress = "IpAddress"
    /// `ArnEquals` and `ArnLike` are the same.
    case arnLike = "ArnLike"
    case null = "Null"
  }

  /// How a set of values is treated.
  public enum SetQualifier: String, Sendable, Hashable {
    /// Every value of the request must satisfy the operator.
    case forAllValues = "ForAllValues:"
    /// At least one must.
    case forAnyValue = "ForAnyValue:"
  }

  /// How values are compared.
  public var comparison: Comparison
  /// Whether the operator is the `Not` form.
  public var isNegated: Bool
  /// Whether `IfExists` stands behind it.
  public var ifExists: Bool
  /// What stands before it.
  public var qualifier: SetQualifier?

  /// Reads an operator's name; `nil` where there is no such operator.
  public init?(_ name: String) {
    var rest = name[...]
    for candidate in [SetQualifier.forAllValues, .forAnyValue] where rest.hasPrefix(candidate.rawValue) {
      qualifier = candidate
      rest = rest.dropFirst(candidate.rawValue.count)
    }
    ifExists = rest.hasSuffix("IfExists")
    if ifExists { rest = rest.dropLast("IfExists".count) }
    guard let (comparison, isNegated) = Self.bases[String(rest)] else { return nil }
    // "You can add IfExists to the end of any condition operator name except the Null condition".
    guard comparison != .null || !ifExists else { return nil }
    self.comparison = comparison
    self.isNegated = isNegated
  }

  /// Every operator's base name with its comparison.
  static let bases: [String: (Comparison, Bool)] = {
    var bases = Dictionary(uniqueKeysWithValues: Comparison.allCases.map { ($0.rawValue, ($0, false)) })
    bases["ArnEquals"] = (.arnLike, false)
    let negated: KeyValuePairs<String, Comparison> = [
      "StringNotEquals": .stringEquals, "StringNotEqualsIgnoreCase": .stringEqualsIgnoreCase,
      "StringNotLike": .stringLike, "NumericNotEquals": .numericEquals, "DateNotEquals": .dateEquals,
      "NotIpAddress": .ipAddress, "ArnNotEquals": .arnLike, "ArnNotLike": .arnLike,
    ]
    for (name, comparison) in negated { bases[name] = (comparison, true) }
    return bases
  }()

  /// The names of all operators without their affixes, sorted.
  public static var names: [String] { bases.keys.sorted() }
}
