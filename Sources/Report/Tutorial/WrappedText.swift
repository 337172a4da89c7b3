import Scenario

/// Prose laid out for a terminal.
package enum WrappedText {
  /// Lines that long are hard to read, however wide the terminal is.
  package static let widest = 96

  /// `text` in lines of at most `columns`; an empty line between its paragraphs. A word that is longer stands alone.
  package static func wrap(_ text: String, columns: Int, indent: String = "") -> String {
    let width = max(20, min(columns, widest) - indent.count)
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1] += words }
    }
    return paragraphs.filter { !$0.isEmpty }.map { words in
      var lines: [String] = []
      var line = ""
      for word in words {
        let longer = line.isEmpty ? String(word) : "\(line) \(word)"
        if !line.isEmpty, DisplayText.columns(of: longer) > width {
          lines.append(line)
          line = String(word)
        } else {
          line = longer
        }
      }
      return (lines + [line]).map { indent + $0 }.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
