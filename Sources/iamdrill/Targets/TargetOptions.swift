import AWSClient
import FoundationEssentials
import Glibc
import Runner
import Scenario
import SigV4

/// The options by which commands choose a target.
enum TargetOptions {
  static let choosing: [CommandDescription.Option] = [
    .value("target", "NAME", "Run on this target of `iamdrill.yaml` instead of the embedded emulator."),
    .value("config", "FILE", "The configuration, instead of the nearest iamdrill.yaml above the scenario."),
    .value("mfa-code", "CODE", "The code of the MFA device that a profile asks for."),
  ]

  static let writing: [CommandDescription.Option] = [
    .flag("yes", letter: "y", "Make what the scenarios make on the target without asking."),
    .flag("read-only", "Send nothing that changes anything on the target."),
  ]

  /// The name that stands for the target that needs no configuration.
  static let embedded = "emulator"

  /// The configuration that counts for the files at `paths`.
  /// - Returns: `nil` where it cannot be read; then everything that is wrong has been printed.
  static func configuration(
    _ arguments: ParsedArguments, paths: [String], command: String
  ) throws(UsageError) -> Configuration? {
    guard let path = arguments.value("config") ?? paths.lazy.compactMap({ ConfigurationFile.find(from: $0) }).first
    else {
      throw UsageError(
        "there is no \(ConfigurationFile.name) in the folder of \(paths.first ?? "."), or above it", command: command)
    }
    let loaded = ConfigurationFile.load(path)
    guard let configuration = loaded.configuration, !loaded.hasError else {
      Console.writeError(
        DiagnosticRenderer(files: loaded.sources, color: Console.isTerminal).render(loaded.diagnostics))
      return nil
    }
    return configuration
  }

  /// The target called `name`.
  /// - Returns: `nil` where it cannot be used; then why has been printed.
  static func targets(
    _ name: String, in configuration: Configuration, _ arguments: ParsedArguments, ledger: any LedgerStore,
    command: String
  ) throws(UsageError) -> RemoteTargets? {
    do throws(Diagnostic) {
      let definition = try configuration.target(named: name)
      let code = arguments.value("mfa-code").map { Secret($0) }
      let surroundings = CredentialSurroundings.process(
        endpoints: try RemoteTargets.endpoints(of: definition, ProcessInfo.processInfo.environment),
        settings: RemoteTargets.settings(definition, in: configuration),
        askForCode: { serial in code ?? askForCode(serial) })
      var targets = try RemoteTargets(
        definition, in: configuration, resolver: ProfileBindings(surroundings), ledger: ledger,
        environment: surroundings.environment)
      targets.isReadOnly = arguments.has("read-only")
      return targets
    } catch {
      if error.range == nil {
        let notes = error.notes.map { "; \($0.message)" }.joined()
        throw UsageError(error.message + notes, command: command)
      }
      show(error, configuration.source)
      return nil
    }
  }

  static func show(_ diagnostic: Diagnostic, _ sources: SourceFile...) {
    Console.writeError(DiagnosticRenderer(files: sources, color: Console.isTerminal).render([diagnostic]))
  }

  /// Asks at the terminal, where there is one.
  private static func askForCode(_ serial: String) -> Secret? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    Console.writeError("MFA code of \(serial): ")
    return readLine().flatMap { $0.isEmpty ? nil : Secret($0) }
  }
}
