extension YAMLError {
  /// libyaml's failure with places, and with what to do about the commonest ones.
  init(_ failure: LibYAMLParser.Failure, in text: SourceText) {
    let start =
      switch failure.place {
      case .scalar(let index): text.mark(scalar: index)
      case .byte(let offset): text.mark(byte: offset)
      }
    let range = text.character(at: start)
    let message =
      Self.advice(failure, at: text[start])
      ?? failure.problem + (failure.context.map { " " + $0.text } ?? "")
    guard let context = failure.context else {
      self.init(message, at: range)
      return
    }
    let place = text.mark(scalar: context.scalar)
    let related = place == start ? nil : Related(context.text, at: text.character(at: place))
    self.init(message, at: range, related: related)
  }

  private static func advice(_ failure: LibYAMLParser.Failure, at byte: UInt8?) -> String? {
    switch (failure.problem, failure.context?.text) {
    case ("found character that cannot start any token", _):
      switch byte {
      case UInt8(ascii: "\t"): "a tab cannot indent; YAML is indented with spaces"
      case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
        "text that begins with `\(byte.map { String(Unicode.Scalar($0)) } ?? "")` needs quotes"
      default: nil
      }
    case ("did not find expected alphabetic or numeric character", "while scanning an alias"):
      "`*` begins an alias; where an asterisk is meant it needs quotes: \"*\""
    case ("mapping values are not allowed in this context", _):
      "a mapping cannot begin here; text with `: ` in it needs quotes, and keys of one mapping the same indentation"
    case ("did not find expected ',' or '}'", _):
      "expected `,` or `}`; between braces, text with `{`, `}`, `[`, `]` or `,` in it needs quotes"
    case ("did not find expected ',' or ']'", _):
      "expected `,` or `]`; between brackets, text with `{`, `}`, `[`, `]` or `,` in it needs quotes"
    case ("did not find expected key", _):
      "expected a key; keys of one mapping have the same indentation"
    case ("could not find expected ':'", _): "expected `:` after this key"
    case ("control characters are not allowed", _):
      "control characters are not allowed; write \"\\x01\" in double quotes"
    default: nil
    }
  }
}
