/// `iamdrill completions`
enum CompletionsCommand: Subcommand {
  static let description = CommandDescription(
    name: "completions",
    summary: "Print what a shell needs to complete command lines.",
    arguments: "bash|zsh|fish",
    words: Completions.Shell.allCases.map(\.rawValue),
    discussion: """
      For the running shell: source <(iamdrill completions bash). `make install` and the package put them where the shells
      look for them.
      """)

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard arguments.positionals.count == 1, let shell = Completions.Shell(rawValue: arguments.positionals[0]) else {
      throw UsageError("name one shell: bash, zsh or fish", command: "completions")
    }
    Console.write(Completions.script(for: shell))
    return .success
  }
}

/// `iamdrill man`
enum ManCommand: Subcommand {
  static let description = CommandDescription(
    name: "man",
    summary: "Print the manual page.",
    discussion: "Read it with: iamdrill man | man -l -")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    Console.write(ManualPage.text)
    return .success
  }
}
