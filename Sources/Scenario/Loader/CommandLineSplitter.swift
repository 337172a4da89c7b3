/// Splits a command line into words at blanks outside quotes, as a POSIX shell does, and does nothing else that a shell
/// does: whoever writes a pipe or a variable into `cli:` is told so instead of having it passed on as a word.
struct CommandLineSplitter {
  private(set) var diagnostics: [Diagnostic] = []
  private let line: Template
  private var words: [Template] = []
  private var parts: [Template.Part] = []
  private var text = ""
  private var isInWord = false
  private var quote: Character?
  private var isEscaped = false

  init(_ line: Template) {
    self.line = line
  }

  mutating func split() -> [Template] {
    for part in line.parts {
      switch part {
      case .text(let text): for character in text { take(character) }
      case .reference(let reference):
        endText()
        parts.append(.reference(reference))
        isInWord = true
      }
    }
    if let quote { diagnostics.append(.error("the quote \(quote) is not closed", at: line.range)) }
    endWord()
    return words
  }

  private mutating func take(_ character: Character) {
    if isEscaped {
      text.append(character)
      isEscaped = false
    } else if let quote {
      takeQuoted(character, quote)
    } else if character == "'" || character == "\"" {
      quote = character
      isInWord = true
    } else if character == "\\" {
      isEscaped = true
      isInWord = true
    } else if character.isWhitespace {
      endWord()
    } else {
      if "|&;<>()`".contains(character) || character == "$" {
        diagnostics.append(
          .error(
            "`\(character)` means nothing here: the command is run without a shell", at: line.range,
            notes: [.init("put it in quotes to pass it on as it is")]))
      }
      text.append(character)
      isInWord = true
    }
  }

  private mutating func takeQuoted(_ character: Character, _ quote: Character) {
    if character == quote {
      self.quote = nil
    } else if character == "\\", quote == "\"" {
      isEscaped = true
    } else {
      text.append(character)
    }
  }

  private mutating func endText() {
    if !text.isEmpty { parts.append(.text(text)) }
    text = ""
  }

  private mutating func endWord() {
    endText()
    if isInWord { words.append(Template(parts: parts, range: line.range)) }
    parts = []
    isInWord = false
  }
}
