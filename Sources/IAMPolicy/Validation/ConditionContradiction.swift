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
    guard let low = Bound(lowerOf: one.name.comparison, one.source.values.map(\.text)),
      let high = Bound(upperOf: other.name.comparison, other.source.values.map(\.text))
    else { return false }
    return low.value > high.value || (low.value == high.value && (low.isStrict || high.isStrict))
  }

  private struct Bound {
    var value: Double
    var isStrict: Bool

    init?(lowerOf comparison: ConditionOperator.Comparison, _ texts: [String]) {
      switch comparison {
      case .numericGreaterThan, .dateGreaterThan: isStrict = true
      case .numericGreaterThanEquals, .dateGreaterThanEquals, .numericEquals, .dateEquals: isStrict = false
      default: return nil
      }
      // Values are alternatives: the lowest of them is enough.
      guard let value = Self.ordered(texts, by: comparison)?.min() else { return nil }
      self.value = value
    }

    init?(upperOf comparison: ConditionOperator.Comparison, _ texts: [String]) {
      switch comparison {
      case .numericLessThan, .dateLessThan: isStrict = true
      case .numericLessThanEquals, .dateLessThanEquals, .numericEquals, .dateEquals: isStrict = false
      default: return nil
      }
      guard let value = Self.ordered(texts, by: comparison)?.max() else { return nil }
      self.value = value
    }

    private static func ordered(_ texts: [String], by comparison: ConditionOperator.Comparison) -> [Double]? {
      let values = texts.compactMap { text in
        comparison.rawValue.hasPrefix("Date") ? PolicyDate(text)?.seconds : PolicyNumber.parse(text)
      }
      return values.count == texts.count ? values : nil
    }
  }
}
