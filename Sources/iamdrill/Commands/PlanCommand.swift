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
    var remote: RemoteTargets?
    if let name = arguments.value("target") {
      guard
        let configuration = try TargetOptions.configuration(arguments, paths: arguments.positionals, command: "plan"),
        let targets = try TargetOptions.targets(
          name, in: configuration, arguments, ledger: MemoryLedger(), command: "plan")
      else { return .unreadable }
      remote = targets
    }
    for scenario in scenarios {
      do throws(Diagnostic) {
        for accounts in remote.map({ targets in targets.pairs.map { targets.accounts(of: $0) } }) ?? [[:]] {
          Console.write(try text(scenario, accounts, existing: remote?.existing ?? [:]))
        }
      } catch {
        TargetOptions.show(error, scenario.source)
        return .unreadable
      }
    }
    return .success
  }

  private static func text(
    _ scenario: Scenario, _ accounts: [String: RemoteAccount], existing: [String: String]
  ) throws(Diagnostic) -> String {
    let plan = try RunPlan(scenario, accounts: accounts, existing: existing)
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
