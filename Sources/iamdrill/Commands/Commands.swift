import AWSAPI

/// Every subcommand, in the order of the help.
enum Commands {
  static let all: [any Subcommand.Type] = [
    RunCommand.self, TutorialCommand.self, PlanCommand.self, SweepCommand.self, CompareCommand.self, CheckCommand.self,
    ExplainCommand.self, TranscriptCommand.self, EvaluateCommand.self, ServeCommand.self, HistoryCommand.self,
    MergeCommand.self, SchemaCommand.self, OperationsCommand.self, InitCommand.self, CompletionsCommand.self,
    ManCommand.self,
  ]

  static var help: String {
    """
    iamdrill runs scripted scenarios for AWS IAM and holds every answer against what should have happened.

    Usage: iamdrill COMMAND [OPTION…] [ARGUMENT…]

    Commands:
    \(Columns.format(all.map { (left: $0.description.name, right: $0.description.summary) }))
    `iamdrill COMMAND --help` says more. `iamdrill --version` prints the version.

    Exit codes:
      0  all as expected
      1  the command line is wrong
      2  a file could not be read, parsed or written
      3  the run itself failed: a call could not be made, or teardown is incomplete
      4  an expectation was not met
    Where several apply, 3 outranks 4.

    """
  }

  static func suggestion(for word: String) -> String? {
    NearestName.of(word, among: all.map { $0.description.name })
  }
}
