import FoundationEssentials
import Glibc
import Runner
import Scenario

/// `iamdrill sweep`
enum SweepCommand: Subcommand {
  static let description = CommandDescription(
    name: "sweep",
    summary: "Finish what killed runs left behind on a target.",
    discussion: """
      Shows what runs left that ended before their teardown, and with --delete takes it back. Deleted is only what is in
      the ledger of this machine and carries its run's mark; with --older-than also what carries the mark of a run that
      is older, whichever machine it ran on. Runs that are still going on are left alone.
      """,
    options: [
      .value("target", "NAME", "The target of `iamdrill.yaml`."),
      .value("config", "FILE", "The configuration, instead of the nearest iamdrill.yaml."),
      .value("mfa-code", "CODE", "The code of the MFA device that a profile asks for."),
      .value("state", "FOLDER", "Where the ledger is, instead of $XDG_STATE_HOME/iamdrill."),
      .flag("delete", "Delete; without it, nothing is changed."),
      .value("older-than", "DURATION", "Only runs that began longer ago, such as 2h; also those of other machines."),
    ],
    notes: "Exits with 3 where something is left.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard let name = arguments.value("target") else { throw UsageError("no --target given", command: "sweep") }
    var age: Duration?
    if let text = arguments.value("older-than") {
      guard let value = DurationValue(text) else {
        throw UsageError("--older-than needs \(DurationValue.form)", command: "sweep")
      }
      age = value.duration
    }
    guard let ledger = StateFolder.openLedger(arguments),
      let configuration = try TargetOptions.configuration(arguments, paths: ["."], command: "sweep"),
      let targets = try TargetOptions.targets(name, in: configuration, arguments, ledger: ledger, command: "sweep")
    else { return .unreadable }
    guard targets.definition.kind == .aws || targets.definition.kind == .endpoint else {
      throw UsageError(
        "nothing outlives a run on a target of kind \(targets.definition.kind.rawValue), such as \(name)",
        command: "sweep")
    }
    let redactor = Redactor()
    let write: (String) -> Void = { Console.write(redactor.redact($0) + "\n") }
    do throws(Problem) {
      var isWhole = true
      for pair in targets.pairs {
        let target = targets.target(pair: pair)
        _ = try target.verify(redactor: redactor)
        let sweep = Sweep(target, ledger: ledger, redactor: redactor)
        for remains in try sweep.find(olderThan: age) {
          let scenario = remains.known.map { " of \($0.scenario)" } ?? ""
          write("run \(remains.run)\(scenario), \(remains.run.time.formatted(.iso8601))")
          guard arguments.has("delete") else {
            for entry in remains.entries.reversed() { write("  would take back \(entry.operation) \(entry.name)") }
            continue
          }
          let results = try sweep.delete(remains) { result in
            write(result.problem.map { "  left: \(result.title): \($0)" } ?? "  \(result.title)")
          }
          isWhole = isWhole && results.allSatisfy { $0.problem == nil }
        }
      }
      return isWhole ? .success : .runFailed
    } catch {
      TargetOptions.show(error.diagnostic, configuration.source)
      return .runFailed
    }
  }
}
