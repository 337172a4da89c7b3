import JSON
import Runner
import Scenario

/// `iamdrill plan`
enum PlanCommand: Subcommand {
  static let description = CommandDescription(
    name: "plan",
    summary: "Say what scenarios would make on a target, and what they need for it, without a call.",
    arguments: "PATH…",
    discussion: """
      PATH is a scenario file, or a folder with `*.yaml` files at any depth. Printed are, for each account, what would be
      made under which name, and the least policy that the account's credentials need, teardown included.
      """,
    options: [
      .value("target", "NAME", "The target of `iamdrill.yaml`; without it, the accounts are the scenario's own."),
      .value("config", "FILE", "The configuration, instead of the nearest iamdrill.yaml above the scenario."),
    ])

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard let scenarios = try ScenarioLoading.load(arguments.positionals, command: "plan", color: Console.isTerminal)
    else {
      return .unreadable
    }
    var definition: TargetDefinition?
    if let name = arguments.value("target") {
      guard
        let configuration = try TargetOptions.configuration(arguments, paths: arguments.positionals, command: "plan"),
        let targets = try TargetOptions.targets(
          name, in: configuration, arguments, ledger: MemoryLedger(), command: "plan")
      else { return .unreadable }
      definition = targets.definition
    }
    for scenario in scenarios {
      do throws(Diagnostic) {
        let sets = definition.map { $0.pairs.isEmpty ? [$0.accounts] : $0.pairs.map(\.accounts) } ?? [[]]
        for accounts in sets { Console.write(try text(scenario, definition, accounts)) }
      } catch {
        TargetOptions.show(error, scenario.source)
        return .unreadable
      }
    }
    return .success
  }

  private static func text(
    _ scenario: Scenario, _ definition: TargetDefinition?, _ accounts: [TargetDefinition.AccountBinding]
  ) throws(Diagnostic) -> String {
    let region = definition?.region?.value ?? "us-east-1"
    let bound = Dictionary(
      accounts.map { ($0.name.value, RemoteAccount(id: $0.id.value, region: $0.region?.value ?? region)) },
      uniquingKeysWith: { first, _ in first })
    let names = definition?.names ?? []
    let existing = Dictionary(names.map { ($0.key.value, $0.value.value) }, uniquingKeysWith: { first, _ in first })
    let plan = try RunPlan(scenario, accounts: bound, existing: existing)
    var text = "\(scenario.name.value) (\(scenario.source.path))\n"
    for account in plan.accounts {
      text += "\n  \(account.name), account \(account.id), \(account.region)\n"
      for made in account.makes {
        text += made.isThereAlready ? "    is there already: " : "    makes "
        text += "\(made.kind?.rawValue ?? made.operation) \(made.name)\n"
      }
      guard !account.policy.isEmpty else { continue }
      text += "    needs:\n"
      for line in account.policy.json.pretty.split(separator: "\n") { text += "      \(line)\n" }
    }
    for title in plan.unplaced { text += "\n  where it acts is known only when it runs: \(title)\n" }
    return text + "\n"
  }
}
