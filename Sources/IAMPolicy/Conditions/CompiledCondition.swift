/// One operator on one key with its values made ready.
///
/// The rules for missing keys, sets and negation are AWS's page "IAM JSON policy elements: Condition operators" and
/// "Set operators for multivalued context keys".
struct CompiledCondition: Sendable {
  let source: PolicyDocument.ConditionElement
  /// `nil` only where a document was built by hand with an operator that does not exist: such a condition never holds.
  let conditionOperator: ConditionOperator?
  /// Lower case.
  private let key: String
  private let values: [ConditionValue]

  init(_ element: PolicyDocument.ConditionElement, version: PolicyDocument.Version) {
    source = element
    conditionOperator = ConditionOperator(element.operatorName.text)
    key = element.key.text.lowercased()
    let comparison = conditionOperator?.comparison ?? .null
    values = element.values.map { ConditionValue($0.text, for: comparison, version: version) }
  }

  func holds(_ context: RequestContext) -> Bool {
    guard let conditionOperator else { return false }
    let present = context.values(lowercased: key)
    if conditionOperator.comparison == .null { return holdsNull(isMissing: present?.isEmpty ?? true) }
    guard let requested = present, !requested.isEmpty else {
      return holdsForMissing(conditionOperator, isEmptySet: present != nil)
    }
    switch conditionOperator.qualifier {
    case .forAllValues:
      // "… or if the context key value resolves to a null dataset, such as an empty string".
      if requested == [""] { return true }
      return requested.allSatisfy { satisfies($0, conditionOperator, context) }
    case .forAnyValue: return requested.contains { satisfies($0, conditionOperator, context) }
    case nil:
      // PolicyChoice.multivaluedWithoutSetOperator
      return requested.count == 1 && satisfies(requested[0], conditionOperator, context)
    }
  }

  private func holdsForMissing(_ conditionOperator: ConditionOperator, isEmptySet: Bool) -> Bool {
    if conditionOperator.ifExists { return true }
    switch conditionOperator.qualifier {
    case .forAllValues: return true
    case .forAnyValue: return false
    case nil: return conditionOperator.isNegated
    }
  }

  private func holdsNull(isMissing: Bool) -> Bool {
    values.contains { $0.text.lowercased() == (isMissing ? "true" : "false") }
  }

  private func satisfies(_ requested: String, _ conditionOperator: ConditionOperator, _ context: RequestContext) -> Bool
  {
    guard let value = RequestedValue(requested, for: conditionOperator.comparison) else {
      // PolicyChoice.unreadableRequestValue
      return false
    }
    let matches = values.contains { $0.matches(value, conditionOperator.comparison, context) }
    return matches != conditionOperator.isNegated
  }
}
