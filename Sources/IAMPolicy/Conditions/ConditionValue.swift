/// A request's value in the form that a comparison needs.
enum RequestedValue: Sendable {
  case text(String)
  case number(PolicyNumber)
  case date(PolicyDate)
  case address(IPAddress)
  case bytes([UInt8])
  case arn(SplitResource)

  /// `nil` where the value is not of the kind that is compared: no number, no date, no ARN.
  init?(_ text: String, for comparison: ConditionOperator.Comparison) {
    switch comparison {
    case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .bool, .null: self = .text(text)
    case .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan, .numericGreaterThanEquals:
      guard let number = PolicyNumber(text) else { return nil }
      self = .number(number)
    case .dateEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
      guard let date = PolicyDate(text) else { return nil }
      self = .date(date)
    case .binaryEquals:
      guard let bytes = Base64.decode(text) else { return nil }
      self = .bytes(bytes)
    case .ipAddress:
      guard let address = IPAddress(text) else { return nil }
      self = .address(address)
    case .arnLike:
      let split = SplitResource(text.utf8)
      guard split.beginsAsARN else { return nil }
      self = .arn(split)
    }
  }
}

/// A policy's value in the form that a comparison needs.
struct ConditionValue: Sendable {
  let text: String
  private let form: Form

  private enum Form: Sendable {
    case literal(String)
    case template(PolicyTemplate)
    case glob(Glob)
    case number(PolicyNumber)
    case date(PolicyDate)
    case network(IPNetwork)
    case bytes([UInt8])
    case arn(ResourcePattern)
    /// Not of the kind that is compared: matches nothing.
    case unreadable
  }

  init(_ text: String, for comparison: ConditionOperator.Comparison, version: PolicyDocument.Version) {
    self.text = text
    switch comparison {
    case .stringEquals, .stringEqualsIgnoreCase:
      let template = PolicyTemplate(text, version: version)
      form =
        template.constant.map { .literal(comparison == .stringEquals ? $0 : SimpleCase.lower($0)) }
        ?? .template(template)
    case .stringLike:
      let template = PolicyTemplate(text, version: version)
      form = template.hasVariables ? .template(template) : .glob(template.constantGlob)
    case .bool:
      // PolicyChoice.variablesInBool
      let template = PolicyTemplate(text, version: version)
      form = template.constant.map { .literal(ASCII.lower($0)) } ?? .template(template)
    case .null: form = .literal(ASCII.lower(text))
    case .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan, .numericGreaterThanEquals:
      form = PolicyNumber(text).map { .number($0) } ?? .unreadable
    case .dateEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
      form = PolicyDate(text).map { .date($0) } ?? .unreadable
    case .binaryEquals: form = Base64.decode(text).map { .bytes($0) } ?? .unreadable
    case .ipAddress: form = IPNetwork(text).map { .network($0) } ?? .unreadable
    case .arnLike: form = .arn(ResourcePattern(text, version: version, use: .condition))
    }
  }

  /// Whether the value is of the kind that is compared.
  var isReadable: Bool { if case .unreadable = form { false } else { true } }

  func matches(_ requested: RequestedValue, _ comparison: ConditionOperator.Comparison, _ context: RequestContext)
    -> Bool
  {
    switch (form, requested) {
    case (.literal(let own), .text(let text)): return Self.equal(own, text, comparison)
    case (.glob(let glob), .text(let text)): return glob.matches(text)
    case (.template(let template), .text(let text)):
      if comparison == .stringLike { return template.tokens(context).map { Glob(tokens: $0).matches(text) } ?? false }
      guard let own = template.resolved(context) else { return false }
      return Self.equal(comparison == .stringEquals ? own : SimpleCase.lower(own), text, comparison)
    case (.number(let own), .number(let number)): return Self.ordered(number, own, comparison)
    case (.date(let own), .date(let date)): return Self.ordered(date, own, comparison)
    case (.network(let network), .address(let address)): return network.contains(address)
    case (.bytes(let own), .bytes(let bytes)): return own == bytes
    case (.arn(let pattern), .arn(let arn)): return pattern.matches(arn, context)
    default: return false
    }
  }

  /// Equality of bytes: Swift's own would take canonically equal spellings for the same.
  private static func equal(_ own: String, _ text: String, _ comparison: ConditionOperator.Comparison) -> Bool {
    switch comparison {
    case .bool: own.hasSameBytes(as: ASCII.lower(text))
    case .stringEqualsIgnoreCase: own.hasSameBytes(as: SimpleCase.lower(text))
    default: own.hasSameBytes(as: text)
    }
  }

  private static func ordered<Value: Comparable>(
    _ requested: Value, _ own: Value, _ comparison: ConditionOperator.Comparison
  ) -> Bool {
    switch comparison {
    case .numericEquals, .dateEquals: requested == own
    case .numericLessThan, .dateLessThan: requested < own
    case .numericLessThanEquals, .dateLessThanEquals: requested <= own
    case .numericGreaterThan, .dateGreaterThan: requested > own
    case .numericGreaterThanEquals, .dateGreaterThanEquals: requested >= own
    default: false
    }
  }
}

/// Lower case, character by character, without the foldings that change a text's length (observed on AWS's simulator).
enum SimpleCase {
  static func lower(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return ASCII.lower(text) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let mapped = scalar.properties.lowercaseMapping.unicodeScalars
      result.append(mapped.count == 1 ? mapped.first ?? scalar : scalar)
    }
    return String(result)
  }
}
