extension ScenarioValue {
  /// As text: a scalar as it is, a structure as compact JSON with its keys in their order.
  package var text: String {
    switch self {
    case .null: ""
    case .string(let text): text
    case .list, .mapping: json
    }
  }

  private var json: String {
    switch self {
    case .null: "null"
    case .string(let text): Self.quoted(text)
    case .list(let elements): "[\(elements.map(\.json).joined(separator: ","))]"
    case .mapping(let entries):
      "{\(entries.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
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
