import Glibc

@main
enum Iamdrill {
  static let version = "0.1.0"

  static func main() {
    var code = run(Array(CommandLine.arguments.dropFirst()))
    if let problem = Console.outputProblem {
      Console.writeError("iamdrill: standard output: \(problem)\n")
      if code == .success { code = .unreadable }
    }
    exit(code.rawValue)
  }

  static func run(_ words: [String]) -> ExitCode {
    // A reader that closes its end early must not end the process by a signal before teardown is done.
    signal(SIGPIPE, SIG_IGN)
    do throws(UsageError) {
      return try dispatch(words)
    } catch {
      Console.writeError(error.description)
      return .usage
    }
  }

  private static func dispatch(_ words: [String]) throws(UsageError) -> ExitCode {
    guard let word = words.first else {
      Console.writeError(Commands.help)
      return .usage
    }
    switch word {
    case "--help", "-h", "help":
      Console.write(Commands.help)
      return .success
    case "--version":
      Console.write("iamdrill \(version)\n")
      return .success
    default: break
    }
    guard let command = Commands.all.first(where: { $0.description.name == word }) else {
      throw UsageError("unknown command \(word)", hint: Commands.suggestion(for: word))
    }
    let arguments = try ParsedArguments(words.dropFirst(), for: command.description)
    if arguments.has("help") {
      Console.write(command.description.help)
      return .success
    }
    return try command.run(arguments)
  }
}
