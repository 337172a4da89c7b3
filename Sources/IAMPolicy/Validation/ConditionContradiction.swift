/// Two conditions on one key that cannot both hold.
public struct ConditionContradiction: Sendable, Hashable {
  /// The operator of the one, as written.
  public var one: String
  /// The operator of the other, as written.
  public var other: String
  /// Where the second of them stands.
  public var range: Range<Int>

  private struct Item {
    var source: PolicyDocument.ConditionElement
    var name: ConditionOperator

    /// Whether it holds only where the request has the key.
    var needsKey: Bool {
      !name.isNegated && !name.ifExists && name.qualifier != .forAllValues && name.comparison != .null
    }

    /// Values that are what they say: variables are not known, and sets are compared value by value.
    var texts: [String]? {
      let texts = source.values.map(\.text)
      return name.qualifier == nil && !texts.contains { $0.contains("${") } ? texts : nil
    }
  }

  /// The first contradiction between conditions that are on the same key; `nil` where there is none that can be told without
  /// a request.
  public init?(of conditions: [PolicyDocument.ConditionElement]) {
    let items = conditions.compactMap { source in
      ConditionOperator(source.operatorName.text).map { Item(source: source, name: $0) }
    }
    for (index, one) in items.enumerated() {
      for other in items[(index + 1)...] where Self.exclude(one, other) || Self.exclude(other, one) {
        self.one = one.source.operatorName.text
        self.other = other.source.operatorName.text
        range = other.source.operatorName.range
        return
      }
    }
    return nil
  }

  private static func exclude(_ one: Item, _ other: Item) -> Bool {
    if one.name.comparison == .null {
      guard let value = one.source.values.first?.text.lowercased(), one.source.values.count == 1 else { return false }
      if other.name.comparison == .null {
        return other.source.values.count == 1 && other.source.values[0].text.lowercased() != value
      }
      return value == "true" && other.needsKey
    }
    guard one.needsKey, let values = one.texts, !values.isEmpty, let others = other.texts, !other.name.ifExists else {
      return false
    }
    switch (one.name.comparison, other.name.comparison, other.name.isNegated) {
    case (.stringEquals, .stringEquals, true): return Set(values).isSubset(of: others)
    case (.stringEquals, .stringEquals, false): return Set(values).isDisjoint(with: others)
    case (.stringEquals, .stringLike, let isNegated):
      return values.allSatisfy { value in
        others.contains { Glob($0).matches(value) } == isNegated
      }
    default: return other.needsKey && Self.areApart(one, other)
    }
  }

  /// Numbers, or dates, of which one must be above what the other must be below.
  private static func areApart(_ one: Item, _ other: Item) -> Bool {
    if one.name.comparison.rawValue.hasPrefix("Date") { return areApart(one, other) { PolicyDate($0) } }
    return areApart(one, other) { PolicyNumber($0) }
  }

  private static func areApart<Value: Comparable>(_ one: Item, _ other: Item, _ read: (String) -> Value?) -> Bool {
    func values(_ item: Item) -> [Value]? {
      let values = item.source.values.compactMap { read($0.text) }
      return values.count == item.source.values.count ? values : nil
    }
    // Values are alternatives: the lowest lower bound and the highest upper one are enough.
    guard let isAbove = one.name.comparison.isStrictLowerBound, let isBelow = other.name.comparison.isStrictUpperBound,
      let low = values(one)?.min(), let high = values(other)?.max()
    else { return false }
    return low > high || (low == high && (isAbove || isBelow))
  }
}

extension ConditionOperator.Comparison {
  /// Whether a value must be above, and not equal; `nil` where it is not bounded from below.
  fileprivate var isStrictLowerBound: Bool? {
    switch self {
    case .numericGreaterThan, .dateGreaterThan: true
    case .numericGreaterThanEquals, .dateGreaterThanEquals, .numericEquals, .dateEquals: false
    default: nil
    }
  }

  /// Whether a value must be below, and not equal; `nil` where it is not bounded from above.
  fileprivate var isStrictUpperBound: Bool? {
    switch self {
    case .numericLessThan, .dateLessThan: true
    case .numericLessThanEquals, .dateLessThanEquals, .numericEquals, .dateEquals: false
    default: nil
    }
  }
}
