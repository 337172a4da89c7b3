import Report
import Runner
import Scenario

/// `iamdrill transcript`
enum TranscriptCommand: Subcommand {
  static let description = CommandDescription(
    name: "transcript",
    summary: "Write a run down as a document: the prose, each call, its exchange, the verdict and why.",
    arguments: "PATH…",
    discussion: """
      PATH is a scenario file, or a folder with `*.yaml` files at any depth. The transcript of scenarios/NAME.yaml is
      transcripts/NAME.md beside the folder of the scenario. A transcript is the same to the byte on every run.
      """,
    options: [
      .flag("check", "Write nothing; print how the transcripts that are there differ from a fresh run."),
      .value("output", "FOLDER", letter: "o", "Where transcripts are, instead of the folder `transcripts`."),
    ],
    notes: "With --check, exits with 4 where a transcript has drifted. A run that fails keeps its own exit code.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let loaded = try ScenarioLoading.load(arguments.positionals, command: "transcript", color: Console.isTerminal)
    guard let scenarios = loaded else { return .unreadable }
    var exit = ExitCode.success
    for scenario in scenarios {
      let path = transcriptPath(of: scenario, folder: arguments.value("output"))
      let (text, outcome) = transcribe(scenario)
      if outcome != .success {
        Console.writeError("\(scenario.source.path): the run was not as expected; see `iamdrill run`\n")
        exit = worse(exit, outcome)
      }
      let settled = arguments.has("check") ? check(text, path) : write(text, path)
      exit = worse(exit, settled)
    }
    return exit
  }

  /// The order in which exit codes outrank each other.
  private static func worse(_ left: ExitCode, _ right: ExitCode) -> ExitCode {
    let order: [ExitCode] = [.runFailed, .unreadable, .expectationNotMet, .usage]
    return order.first { $0 == left || $0 == right } ?? .success
  }

  private static func transcribe(_ scenario: Scenario) -> (text: String, outcome: ExitCode) {
    var text = ""
    let redactor = Redactor()
    var transcript = MarkdownTranscript(redactor: redactor) { text += $0 }
    let result = ScenarioRunner(redactor: redactor) { transcript.record($0) }.run([scenario])
    while text.hasSuffix("\n\n") { text.removeLast() }
    return (text, ExitCode(result))
  }

  private static func transcriptPath(of scenario: Scenario, folder: String?) -> String {
    let parts = scenario.source.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = (parts.last ?? "").split(separator: ".").dropLast().joined(separator: ".") + ".md"
    if let folder { return folder + "/" + name }
    let above = parts.dropLast(2)
    return (above + ["transcripts", name]).joined(separator: "/")
  }

  private static func check(_ text: String, _ path: String) -> ExitCode {
    guard let committed = TextFile.read(path) else {
      Console.writeError("\(path): cannot be read; `iamdrill transcript` writes it\n")
      return .expectationNotMet
    }
    let difference = UnifiedDiff.between(committed, text, oldName: path, newName: path)
    Console.write(difference)
    return difference.isEmpty ? .success : .expectationNotMet
  }

  private static func write(_ text: String, _ path: String) -> ExitCode {
    if let problem = TextFile.write(text, to: path) {
      Console.writeError("\(path): \(problem)\n")
      return .unreadable
    }
    Console.write("\(path)\n")
    return .success
  }
}
