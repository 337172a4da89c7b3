extension YAMLError {
  /// libyaml's failure with places, and with what to do about the commonest ones.
  init(_ failure: LibYAMLParser.Failure, in text: SourceText) {
    let found =
      switch failure.place {
      case .scalar(let index): text.mark(scalar: index)
      case .byte(let offset): text.mark(byte: offset)
      }
    let begin = failure.context.map { text.mark(scalar: $0.scalar) }
    let advice = Advice(failure, at: text[found])
    if let advice, advice.isAboutBegin, let begin {
      self.init(advice.message, at: text.character(at: begin))
      return
    }
    let message = advice?.message ?? failure.problem + (failure.context.map { " " + $0.text } ?? "")
    var related: Related?
    if let begin, let context = failure.context, begin != found {
      related = Related(Self.subject(of: context.text) + " begins here", at: text.character(at: begin))
    }
    self.init(message, at: text.character(at: found), related: related)
  }

  /// `the block mapping` for `while parsing a block mapping`.
  private static func subject(of context: String) -> String {
    let words = context.split(separator: " ")
    guard words.first == "while", words.count > 3 else { return context }
    return "the " + words.dropFirst(3).joined(separator: " ")
  }

  /// What is said instead of libyaml's words.
  private struct Advice {
    var message: String
    /// Whether the place to show is where the failed construct begins rather than where it failed.
    var isAboutBegin = false

    init?(_ failure: LibYAMLParser.Failure, at byte: UInt8?) {
      switch (failure.problem, failure.context?.text) {
      case ("found character that cannot start any token", _):
        switch byte {
        case UInt8(ascii: "\t"): message = "a tab cannot indent; YAML is indented with spaces"
        case .some(let byte): message = "text that begins with `\(Unicode.Scalar(byte))` needs quotes"
        case nil: return nil
        }
      case ("did not find expected alphabetic or numeric character", "while scanning an alias"):
        message = "`*` begins an alias; where an asterisk is meant it needs quotes: \"*\""
        isAboutBegin = true
      case ("found unexpected end of stream", "while scanning a quoted scalar"):
        message = "this quote is not closed"
        isAboutBegin = true
      case ("could not find expected ':'", "while scanning a simple key"):
        message = "expected `:` after this key"
        isAboutBegin = true
      case ("mapping values are not allowed in this context", _):
        message = "a mapping cannot begin here; quote text that has `: ` in it, and indent keys of one mapping alike"
      case ("did not find expected ',' or '}'", _):
        message = "expected `,` or `}`; between braces, text with `{`, `}`, `[`, `]` or `,` in it needs quotes"
      case ("did not find expected ',' or ']'", _):
        message = "expected `,` or `]`; between brackets, text with `{`, `}`, `[`, `]` or `,` in it needs quotes"
      case ("did not find expected key", _):
        message = "expected a key; keys of one mapping are indented alike"
      case ("did not find expected '-' indicator", _):
        message = "expected `-`; elements of one sequence are indented alike"
      case ("did not find expected <document start>", _):
        message = "the document has ended before this"
      case ("found invalid Unicode character escape code", _):
        message = "this escape is no character; beyond U+FFFF write `\\U` and eight digits"
      case ("control characters are not allowed", _):
        message = "a control character; in double quotes write it as `\\x` and two digits"
      default: return nil
      }
    }
  }
}
