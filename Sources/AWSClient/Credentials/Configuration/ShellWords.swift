/// Splits a line into words as a POSIX shell does with blanks, quotes and backslashes, and does nothing else that a shell does:
/// a variable, a pipe or a pattern stays the text that it is.
///
/// Source: Python's `shlex.split`, by which the AWS CLI splits names of sections and `credential_process`.
enum ShellWords {
  static func split(_ line: String, at place: ConfigurationPlace) throws(CredentialError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = line.makeIterator()
    while let character = characters.next() {
      switch (character, quote) {
      case ("\\", nil), ("\\", "\""):
        guard let escaped = characters.next() else {
          throw CredentialError(.invalidConfiguration, "a backslash stands at the end", at: place)
        }
        // Between double quotes it only stands for itself before a quote or another one.
        let isLiteral = quote != nil && escaped != "\"" && escaped != "\\"
        word = (word ?? "") + (isLiteral ? "\\" : "") + String(escaped)
      case (let mark, let open?) where mark == open: quote = nil
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (let blank, nil) where blank.isWhitespace:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let quote { throw CredentialError(.invalidConfiguration, "the quote \(quote) is not closed", at: place) }
    return words + (word.map { [$0] } ?? [])
  }
}
