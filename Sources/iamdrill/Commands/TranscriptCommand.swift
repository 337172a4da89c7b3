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
      transcripts/NAME.md beside the folder of the scenario; a folder's transcripts get an index, README.md. A transcript is
      the same to the byte on every run.
      """,
    options: [
      .flag(
        "check", "Write nothing; print the patch that makes the transcripts that are there what a fresh run gives."),
      .flag("update", "Write only those that a fresh run would change, and name them."),
      .value(
        "output", "FOLDER", letter: "o", kind: .folder, "Where transcripts are, instead of the folder `transcripts`."),
      .value("html", "FOLDER", kind: .folder, "Write the same run as a page NAME.html there as well."),
      AWSProgram.option,
    ],
    notes: """
      With --check, exits with 4 where a transcript has drifted; `patch -p1` and `git apply` take what it prints. A run that
      fails keeps its own exit code.
      """)

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let loaded = try ScenarioLoading.load(arguments.positionals, command: "transcript", color: Console.isTerminal)
    guard let scenarios = loaded else { return .unreadable }
    guard !(arguments.has("check") && arguments.has("update")) else {
      throw UsageError("--check writes nothing, --update writes", command: "transcript")
    }
    var options = RunOptions()
    options.commands = try AWSProgram.host(arguments, command: "transcript")
    let folder = arguments.value("output")
    var exit = ExitCode.success
    var documents: [Document] = []
    for scenario in scenarios {
      let redactor = Redactor()
      let run = ScenarioRunner(redactor: redactor, options: options) { _ in }.run([scenario])
      let outcome = ExitCode(run)
      if outcome != .success {
        Console.writeError("\(scenario.source.path): the run was not as expected; see `iamdrill run`\n")
        exit = worse(exit, outcome)
      }
      guard let result = run.scenarios.first else { continue }
      // Without the AWS CLI a transcript would lack what it is to show.
      if let missed = result.steps.first(where: { $0.step.isCommand && $0.verdict.notRunCause != nil }) {
        Console.writeError("\(scenario.source.path): \(missed.title): \(missed.verdict.notRunCause ?? "")\n")
        exit = worse(exit, .runFailed)
        continue
      }
      let name = TranscriptPaths.name(of: scenario)
      documents.append(
        Document(
          path: TranscriptPaths.folder(of: scenario, chosen: folder) + name + ".md",
          text: redactor.redact(MarkdownTranscript.text(result))))
      guard let pages = arguments.value("html") else { continue }
      documents.append(
        Document(
          path: TranscriptPaths.closed(pages) + name + ".html", text: redactor.redact(HTMLTranscript.text(result))))
    }
    documents += indexes(of: scenarios, arguments.positionals, folder)
    for document in documents { exit = worse(exit, document.settle(arguments)) }
    return exit
  }

  /// An index for each folder of transcripts of which a whole folder of scenarios was asked for.
  private static func indexes(of scenarios: [Scenario], _ paths: [String], _ chosen: String?) -> [Document] {
    guard paths.contains(where: { ScenarioPaths.expand([$0]) != [$0] }) else { return [] }
    let folders = Dictionary(grouping: scenarios) { TranscriptPaths.folder(of: $0, chosen: chosen) }
    return folders.sorted { $0.key < $1.key }.map { folder, scenarios in
      let entries = scenarios.map { (scenario: $0, path: TranscriptPaths.name(of: $0) + ".md") }
      return Document(path: folder + "README.md", text: TranscriptIndex.text(entries))
    }
  }

  /// The order in which exit codes outrank each other.
  private static func worse(_ left: ExitCode, _ right: ExitCode) -> ExitCode {
    let order: [ExitCode] = [.runFailed, .unreadable, .expectationNotMet, .usage]
    return order.first { $0 == left || $0 == right } ?? .success
  }
}

/// Where transcripts are.
enum TranscriptPaths {
  /// `mfa-role` of `scenarios/mfa-role.yaml`
  static func name(of scenario: Scenario) -> String {
    let file = scenario.source.path.split(separator: "/").last.map(String.init) ?? ""
    return file.split(separator: ".").dropLast().joined(separator: ".")
  }

  /// With a slash at its end; empty for the folder that the command runs in.
  static func folder(of scenario: Scenario, chosen: String?) -> String {
    if let chosen { return closed(chosen) }
    let parts = scenario.source.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return (parts.dropLast(2) + ["transcripts", ""]).joined(separator: "/")
  }

  static func closed(_ folder: String) -> String { folder.hasSuffix("/") ? folder : folder + "/" }
}

/// A file that a fresh run gives.
private struct Document {
  var path: String
  var text: String

  func settle(_ arguments: ParsedArguments) -> ExitCode {
    if arguments.has("check") { return check() }
    if arguments.has("update"), TextFile.read(path) == text { return .success }
    if let problem = TextFile.write(text, to: path) {
      Console.writeError("\(path): \(problem)\n")
      return .unreadable
    }
    Console.write("\(path)\n")
    return .success
  }

  private func check() -> ExitCode {
    let committed = TextFile.read(path)
    // Names as Git writes them, which `patch -p1` and `git apply` take. A path from the root keeps its slash away.
    let name = String(path.drop { $0 == "/" })
    let difference = UnifiedDiff.between(
      committed ?? "", text, oldName: committed == nil ? "/dev/null" : "a/\(name)", newName: "b/\(name)")
    Console.write(difference)
    return difference.isEmpty ? .success : .expectationNotMet
  }
}
