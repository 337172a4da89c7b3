/// Writes diagnostics as text: the place, the message, the line with a caret under the range, and the notes.
///
/// ```
/// scenarios/cross-account-role.yaml:41:19: error: expected denied, was allowed
///    |
/// 41 |         expect: { denied: explicit }
///    |                   ^^^^^^^^^^^^^^^^ sts:AssumeRole returned 200
///    |
///    = allowed by statement 1 of AllowAssume (group Developers), line 58
/// ```
package struct DiagnosticRenderer: Sendable {
  private var files: [String: SourceFile]
  private var style: Style

  /// Lines longer than this are cut around the range.
  static let longestLine = 160

  /// - Parameter files: the texts that ranges are shown in; a range in another file is named without its line.
  package init(files: [SourceFile], color: Bool = false) {
    self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    style = Style(isOn: color)
  }

  /// All of `diagnostics`, each followed by an empty line.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { render($0) + "\n" }.joined()
  }

  /// One diagnostic; the last line ends with a line break.
  package func render(_ diagnostic: Diagnostic) -> String {
    var lines = [head(of: diagnostic)]
    var gutter = 0
    if let range = diagnostic.range, let line = files[range.file]?.line(range.start.line) {
      gutter = String(range.start.line).utf8.count
      let bar = style.dim(String(repeating: " ", count: gutter + 1) + "|")
      let snippet = Snippet(line, range: range)
      lines.append(bar)
      lines.append("\(style.dim("\(range.start.line) |")) \(snippet.text)")
      var carets = String(repeating: "^", count: snippet.width)
      if let label = diagnostic.label { carets += " " + DisplayText.sanitized(label) }
      lines.append(
        "\(bar) \(String(repeating: " ", count: snippet.column))\(style.accent(carets, diagnostic.severity))")
      if !diagnostic.notes.isEmpty { lines.append(bar) }
    }
    let indent = String(repeating: " ", count: gutter + 1)
    for note in diagnostic.notes { lines.append(contentsOf: self.lines(of: note, indent: indent, in: diagnostic)) }
    return lines.map { $0.trimmingTrailingSpaces() + "\n" }.joined()
  }

  private func head(of diagnostic: Diagnostic) -> String {
    let severity = style.accent("\(diagnostic.severity.rawValue):", diagnostic.severity)
    let message = style.bold(DisplayText.sanitized(diagnostic.message))
    guard let range = diagnostic.range else { return "\(severity) \(message)" }
    return "\(DisplayText.sanitized(range.file)):\(range.start.line):\(range.start.column): \(severity) \(message)"
  }

  private func lines(of note: Diagnostic.Note, indent: String, in diagnostic: Diagnostic) -> [String] {
    var message = DisplayText.sanitized(note.message)
    if let range = note.range {
      let isSameFile = range.file == diagnostic.range?.file
      message +=
        isSameFile ? ", line \(range.start.line)" : ", \(DisplayText.sanitized(range.file)):\(range.start.line)"
    }
    let parts = message.split(separator: "\n", omittingEmptySubsequences: false)
    return parts.enumerated().map { "\(indent)\($0.offset == 0 ? style.dim("=") : " ") \($0.element)" }
  }

  /// The escape sequences of a terminal, or nothing.
  private struct Style: Sendable {
    var isOn: Bool

    func dim(_ text: String) -> String { wrap(text, "34") }
    func bold(_ text: String) -> String { wrap(text, "1") }
    func accent(_ text: String, _ severity: Diagnostic.Severity) -> String {
      wrap(text, severity == .error ? "1;31" : "1;33")
    }

    private func wrap(_ text: String, _ code: String) -> String {
      isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
  }
}

/// One line of a file, cut where it is too long, and where on it the carets stand.
private struct Snippet {
  var text: String
  /// The first caret's column, from 0.
  var column: Int
  /// How many carets.
  var width: Int

  init(_ line: Substring, range: SourceRange) {
    // A range over several lines is shown by its first one, up to that line's end.
    let length = line.unicodeScalars.count
    let first = min(range.start.column, length + 1)
    let last = range.end.line > range.start.line ? length + 1 : min(max(range.end.column, first), length + 1)

    // Cut before measuring: a line of a megabyte must not be laid out for the 160 columns that are shown.
    let limit = DiagnosticRenderer.longestLine
    let skipped = length > limit && first > limit / 2 ? first - limit / 2 : 0
    let rest = line.unicodeScalars.dropFirst(skipped)
    let shown = DisplayText(String(rest.prefix(limit)))
    let start = shown.displayColumn(first - skipped)
    let end = shown.displayColumn(last - skipped)
    text = (skipped > 0 ? "…" : "") + shown.text + (rest.count > limit ? "…" : "")
    column = start + (skipped > 0 ? 1 : 0)
    width = max(1, end - start)
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var text = self[...]
    while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
    return String(text)
  }
}
