/// One operator on one key with its values made ready.
///
/// The rules for missing keys, sets and negation are AWS's pages "IAM JSON policy elements: Condition operators" and "Set
/// operators for multivalued context keys".
struct CompiledCondition: Sendable {
  let source: PolicyDocument.ConditionElement
  /// `nil` only where a document was built by hand with an operator that does not exist: such a condition never holds.
  let conditionOperator: ConditionOperator?
  let key: ContextKey
  private let values: [ConditionValue]

  init(_ element: PolicyDocument.ConditionElement, version: PolicyDocument.Version) {
    source = element
    conditionOperator = ConditionOperator(element.operatorName.text)
    key = ContextKey(element.key.text)
    let comparison = conditionOperator?.comparison ?? .null
    values = element.values.map { ConditionValue($0.text, for: comparison, version: version) }
  }

  func holds(_ context: RequestContext) -> Bool {
    guard let conditionOperator else { return false }
    guard let requested = context.values(key), !requested.isEmpty else { return holdsWithoutValue(conditionOperator) }
    if conditionOperator.comparison == .null { return holdsNull(isMissing: Self.isNullDataset(requested)) }
    switch conditionOperator.qualifier {
    case .forAllValues:
      return Self.isNullDataset(requested) || requested.allSatisfy { satisfies($0, conditionOperator, context) }
    case .forAnyValue:
      return !Self.isNullDataset(requested) && requested.contains { satisfies($0, conditionOperator, context) }
    case nil:
      // PolicyChoice.multivaluedWithoutSetOperator
      return requested.count == 1 && satisfies(requested[0], conditionOperator, context)
    }
  }

  /// "… or if the context key value resolves to a null dataset, such as an empty string": ``PolicyChoice/emptyStringIsNull``.
  private static func isNullDataset(_ values: ContextValues) -> Bool { values.count == 1 && values[0].isEmpty }

  private func holdsWithoutValue(_ conditionOperator: ConditionOperator) -> Bool {
    if conditionOperator.comparison == .null { return holdsNull(isMissing: true) }
    // PolicyChoice.forAnyValueIfExists
    if conditionOperator.ifExists { return true }
    switch conditionOperator.qualifier {
    case .forAllValues: return true
    case .forAnyValue: return false
    case nil: return conditionOperator.isNegated
    }
  }

  private func holdsNull(isMissing: Bool) -> Bool {
    values.contains { ASCII.lower($0.text) == (isMissing ? "true" : "false") }
  }

  /// Values are alternatives, and under a negated operator none of them may match. What cannot be read as what is compared
  /// satisfies neither form: ``PolicyChoice/unreadableValue``.
  private func satisfies(_ requested: String, _ conditionOperator: ConditionOperator, _ context: RequestContext) -> Bool
  {
    guard let value = RequestedValue(requested, for: conditionOperator.comparison) else { return false }
    if conditionOperator.isNegated {
      return values.allSatisfy { $0.isReadable && !$0.matches(value, conditionOperator.comparison, context) }
    }
    return values.contains { $0.matches(value, conditionOperator.comparison, context) }
  }
}
