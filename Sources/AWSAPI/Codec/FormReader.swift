import HTTP

/// Reads the form of a query service's request: `Tags.member.1.Key=team`.
///
/// The fields are sorted once, so that all under one place stand together: reading stays quick however many there are
/// and in whatever order they come.
struct FormReader {
  private let fields: [QueryItems.Item]

  init(_ form: QueryItems) {
    fields = form.items.sorted { $0.name < $1.name }
  }

  func structure(_ shape: StructureShape, at place: String = "") throws(AWSError) -> AWSStructure {
    var structure = AWSStructure()
    for member in shape.members {
      structure[member.name] = try value(
        member.shape, at: place.isEmpty ? member.wireName : "\(place).\(member.wireName)")
    }
    return structure
  }

  /// The value whose fields stand at `place` or under it; `nil` where there are none.
  private func value(_ shape: Shape, at place: String) throws(AWSError) -> AWSValue? {
    switch shape {
    case .structure(let shape):
      guard hasFields(under: place) else { return nil }
      return .structure(try structure(shape, at: place))
    case .list(let list):
      let elements = list.elementName.map { "\(place).\($0)" } ?? place
      guard hasFields(under: elements) else { return text(at: place) == "" ? .list([]) : nil }
      var values: [AWSValue] = []
      for number in numbers(under: elements) {
        if let value = try value(list.element, at: "\(elements).\(number)") { values.append(value) }
      }
      return .list(values)
    case .map(let map):
      let entries = "\(place).entry"
      guard hasFields(under: entries) else { return nil }
      var values = AWSStructure()
      for number in numbers(under: entries) {
        guard let key = text(at: "\(entries).\(number).key") else { continue }
        values[key] = try value(map.value, at: "\(entries).\(number).value")
      }
      return .structure(values)
    case .string, .integer, .boolean, .timestamp, .blob:
      guard let text = text(at: place) else { return nil }
      guard let value = AWSValue(wireText: text, shape) else {
        throw AWSError("MalformedInput", "'\(place)' is not \(shape.kind)", status: 400)
      }
      return value
    }
  }

  /// The index of the first field whose name is not before `name`.
  private func lowerBound(_ name: String) -> Int {
    var (low, high) = (0, fields.count)
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func text(at place: String) -> String? {
    let index = lowerBound(place)
    guard index < fields.count, fields[index].name == place else { return nil }
    return fields[index].value ?? ""
  }

  private func hasFields(under place: String) -> Bool {
    let prefix = place + "."
    let index = lowerBound(prefix)
    return index < fields.count && fields[index].name.hasPrefix(prefix)
  }

  /// The numbers behind `place` in ascending order, as they are written.
  private func numbers(under place: String) -> [String] {
    let prefix = place + "."
    var numbers: [(value: Int, text: String)] = []
    for field in fields[lowerBound(prefix)...] {
      guard field.name.hasPrefix(prefix) else { break }
      let text = field.name.utf8.dropFirst(prefix.utf8.count).prefix { $0 != UInt8(ascii: ".") }
      guard let text = String(text), let value = Int(text), numbers.last?.text != text else { continue }
      numbers.append((value: value, text: text))
    }
    return numbers.sorted { $0.value < $1.value }.map(\.text)
  }
}
