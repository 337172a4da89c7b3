import AWSAPI
import FoundationEssentials

/// Reads the parameters of a call by the shapes of its operation, and collects what is wrong with them.
///
/// The same reading serves the check, which knows only some values, and the run, which knows all: what the one accepts,
/// the other can send.
struct ParameterReader {
  /// What cannot be sent: unknown names, values of the wrong kind.
  private(set) var faults: [Diagnostic] = []
  /// What can be sent but AWS will refuse: missing parameters, lengths, ranges, values that are not in a set.
  private(set) var violations: [Diagnostic] = []
  let operation: AWSAPI.Operation
  private let readFile: (String, SourceRange) throws(Diagnostic) -> [UInt8]

  init(
    _ operation: AWSAPI.Operation, readFile: @escaping (String, SourceRange) throws(Diagnostic) -> [UInt8]
  ) {
    self.operation = operation
    self.readFile = readFile
  }

  /// The parameters, without those that are unknown or faulty.
  mutating func parameters(_ value: PlacedValue, callRange: SourceRange) -> AWSStructure {
    switch value {
    case .mapping(let entries, _):
      return structure(entries, operation.input, owner: operation.qualifiedName, place: callRange)
    case .null: return structure([], operation.input, owner: operation.qualifiedName, place: callRange)
    case .unknown: return [:]
    case .string, .list:
      faults.append(.error("`with` must be a mapping", at: value.range, label: "this is \(value.kind)"))
      return [:]
    }
  }

  private mutating func structure(
    _ entries: [PlacedValue.Entry], _ shape: StructureShape, owner: String, place: SourceRange
  ) -> AWSStructure {
    var result = AWSStructure()
    var given: Set<String> = []
    for entry in entries {
      guard let key = entry.key else { continue }
      guard let member = shape[key] else {
        // A name that is misspelt counts as the one that was meant: that one is not missing as well.
        let meant = Suggestion.closest(to: key, among: shape.members.map(\.name))
        if let meant { given.insert(meant) }
        faults.append(unknown(key, meant: meant, at: entry.keyRange, in: shape, owner: owner))
        continue
      }
      given.insert(key)
      var shape = member.shape
      if case .string(var constraint) = shape, member.location == .body {
        // A text that is the whole body is a bucket's policy.
        constraint.isPolicyDocument = true
        shape = .string(constraint)
      }
      result[key] = self.value(entry.value, shape, name: "`\(key)`")
    }
    // A key that is not known yet may be any of them.
    guard entries.allSatisfy({ $0.key != nil }) else { return result }
    for member in shape.members where member.isRequired && !given.contains(member.name) {
      let missing = Diagnostic.error("\(owner) needs `\(member.name)`", at: place)
      // Without a bucket or a key there is no URL to send the request to.
      if member.location == .uri { faults.append(missing) } else { violations.append(missing) }
    }
    return result
  }

  private func unknown(
    _ key: String, meant: String?, at range: SourceRange, in shape: StructureShape, owner: String
  ) -> Diagnostic {
    let message = "unknown parameter `\(key)` of \(owner)"
    if let meant { return .error(message, at: range, label: Suggestion.label(meant)) }
    let names = shape.members.map(\.name)
    let note = names.isEmpty ? "\(owner) has no parameters" : "\(owner) has: \(names.joined(separator: ", "))"
    return .error(message, at: range, notes: [.init(note)])
  }

  private mutating func value(_ value: PlacedValue, _ shape: Shape, name: String) -> AWSValue? {
    if case .unknown = value { return nil }
    if case .null(let range) = value {
      faults.append(.error("\(name) has no value", at: range, label: "for an empty text write \"\""))
      return nil
    }
    switch shape {
    case .string(let constraint): return text(value, constraint, name: name)
    case .integer(let limits): return integer(value, limits, name: name)
    case .boolean: return boolean(value, name: name)
    case .timestamp: return timestamp(value, name: name)
    case .blob: return payload(value, name: name)
    case .list(let shape): return list(value, shape, name: name)
    case .map(let shape): return map(value, shape, name: name)
    case .structure(let shape):
      guard case .mapping(let entries, let range) = value else { return wrong(value, name, "a mapping") }
      return .structure(structure(entries, shape, owner: name, place: range))
    }
  }

  private mutating func wrong(_ value: PlacedValue, _ name: String, _ wanted: String) -> AWSValue? {
    faults.append(.error("\(name) must be \(wanted)", at: value.range, label: "this is \(value.kind)"))
    return nil
  }

