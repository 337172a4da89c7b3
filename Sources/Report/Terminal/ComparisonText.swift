import Runner

/// What was expected and what came, as the lines in which they differ.
struct ComparisonText {
  let text: String

  /// More lines than this are counted instead of shown.
  private static let mostLines = 120

  init(_ comparison: Comparison, _ style: TerminalStyle, indent: String = "    ") {
    let difference = UnifiedDiff.between(
      comparison.expected, comparison.actual, oldName: "expected", newName: "actual")
    let lines = difference.split(separator: "\n")
    var shown = lines.prefix(Self.mostLines).map { line in
      switch line.utf8.first {
      case UInt8(ascii: "-"): indent + style.red(String(line))
      case UInt8(ascii: "+"): indent + style.green(String(line))
      case UInt8(ascii: "@"): indent + style.cyan(String(line))
      default: indent + line
      }
    }
    if lines.count > Self.mostLines { shown.append("\(indent)… \(lines.count - Self.mostLines) lines more") }
    text = shown.joined(separator: "\n") + "\n"
  }
}
