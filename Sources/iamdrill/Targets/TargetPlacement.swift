import FoundationEssentials
import Glibc
import Report
import Runner
import Scenario

/// Where a command line wants scenarios to be run, and which of them this machine runs.
struct TargetPlacement {
  static let options: [CommandDescription.Option] =
    TargetOptions.choosing + TargetOptions.writing + [
      .value("state", "FOLDER", kind: .folder, "Where the ledger is, instead of $XDG_STATE_HOME/iamdrill."),
      .value(
        "timeout", "DURATION", "End the run after this time, as an interruption does: what was made is taken back."),
      .value("record", "FOLDER", kind: .folder, "Write each step's exchanges there, redacted, to be replayed."),
      .value(
        "shard", "I/N",
        "Run only this machine's part of scenarios and accounts, such as 2/8; `auto` and `auto/8` take the number from the environment."
      ),
    ]

  /// What answers.
  enum Place: Sendable {
    case embedded
    case remote(RemoteTargets)
    case replay(Recording)
  }

  let place: Place
  var isEmbedded: Bool { if case .embedded = place { true } else { false } }
  private let shard: Shard?
  private let recording: Recording?
  /// Set where a file of the recording could not be written, which has been said.
  let hasLostRecording = SharedFlag()

  /// - Returns: `nil` where the target cannot be used; then why has been printed.
  init?(
    target: String?, _ arguments: ParsedArguments, paths: [String], command: String
  ) throws(UsageError) {
    guard let place = try Self.place(target, arguments, paths: paths, command: command) else {
      return nil
    }
    self.place = place
    recording = arguments.value("record").map { Recording(folder: $0) }
    guard let text = arguments.value("shard") else {
      shard = nil
      return
    }
    guard let shard = Shard(text, environment: ProcessInfo.processInfo.environment) else {
      throw UsageError(
        "--shard takes 1/8 to 8/8, or auto/8 where the environment has the machine's number, not '\(text)'",
        command: command)
    }
    self.shard = shard
  }

  /// What `name` stands for.
  /// - Returns: `nil` where it cannot be used; then why has been printed.
  static func place(
    _ name: String?, _ arguments: ParsedArguments, paths: [String], command: String
  ) throws(UsageError) -> Place? {
    guard let name, name != TargetOptions.embedded else { return .embedded }
    let prefix = "replay:"
    if name.hasPrefix(prefix) { return .replay(Recording(folder: String(name.dropFirst(prefix.count)))) }
    guard let configuration = try TargetOptions.configuration(arguments, paths: paths, command: command) else {
      return nil
    }
    let definition: TargetDefinition
    do throws(Diagnostic) {
      definition = try configuration.target(named: name)
    } catch {
      throw UsageError(error.message + error.notes.map { "; \($0.message)" }.joined(), command: command)
    }
    switch definition.kind {
    case .emulator: return .embedded
    case .replay:
      return .replay(Recording(folder: configuration.path(definition.folder?.value ?? "")))
    case .endpoint, .aws:
      // Nothing can be made without a ledger, so nothing is begun without one.
      guard let ledger = StateFolder.openLedger(arguments),
        let targets = try TargetOptions.targets(
          name, in: configuration, arguments, ledger: ledger, command: command)
      else { return nil }
      return .remote(targets)
    }
  }

  /// What is to be run, piece by piece: each scenario on each set of accounts, as far as it is this machine's.
  func pieces(of scenarios: [Scenario]) -> [Piece] {
    let pairs: [TargetDefinition.AccountPair?] =
      if case .remote(let targets) = place { targets.pairs } else { [nil] }
    let all = scenarios.flatMap { scenario in pairs.map { Piece(scenario: scenario, pair: $0) } }
    return all.enumerated().filter { shard?.does($0.offset) ?? true }.map(\.element)
  }

  struct Piece: Sendable {
    var scenario: Scenario
    var pair: TargetDefinition.AccountPair?
  }

  /// Runs `pieces`, and records them where that is wanted.
  func run(_ pieces: [Piece], _ redactor: Redactor, _ options: RunOptions, _ record: @escaping (Event) -> Void)
    -> RunResult
  {
    let hasLostRecording = hasLostRecording
    var writer = recording.map { recording in
      RecordingWriter(recording, redactor: redactor) { path, text in
        guard let problem = TextFile.write(text, to: path) else { return }
        Console.writeError("iamdrill: \(path): \(problem)\n")
        hasLostRecording.set()
      }
    }
    let place = place
    return ScenarioRunner(
      redactor: redactor, options: options,
      targetAt: { (scenario, index) throws(Diagnostic) -> any Target in
        switch place {
        case .embedded: try EmulatorTarget(for: scenario)
        case .replay(let recording): try ReplayTarget(recording, for: scenario, redactor: redactor)
        case .remote(let targets):
          try targets.target(for: scenario, pair: pieces[index].pair ?? .init(accounts: targets.definition.accounts))
        }
      },
      record: { event in
        writer?.record(event)
        record(event)
      }
    ).run(pieces.map(\.scenario))
  }
}
