/// A template tree after its references were replaced, with the places kept.
indirect enum PlacedValue {
  /// What a reference will stand for, where that is known only when the step runs.
  case unknown(SourceRange)
  case null(SourceRange)
  case string(String, SourceRange)
  case list([PlacedValue], SourceRange)
  case mapping([Entry], SourceRange)

  struct Entry {
    /// `nil` where the key holds a reference that is not known.
    var key: String?
    var keyRange: SourceRange
    var value: PlacedValue
  }

  var range: SourceRange {
    switch self {
    case .unknown(let range), .null(let range), .string(_, let range), .list(_, let range), .mapping(_, let range):
      range
    }
  }

  /// Whether anything in it is unknown.
  var hasUnknown: Bool {
    switch self {
    case .unknown: true
    case .null, .string: false
    case .list(let elements, _): elements.contains(where: \.hasUnknown)
    case .mapping(let entries, _): entries.contains { $0.key == nil || $0.value.hasUnknown }
    }
  }

  /// A value that came from a reference: all of it stands where the reference does.
  init(_ value: ScenarioValue, at range: SourceRange) {
    switch value {
    case .null: self = .null(range)
    case .string(let text): self = .string(text, range)
    case .list(let elements): self = .list(elements.map { PlacedValue($0, at: range) }, range)
    case .mapping(let entries):
      self = .mapping(
        entries.map { Entry(key: $0.key, keyRange: range, value: PlacedValue($0.value, at: range)) }, range)
    }
  }

  /// `tree` as far as `scope` knows it.
  init(knownPartOf tree: TemplateValue, in scope: Scope) {
    switch tree {
    case .null(let range): self = .null(range)
    case .scalar(let template):
      let value = try? template.value(in: scope)
      self = value.map { PlacedValue($0, at: template.range) } ?? .unknown(template.range)
    case .list(let elements, let range): self = .list(elements.map { PlacedValue(knownPartOf: $0, in: scope) }, range)
    case .mapping(let entries, let range):
      let known = entries.map { entry in
        Entry(
          key: try? entry.key.text(in: scope), keyRange: entry.key.range,
          value: PlacedValue(knownPartOf: entry.value, in: scope))
      }
      self = .mapping(known, range)
    }
  }

  /// `tree` with all its references replaced.
  /// - Throws: the reference that has no value, with its place.
  init(_ tree: TemplateValue, in scope: Scope) throws(Diagnostic) {
    switch tree {
    case .null(let range): self = .null(range)
    case .scalar(let template): self = PlacedValue(try template.value(in: scope), at: template.range)
    case .list(let elements, let range):
      var values: [PlacedValue] = []
      for element in elements { values.append(try PlacedValue(element, in: scope)) }
      self = .list(values, range)
    case .mapping(let entries, let range):
      var members: [Entry] = []
      for entry in entries {
        let key = try entry.key.text(in: scope)
        members.append(Entry(key: key, keyRange: entry.key.range, value: try PlacedValue(entry.value, in: scope)))
      }
      self = .mapping(members, range)
    }
  }

  /// Without the places; `nil` where something is unknown.
  var value: ScenarioValue? {
    switch self {
    case .unknown: return nil
    case .null: return .null
    case .string(let text, _): return .string(text)
    case .list(let elements, _):
      let values = elements.compactMap(\.value)
      return values.count == elements.count ? .list(values) : nil
    case .mapping(let entries, _):
      let members = entries.compactMap { entry in
        entry.key.flatMap { key in entry.value.value.map { ScenarioValue.Entry(key, $0) } }
      }
      return members.count == entries.count ? .mapping(members) : nil
    }
  }

  /// What kind of thing it is, for messages.
  var kind: String {
    switch self {
    case .unknown: "a reference"
    case .null: "nothing"
    case .string: "text"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
