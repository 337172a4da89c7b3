/// Which tags a scenario must have: words joined by `and`, `or`, `not` and parentheses. `not` binds closest, then `and`.
package indirect enum TagExpression: Sendable, Hashable {
  case tag(String)
  case not(TagExpression)
  case and(TagExpression, TagExpression)
  case or(TagExpression, TagExpression)

  package func holds(for tags: Set<String>) -> Bool {
    switch self {
    case .tag(let name): tags.contains(name)
    case .not(let inner): !inner.holds(for: tags)
    case .and(let left, let right): left.holds(for: tags) && right.holds(for: tags)
    case .or(let left, let right): left.holds(for: tags) || right.holds(for: tags)
    }
  }

  /// - Throws: ``SelectionError`` with the column, from 1, at which `text` is no expression.
  package init(_ text: String) throws(SelectionError) {
    var parser = try Parser(text)
    self = try parser.disjunction()
    if let rest = parser.peek {
      throw SelectionError("expected `and`, `or` or the end, found `\(rest.text)`", rest.column)
    }
  }

  private struct Parser {
    struct Token {
      var text: String
      var column: Int
    }

    private var tokens: ArraySlice<Token>
    private let end: Int
    private var depth = 0

    /// Parentheses deeper than anyone writes would only exhaust the stack.
    private static let deepest = 64

    init(_ text: String) throws(SelectionError) {
      var tokens: [Token] = []
      var word = ""
      var column = 0
      func close() { if !word.isEmpty { tokens.append(Token(text: word, column: column - word.count + 1)) } }
      for character in text {
        if character == "(" || character == ")" || character.isWhitespace {
          close()
          word = ""
          if !character.isWhitespace { tokens.append(Token(text: String(character), column: column + 1)) }
        } else {
          word.append(character)
        }
        column += 1
      }
      close()
      end = column + 1
      self.tokens = tokens[...]
    }

    var peek: Token? { tokens.first }

    private mutating func take(_ word: String) -> Bool {
      guard tokens.first?.text == word else { return false }
      tokens.removeFirst()
      return true
    }

    mutating func disjunction() throws(SelectionError) -> TagExpression {
      var expression = try conjunction()
      while take("or") { expression = .or(expression, try conjunction()) }
      return expression
    }

    private mutating func conjunction() throws(SelectionError) -> TagExpression {
      var expression = try factor()
      while take("and") { expression = .and(expression, try factor()) }
      return expression
    }

    private mutating func factor() throws(SelectionError) -> TagExpression {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.deepest else { throw SelectionError("this is nested too deeply", peek?.column ?? end) }
      if take("not") { return .not(try factor()) }
      if take("(") {
        let inner = try disjunction()
        guard take(")") else { throw SelectionError("expected `)`", peek?.column ?? end) }
        return inner
      }
      guard let word = tokens.popFirst() else { throw SelectionError("expected a tag", end) }
      guard ![")", "and", "or"].contains(word.text) else {
        throw SelectionError("expected a tag, found `\(word.text)`", word.column)
      }
      return .tag(word.text)
    }
  }
}

/// Why a selection cannot be read.
package struct SelectionError: Error, Sendable, Hashable {
  package var message: String
  /// Where in the text, from 1; `nil` where it is not about a place.
  package var column: Int?

  package init(_ message: String, _ column: Int? = nil) {
    self.message = message
    self.column = column
  }
}
