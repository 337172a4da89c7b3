import Scenario

/// `iamdrill check`
enum CheckCommand: Subcommand {
  static let description = CommandDescription(
    name: "check",
    summary: "Say what can be known of scenario files without running them.",
    arguments: "PATH…",
    discussion: """
      PATH is a scenario file, or a folder with `*.yaml` files at any depth. Reported are unknown keys, operations,
      parameters, principals and variables, values that AWS would refuse, XPath that does not compile, malformed
      policies, and what is legal but surely wrong.
      """,
    options: ColorChoice.options,
    notes: "Exits with 2 where there is an error; warnings alone exit with 0.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard !arguments.positionals.isEmpty else { throw UsageError("no file or folder given", command: "check") }
    let paths = ScenarioPaths.expand(arguments.positionals)
    guard !paths.isEmpty else {
      Console.writeError("iamdrill: no scenario files below \(arguments.positionals.joined(separator: ", "))\n")
      return .unreadable
    }
    let color = try ColorChoice.isWanted(arguments, command: "check")
    var errors = 0
    var warnings = 0
    for path in paths {
      let loaded = ScenarioFile.load(path)
      let found = loaded.checked(xpathProblem: ScenarioLoading.xpathProblem)
      errors += found.count { $0.severity == .error }
      warnings += found.count { $0.severity == .warning }
      Console.writeError(DiagnosticRenderer(files: loaded.sources, color: color).render(found))
    }
    Console.write("\(paths.count) checked: \(errors) errors, \(warnings) warnings\n")
    return errors == 0 ? .success : .unreadable
  }
}
