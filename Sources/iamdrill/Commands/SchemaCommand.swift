import Scenario

/// `iamdrill schema`
enum SchemaCommand: Subcommand {
  static let description = CommandDescription(
    name: "schema",
    summary: "Print the JSON Schema of scenario files, for editors.",
    discussion: """
      Editors with a YAML language server complete and check scenario files that begin with

        # yaml-language-server: $schema=scenario.schema.json
      """)

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    Console.write(ScenarioSchema.text())
    return .success
  }
}
