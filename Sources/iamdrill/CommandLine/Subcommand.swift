/// One word of `iamdrill WORD`: what it takes and what it does.
protocol Subcommand: Sendable {
  static var description: CommandDescription { get }

  /// Does the work and says how the process ends.
  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode
}

/// How the process ends. Where several apply, the run's own failure (3) outranks an unmet expectation (4).
enum ExitCode: Int32, Sendable {
  case success = 0
  case usage = 1
  case unreadable = 2
  case runFailed = 3
  case expectationNotMet = 4
}
