/// Collects what is wrong with a query service's parameters, in the sentences of AWS's service framework.
///
/// The sentences, their order (pattern before length) and the names (`tags.1.member.key`) were read off AWS's answers.
struct QueryValidation {
  /// STS repeats the value it refuses; IAM has stopped doing so.
  let echoesValues: Bool
  private var violations: [String] = []

  init(echoesValues: Bool) {
    self.echoesValues = echoesValues
  }

  /// All violations in one error; `nil` where there are none.
  var error: AWSError? {
    guard !violations.isEmpty else { return nil }
    let count = violations.count == 1 ? "1 validation error detected" : "\(violations.count) validation errors detected"
    return AWSError("ValidationError", "\(count): \(violations.joined(separator: "; "))", status: 400)
  }

  /// - Parameter place: where the structure stands, with a dot behind; empty for the parameters themselves.
  mutating func check(_ structure: AWSStructure, _ shape: StructureShape, at place: String = "") {
    for member in shape.members {
      guard let value = structure[member.name] else {
        if member.isRequired { violate("null", Self.place(place, member), "Member must not be null") }
        continue
      }
      // The place is put together only where it is needed: most values are in order.
      guard !member.shape.isSatisfied(by: value) else { continue }
      check(value, member.shape, at: Self.place(place, member))
    }
  }

  private mutating func check(_ value: AWSValue, _ shape: Shape, at place: String) {
    switch (value, shape) {
    case (.string(let text), .string(let constraint)): check(text, constraint, at: place)
    case (.integer(let number), .integer(let range?)): check(number, range, at: place)
    case (.list(let elements), .list(let list)):
      if let count = list.count { checkLength(elements.count, count, "[\(elements.count) elements]", at: place) }
      for (offset, element) in elements.enumerated() {
        check(element, list.element, at: "\(place).\(offset + 1).\(list.elementName ?? "member")")
      }
    case (.structure(let structure), .structure(let shape)): check(structure, shape, at: place + ".")
    case (.structure(let structure), .map(let map)):
      for entry in structure.members { check(entry.value, map.value, at: "\(place).\(entry.name)") }
    default: break
    }
  }

  private mutating func check(_ text: String, _ constraint: StringConstraint, at place: String) {
    let shown = constraint.isSensitive ? nil : "'\(text)'"
    if let values = constraint.values, !values.contains(text) {
      violate(shown, place, "Member must satisfy enum value set")
    }
    if let pattern = constraint.pattern, !IAMNames.answersItself(pattern), !pattern.matches(text) {
      violate(shown, place, "Member must satisfy regular expression pattern: \(pattern.source)")
    }
    if let length = constraint.length, !constraint.isWithinLength(text) {
      checkLength(text.unicodeScalars.count, length, shown, at: place)
    }
  }

  private mutating func check(_ number: Int, _ range: ClosedRange<Int>, at place: String) {
    if number < range.lowerBound {
      violate("'\(number)'", place, "Member must have value greater than or equal to \(range.lowerBound)")
    } else if number > range.upperBound {
      violate("'\(number)'", place, "Member must have value less than or equal to \(range.upperBound)")
    }
  }

  private mutating func checkLength(_ length: Int, _ range: ClosedRange<Int>, _ shown: String?, at place: String) {
    if length < range.lowerBound {
      violate(shown, place, "Member must have length greater than or equal to \(range.lowerBound)")
    } else if length > range.upperBound {
      violate(shown, place, "Member must have length less than or equal to \(range.upperBound)")
    }
  }

  private mutating func violate(_ value: String?, _ place: String, _ constraint: String) {
    let shown = echoesValues ? value.map { "\($0) " } ?? "" : ""
    violations.append("Value \(shown)at '\(place)' failed to satisfy constraint: \(constraint)")
  }

  /// AWS names members as its Java code does, with a small first letter and all others as they are: `sAMLMetadata…`.
  private static func place(_ place: String, _ member: StructureShape.Member) -> String {
    place + member.name.prefix(1).lowercased() + member.name.dropFirst()
  }
}

extension Shape {
  /// Whether nothing about `value` needs a message. Lists and structures are looked into anyway.
  fileprivate func isSatisfied(by value: AWSValue) -> Bool {
    switch (value, self) {
    case (.string(let text), .string(let constraint)):
      constraint.values == nil && constraint.isWithinLength(text) && constraint.pattern?.matches(text) ?? true
    case (.integer(let number), .integer(let range)): range?.contains(number) ?? true
    case (.list, _), (.structure, _): false
    default: true
    }
  }
}
