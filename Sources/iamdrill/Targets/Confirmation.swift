import Glibc
import Runner
import Scenario

/// Asks before anything is made in accounts that outlive the run.
enum Confirmation {
  /// - Returns: whether to go on; where not, why has been printed.
  static func isGiven(
    _ scenarios: [Scenario], on targets: RemoteTargets, _ arguments: ParsedArguments, command: String
  ) throws(UsageError) -> Bool {
    guard !targets.isReadOnly, !arguments.has("yes") else { return true }
    let made = try counts(scenarios, on: targets)
    guard !made.isEmpty else { return true }
    let summary = "on the target \(targets.definition.name.value) this makes \(made)"
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw UsageError("\(summary); say --yes to go on, or --read-only", command: command)
    }
    Console.writeError("\(summary). Go on? [y/N] ")
    let answer = readLine() ?? ""
    return answer == "y" || answer == "Y" || answer == "yes"
  }

  /// `2 buckets in 210987654321, 3 roles in 123456789012`
  private static func counts(_ scenarios: [Scenario], on targets: RemoteTargets) throws(UsageError) -> String {
    var counts: [(what: String, count: Int)] = []
    for scenario in scenarios {
      for pair in targets.pairs {
        let target = targets.target(pair: pair)
        guard let conditions = target.conditions,
          let plan = try? RunPlan(scenario, accounts: conditions.accounts, existing: conditions.existing)
        else { continue }
        for account in plan.accounts {
          for made in account.makes where !made.isThereAlready {
            let what = "\(made.kind?.rawValue ?? made.operation) in \(account.id)"
            if let index = counts.firstIndex(where: { $0.what == what }) {
              counts[index].count += 1
            } else {
              counts.append((what, 1))
            }
          }
        }
      }
    }
    return counts.map { "\($0.count) \($0.what)" }.joined(separator: ", ")
  }
}
