import Glibc
import Runner
import Scenario

/// `iamdrill tutorial`
enum TutorialCommand: Subcommand {
  static let description = CommandDescription(
    name: "tutorial",
    summary: "Walk through a scenario and learn: what is asked, what is answered, and why.",
    arguments: "[SCENARIO]",
    discussion: """
      SCENARIO is a file, or the name of one of the scenarios that come along; without one it is AWS's tutorial on
      delegating access across accounts. Enter carries out a step and goes on. Other keys tell more about it:

        w  why, in full            c  as a command of the AWS CLI     b  a shell with this principal's credentials
        p  the policies in force   s  the console's link to the role  r  once more
        q  ends it; what was made is taken back
      """,
    options: [.flag("auto", "Do not wait for keys, as where there is no terminal."), AWSProgram.option]
      + ColorChoice.options)

  static let first = "cross-account-role"

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard arguments.positionals.count <= 1 else {
      throw UsageError("the tutorial is of one scenario", command: "tutorial")
    }
    let color = try ColorChoice.isWanted(arguments, command: "tutorial")
    let path = ShippedFiles.scenario(arguments.positionals.first ?? first)
    guard let scenario = try ScenarioLoading.load([path], command: "tutorial", color: color)?.first else {
      return .unreadable
    }
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { _ in Interruption.request() } }
    let keys = arguments.has("auto") ? nil : KeyInput()
    let commands = try AWSProgram.host(arguments, command: "tutorial")
    do throws(Diagnostic) {
      var session = try TutorialSession(scenario, color: color, keys: keys, commands: commands)
      return session.walk()
    } catch {
      Console.writeError(DiagnosticRenderer(files: [scenario.source], color: color).render(error))
      return .unreadable
    }
  }
}
