import Scenario

/// `iamdrill schema`
enum SchemaCommand: Subcommand {
  static let description = CommandDescription(
    name: "schema",
    summary: "Print the JSON Schema of scenario files, or of iamdrill.yaml, for editors.",
    arguments: "[scenario|configuration]",
    discussion: """
      Editors with a YAML language server complete and check scenario files that begin with

        # yaml-language-server: $schema=scenario.schema.json
      """)

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    switch arguments.positionals {
    case [], ["scenario"]: Console.write(ScenarioSchema.text())
    case ["configuration"]: Console.write(ConfigurationSchema.text())
    default: throw UsageError("there is a schema of scenario and of configuration", command: "schema")
    }
    return .success
  }
}
