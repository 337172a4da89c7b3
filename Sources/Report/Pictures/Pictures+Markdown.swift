extension AccessMatrix {
  /// A table, an action a row, a principal a column; each call links to its step.
  func markdown(anchor: (Int) -> String) -> String {
    var lines = ["| | " + principals.map(Self.cell).joined(separator: " | ") + " |"]
    lines.append("|---|" + String(repeating: ":-:|", count: principals.count))
    for action in actions {
      let cells = principals.map { principal in
        self[principal, action].map { "[\($0.access.sign)](#\(anchor($0.step)))" }.joined(separator: " ")
      }
      lines.append("| `\(action)` | " + cells.joined(separator: " | ") + " |")
    }
    lines.append("")
    lines.append("✓ allowed · ✗ refused · – answered with an error that is not about permissions")
    return lines.joined(separator: "\n")
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension SequenceDiagram {
  /// The diagram in Mermaid's language, which GitHub and many editors draw.
  var mermaid: String {
    var lines = ["sequenceDiagram"]
    for (index, lane) in lanes.enumerated() {
      lines.append("  \(lane.isService ? "participant" : "actor") p\(index) as \(Self.label(lane.name))")
    }
    for message in messages {
      let arrow =
        switch message.kind {
        case .call(.allowed): "->>"
        case .call(.refused): "-x"
        case .call(.other): "-)"
        case .credentials: "-->>"
        }
      lines.append("  p\(message.from)\(arrow)p\(message.to): \(message.step). \(Self.label(message.label))")
    }
    return lines.joined(separator: "\n")
  }

  /// Mermaid ends a line at a semicolon and reads `#` as the beginning of an entity.
  private static func label(_ text: String) -> String {
    text.replacing("#", with: "#35;").replacing(";", with: "#59;").replacing("\n", with: " ")
  }
}
