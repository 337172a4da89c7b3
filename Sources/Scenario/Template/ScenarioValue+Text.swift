package import JSON

extension ScenarioValue {
  /// As text: a scalar as it is, a structure as compact JSON with its keys in their order.
  package var text: String {
    switch self {
    case .null: ""
    case .string(let text): text
    case .list, .mapping: json.compact
    }
  }

  /// As JSON. Scalars are strings, whose meaning is decided where they are used.
  package var json: JSONValue {
    switch self {
    case .null: JSONValue(.null)
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(\.json))
    case .mapping(let entries): .object(entries.map { JSONMember(name: $0.key, value: $0.value.json) })
    }
  }

  /// How much there is of it.
  var size: (bytes: Int, nodes: Int) {
    switch self {
    case .null: return (0, 1)
    case .string(let text): return (text.utf8.count, 1)
    case .list(let elements):
      return elements.reduce(into: (0, 1)) { total, element in
        let size = element.size
        total = (total.0 + size.bytes, total.1 + size.nodes)
      }
    case .mapping(let entries):
      return entries.reduce(into: (0, 1)) { total, entry in
        let size = entry.value.size
        total = (total.0 + size.bytes + entry.key.utf8.count, total.1 + size.nodes)
      }
    }
  }
}
