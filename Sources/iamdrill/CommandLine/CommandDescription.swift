/// What a subcommand takes, described once: parsing, the help text and the complaint about a wrong word come from here.
struct CommandDescription: Sendable {
  var name: String
  /// One line for the list of commands.
  var summary: String
  /// The arguments as the usage line shows them, `PATH…`.
  var arguments: String = ""
  /// The words that an argument is one of, for completion; files where there are none.
  var words: [String] = []
  /// What the command does, in paragraphs, for its own help.
  var discussion: String = ""
  var options: [Option] = []
  /// Exit codes that mean something else than in the table of the top-level help.
  var notes: String = ""

  /// A named option, `--name VALUE` or `--flag`.
  struct Option: Sendable {
    var name: String
    /// The single letter of the short form, if there is one.
    var letter: Character?
    /// What stands for the value in the help; `nil` makes the option a flag.
    var value: String?
    /// The words that the value is one of; empty where it may be anything.
    var choices: [String] = []
    /// What the value names, for completion.
    var kind = ValueKind.text
    var help: String

    /// What can be completed for a value.
    enum ValueKind: Sendable {
      case text, file, folder
    }

    static func flag(_ name: String, letter: Character? = nil, _ help: String) -> Option {
      Option(name: name, letter: letter, value: nil, help: help)
    }

    static func value(
      _ name: String, _ value: String, letter: Character? = nil, choices: [String] = [], kind: ValueKind = .text,
      _ help: String
    ) -> Option {
      Option(name: name, letter: letter, value: value, choices: choices, kind: kind, help: help)
    }
  }

  /// The text of `iamdrill NAME --help`.
  var help: String {
    var text = "\(summary)\n\nUsage: iamdrill \(name)"
    if !options.isEmpty { text += " [OPTION…]" }
    if !arguments.isEmpty { text += " \(arguments)" }
    text += "\n"
    if !discussion.isEmpty { text += "\n\(discussion)\n" }
    text += "\nOptions:\n"
    let rows = allOptions.map { option in
      let short = option.letter.map { "-\($0), " } ?? "    "
      return (left: short + "--\(option.name)" + (option.value.map { " \($0)" } ?? ""), right: option.help)
    }
    text += Columns.format(rows)
    if !notes.isEmpty { text += "\n\(notes)\n" }
    return text
  }
}

/// Two columns of text, the left one as wide as its widest entry.
enum Columns {
  static func format(_ rows: [(left: String, right: String)]) -> String {
    let width = rows.map(\.left.count).max() ?? 0
    return rows.map { row in
      let indent = String(repeating: " ", count: width + 4)
      let right = row.right.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + indent)
      return "  " + row.left + String(repeating: " ", count: width - row.left.count) + "  " + right + "\n"
    }.joined()
  }
}