  private mutating func text(_ value: PlacedValue, _ constraint: StringConstraint, name: String) -> AWSValue? {
    switch value {
    case .string(let text, let range):
      check(text, constraint, name: name, at: range)
      return .string(text)
    case .mapping where constraint.isPolicyDocument:
      guard let structure = value.value else { return nil }
      let text = structure.text
      check(text, constraint, name: name, at: value.range)
      return .string(text)
    case .mapping, .list, .null, .unknown: return wrong(value, name, "text")
    }
  }

  private mutating func check(_ text: String, _ constraint: StringConstraint, name: String, at range: SourceRange) {
    if let values = constraint.values, !values.contains(text) {
      violations.append(
        .error(
          "\(name) must be one of \(values.joined(separator: ", "))", at: range,
          label: Suggestion.label(for: text, among: values)))
      return
    }
    let count = text.unicodeScalars.count
    if let length = constraint.length, !length.contains(count) {
      violations.append(
        .error("\(name) must have \(Self.bound(length, count, "character"))", at: range, label: "this has \(count)"))
      return
    }
    if let pattern = constraint.pattern, !pattern.matches(text) {
      violations.append(.error("\(name) must match the pattern \(pattern.source)", at: range))
    }
  }

  /// Which end of `limits` is passed: `at least 1 character`.
  private static func bound(_ limits: ClosedRange<Int>, _ count: Int, _ unit: String) -> String {
    let bound = count < limits.lowerBound ? limits.lowerBound : limits.upperBound
    return "\(count < limits.lowerBound ? "at least" : "at most") \(bound) \(unit)\(bound == 1 ? "" : "s")"
  }

  private mutating func integer(_ value: PlacedValue, _ limits: ClosedRange<Int>?, name: String) -> AWSValue? {
    guard case .string(let text, let range) = value, let number = Int(text) else {
      return wrong(value, name, "a whole number")
    }
    if let limits, !limits.contains(number) {
      violations.append(.error("\(name) must be from \(limits.lowerBound) to \(limits.upperBound)", at: range))
    }
    return .integer(number)
  }

  private mutating func boolean(_ value: PlacedValue, name: String) -> AWSValue? {
    switch value {
    case .string("true", _): .boolean(true)
    case .string("false", _): .boolean(false)
    default: wrong(value, name, "true or false")
    }
  }

  private mutating func timestamp(_ value: PlacedValue, name: String) -> AWSValue? {
    guard case .string(let text, _) = value, let date = try? Date(text, strategy: .iso8601) else {
      return wrong(value, name, "a time such as 2024-01-31T12:00:00Z")
    }
    return .timestamp(date)
  }

  private mutating func list(
    _ value: PlacedValue, _ shape: ListShape, name: String
  ) -> AWSValue? {
    guard case .list(let elements, let range) = value else { return wrong(value, name, "a list") }
    if let count = shape.count, !count.contains(elements.count) {
      let bound = Self.bound(count, elements.count, "element")
      violations.append(.error("\(name) must have \(bound)", at: range, label: "this has \(elements.count)"))
    }
    return .list(elements.compactMap { self.value($0, shape.element, name: "an element of \(name)") })
  }

  private mutating func map(_ value: PlacedValue, _ shape: MapShape, name: String) -> AWSValue? {
    guard case .mapping(let entries, _) = value else { return wrong(value, name, "a mapping") }
    var result = AWSStructure()
    for entry in entries {
      guard let key = entry.key else { continue }
      check(key, shape.key, name: "a key of \(name)", at: entry.keyRange)
      result[key] = self.value(entry.value, shape.value, name: "`\(key)`")
    }
    return .structure(result)
  }

  /// Bytes: text, or `{ file: path }`, or `{ base64: … }`.
  private mutating func payload(_ value: PlacedValue, name: String) -> AWSValue? {
    switch value {
    case .string(let text, _): return .bytes(Array(text.utf8))
    case .mapping(let entries, _):
      guard entries.count == 1, let entry = entries.first, case .string(let text, let range) = entry.value else {
        break
      }
      switch entry.key.flatMap(PayloadKeyword.init) {
      case .file?:
        do { return .bytes(try readFile(text, range)) } catch { faults.append(error) }
        return nil
      case .base64?:
        if let bytes = Base64.decode(text) { return .bytes(bytes) }
        faults.append(.error("\(name) is not base64", at: range))
        return nil
      case nil: break
      }
    case .list, .null, .unknown: break
    }
    return wrong(value, name, "text, { file: path } or { base64: … }")
  }
}
