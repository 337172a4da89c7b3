import IAMPolicy

extension PolicyReview {
  /// Conditions that can never hold together, and such as hold where nobody thinks of it.
  mutating func warnOfConditions(_ statement: PolicyDocument.Statement) {
    for condition in statement.conditions { warnOfOne(condition, in: statement) }
    var byKey: [String: [PolicyDocument.ConditionElement]] = [:]
    for condition in statement.conditions { byKey[condition.key.text.lowercased(), default: []].append(condition) }
    for condition in statement.conditions {
      guard let all = byKey.removeValue(forKey: condition.key.text.lowercased()), all.count > 1,
        !all.flatMap(\.values).contains(where: isUnknown)
      else { continue }
      if let contradiction = ConditionContradiction(of: all) {
        warn(
          "the statement never matches: \(contradiction.one) and \(contradiction.other) on `\(condition.key.text)` "
            + "cannot both hold", at: contradiction.range)
      }
    }
  }

  private mutating func warnOfOne(
    _ condition: PolicyDocument.ConditionElement, in statement: PolicyDocument.Statement
  ) {
    guard let name = ConditionOperator(condition.operatorName.text) else { return }
    if condition.values.isEmpty, !name.isNegated, !name.ifExists, name.qualifier != .forAllValues {
      warn("the statement never matches: there is no value to compare with", at: condition.key.range)
    }
    if name.comparison == .stringEquals || name.comparison == .stringEqualsIgnoreCase {
      for value in condition.values where value.text.utf8.contains(UInt8(ascii: "*")) && !value.text.contains("${*}") {
        warn(
          "\(condition.operatorName.text) compares `*` as it stands", at: value.range,
          label: "\(name.isNegated ? "StringNotLike" : "StringLike") knows wildcards")
      }
    }
    guard name.qualifier == .forAllValues, statement.effect == .allow else { return }
    let isGuarded = statement.conditions.contains { other in
      other.key.text.lowercased() == condition.key.text.lowercased() && other.operatorName.text == "Null"
        && other.values.contains { $0.text.lowercased() == "false" }
    }
    if !isGuarded {
      warn(
        "ForAllValues holds also where the request has no `\(condition.key.text)`: add `Null` with \"false\"",
        at: condition.operatorName.range)
    }
  }
}
