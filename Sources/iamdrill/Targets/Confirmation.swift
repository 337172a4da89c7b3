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

  /// More accounts than these are counted, not named.
  private static let mostNamed = 4

  /// `2 bucket in 210987654321, 3 role in 123456789012`, or `40 role in 20 accounts`.
  private static func counts(_ scenarios: [Scenario], on targets: RemoteTargets) throws(UsageError) -> String {
    var kinds: [String] = []
    var counts: [String: [String: Int]] = [:]
    for scenario in scenarios {
      // What is made is the same on every pair: only the accounts are others.
      guard let first = targets.pairs.first,
        let plan = try? RunPlan(scenario, accounts: targets.accounts(of: first), existing: targets.existing)
      else { continue }
      for account in plan.accounts {
        let ids = targets.pairs.map { pair in
          pair.accounts.first { $0.name.value == account.name }?.id.value ?? account.id
        }
        for made in account.makes where !made.isThereAlready {
          let kind = made.kind?.rawValue ?? made.operation
          if counts[kind] == nil { kinds.append(kind) }
          for id in ids { counts[kind, default: [:]][id, default: 0] += 1 }
        }
      }
    }
    return kinds.flatMap { kind in
      let accounts = counts[kind, default: [:]]
      guard accounts.count > mostNamed else {
        return accounts.sorted { $0.key < $1.key }.map { "\($0.value) \(kind) in \($0.key)" }
      }
      return ["\(accounts.values.reduce(0, +)) \(kind) in \(accounts.count) accounts"]
    }.joined(separator: ", ")
  }
}
