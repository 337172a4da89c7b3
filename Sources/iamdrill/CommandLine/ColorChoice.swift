/// Whether output is coloured: what the command line says, then `NO_COLOR`, then whether a terminal is there.
enum ColorChoice {
  static let options: [CommandDescription.Option] = [
    .value(
      "color", "WHEN", choices: ["auto", "always", "never"], "Colour the output: auto (on a terminal), always or never."
    ),
    .flag("no-color", "The same as --color never."),
  ]

  /// - Throws: ``UsageError`` for a word that is none of the three.
  static func isWanted(_ arguments: ParsedArguments, command: String) throws(UsageError) -> Bool {
    if arguments.has("no-color") { return false }
    switch arguments.value("color") ?? "auto" {
    case "always": return true
    case "never": return false
    case "auto": return Console.isTerminal && Console.environment("NO_COLOR").map(\.isEmpty) ?? true
    case let word: throw UsageError("--color takes auto, always or never, not '\(word)'", command: command)
    }
  }
}
