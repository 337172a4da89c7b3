import JSON
import Report

/// `iamdrill merge`
enum MergeCommand: Subcommand {
  static let description = CommandDescription(
    name: "merge",
    summary: "Join the JSON reports of several machines into one.",
    arguments: "FILE…",
    discussion: "Each FILE is what `iamdrill run --report-json` wrote. The joined report goes to standard output.",
    options: [.value("output", "FILE", letter: "o", kind: .file, "Write the report there.")],
    notes: "Exits as the run would have that the reports are parts of: 3 and 4 are the worst of theirs.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard !arguments.positionals.isEmpty else { throw UsageError("no reports given", command: "merge") }
    var merged = MergedReport()
    for path in arguments.positionals {
      guard let bytes = TextFile.readBytes(path) else {
        Console.writeError("iamdrill: \(path) cannot be read\n")
        return .unreadable
      }
      if let problem = merged.add(bytes) {
        Console.writeError("iamdrill: \(path): \(problem)\n")
        return .unreadable
      }
    }
    let text = merged.json.pretty + "\n"
    if let path = arguments.value("output") {
      if let problem = TextFile.write(text, to: path) {
        Console.writeError("iamdrill: \(path): \(problem)\n")
        return .unreadable
      }
    } else {
      Console.write(text)
    }
    return merged.hasError ? .runFailed : merged.hasFailure ? .expectationNotMet : .success
  }
}
