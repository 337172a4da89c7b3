import Emulator
import EmulatorStorage
import Report
import Runner
import Scenario

/// What `iamdrill serve` has at its start, from the command line and the files that it names.
struct ServeStart {
  let emulator: Emulator
  private let scenarios: [Scenario]
  private let color: Bool
  /// Whether there is nothing yet of what was kept.
  private let isNew: Bool

  /// - Returns: `nil` where a file cannot be used; then what is wrong has been printed.
  /// - Throws: ``UsageError``, ``StorageError``, ``PolicyError`` where a guardrail of the organization is no policy.
  init?(_ options: ServeOptions, _ storage: EmulatorStorage) throws {
    color = Console.isErrorTerminal && Console.environment("NO_COLOR").map(\.isEmpty) ?? true
    isNew = storage.isNew
    var paths: [String] = []
    var declared: [Scenario] = []
    if let path = options.configuration {
      let file = ServerFile.load(path)
      guard let scenario = file.scenario, file.diagnostics.isEmpty else {
        Console.writeError(DiagnosticRenderer(files: file.sources, color: color).render(file.diagnostics))
        return nil
      }
      declared.append(scenario)
      paths = file.scenarios
    }
    if let path = options.scenario { paths.append(path) }
    var loaded: [Scenario] = []
    if !paths.isEmpty {
      guard let found = try ScenarioLoading.load(paths, command: "serve", color: color) else { return nil }
      loaded = found
    }
    guard let configuration = Self.configuration(options, declared + loaded, color: color) else { return nil }
    emulator = try storage.emulator(configuration)
    scenarios = loaded
  }

  private static func configuration(
    _ options: ServeOptions, _ scenarios: [Scenario], color: Bool
  ) -> EmulatorConfiguration? {
    // Keys that nobody can foretell, unlike those of scenarios in this process.
    var configuration = EmulatorConfiguration(
      accounts: options.accounts.map { EmulatorConfiguration.Account(id: $0) }, clock: options.clock,
      identifiers: .random)
    configuration.acceptsMachineTime = true
    do throws(Diagnostic) {
      for scenario in scenarios { try configuration.add(scenario) }
    } catch {
      Console.writeError(DiagnosticRenderer(files: scenarios.map(\.source), color: color).render([error]))
      return nil
    }
    if let path = options.issuers {
      switch IssuersFile.read(path) {
      case .success(let issuers): configuration.issuers = issuers
      case .failure(let failure):
        Console.writeError("iamdrill: \(failure.message)\n")
        return nil
      }
    }
    if configuration.accounts.isEmpty { configuration.accounts = [.init(id: ServeCommand.defaultAccount)] }
    return configuration
  }

  /// Runs the scenarios' steps and leaves what they made. Says nothing where all is as expected.
  func prepare() -> ExitCode {
    guard isNew, !scenarios.isEmpty else { return .success }
    let redactor = Redactor()
    let target = EmulatorTarget(emulator)
    var text = ""
    var report = TerminalReport(color: color, redactor: redactor) { text += $0 }
    var settings = RunOptions()
    settings.keepsEverything = true
    let runner = ScenarioRunner(redactor: redactor, options: settings, target: { _ in target }) { report.record($0) }
    let code = ExitCode(runner.run(scenarios))
    if code != .success { Console.writeError(text) }
    emulator.forgetDecisions()
    return code
  }
}
