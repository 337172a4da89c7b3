import AWSAPI

/// The words of a command line, sorted by a command's description.
struct ParsedArguments: Sendable {
  /// What is not an option, in order.
  private(set) var positionals: [String] = []
  private var values: [String: [String]] = [:]
  private var flags: [String: Int] = [:]

  /// The last value given to `--name`.
  func value(_ name: String) -> String? { values[name]?.last }

  /// Every value given to `--name`, in order.
  func allValues(_ name: String) -> [String] { values[name] ?? [] }

  func has(_ flag: String) -> Bool { flags[flag] != nil }

  /// How many times `--flag` was given: `-vv` is `-v` twice.
  func count(_ flag: String) -> Int { flags[flag] ?? 0 }

  /// Sorts `words`; `--` ends the options, `-` alone is a positional (standard input).
  /// - Throws: ``UsageError`` for an option the command does not have, a missing value, or a value a flag cannot take.
  init(_ words: some Collection<String>, for command: CommandDescription) throws(UsageError) {
    var words = Array(words)[...]
    while let word = words.popFirst() {
      if let letters = Self.bundle(word, of: command) {
        words = letters + words
        continue
      }
      if word == "--" {
        positionals += words
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        positionals.append(word)
        continue
      }
      let (spelled, attached) = Self.split(word)
      guard let option = Self.option(spelled, of: command) else {
        throw UsageError("unknown option \(spelled)", command: command.name, hint: Self.hint(for: spelled, in: command))
      }
      guard let valueName = option.value else {
        if attached != nil { throw UsageError("option \(spelled) takes no value", command: command.name) }
        flags[option.name, default: 0] += 1
        continue
      }
      guard let value = attached ?? words.popFirst() else {
        throw UsageError("option \(spelled) needs a value: \(spelled) \(valueName)", command: command.name)
      }
      values[option.name, default: []].append(value)
    }
  }

  /// Single letters that were written as one word, `-vv`, each as a word of its own; `nil` where `word` is nothing like that.
  private static func bundle(_ word: String, of command: CommandDescription) -> ArraySlice<String>? {
    guard word.utf8.count > 2, word.hasPrefix("-"), !word.hasPrefix("--") else { return nil }
    let letters = word.dropFirst().map { "-\($0)" }
    return letters.allSatisfy { option($0, of: command)?.value == nil && option($0, of: command) != nil }
      ? letters[...] : nil
  }

  /// `--name=value` in two, everything else whole.
  private static func split(_ word: String) -> (spelled: String, attached: String?) {
    guard word.hasPrefix("--"), let equals = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  private static func option(_ spelled: String, of command: CommandDescription) -> CommandDescription.Option? {
    if spelled == "--help" || spelled == "-h" { return .flag("help", "") }
    return command.options.first { option in
      spelled == "--\(option.name)" || option.letter.map { spelled == "-\($0)" } ?? false
    }
  }

  private static func hint(for spelled: String, in command: CommandDescription) -> String? {
    NearestName.of(spelled, among: command.options.map { "--\($0.name)" })
  }
}

/// A command line that iamdrill does not understand. Exit code 1.
struct UsageError: Error {
  var message: String
  /// The subcommand whose help says more.
  var command: String?
  /// What may have been meant.
  var hint: String?

  init(_ message: String, command: String? = nil, hint: String? = nil) {
    self.message = message
    self.command = command
    self.hint = hint
  }

  var description: String {
    let help = "iamdrill " + (command.map { "\($0) " } ?? "") + "--help"
    return "iamdrill: \(message)" + (hint.map { "; did you mean \($0)?" } ?? "") + "\nTry: \(help)\n"
  }
}
