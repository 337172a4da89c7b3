import AWSAPI
import FoundationEssentials
import SigV4

/// Takes back what runs made, as their ledger knows it: in reverse order, each thing after what is in it, and again where
/// something stood in the way. Doing it twice does nothing the second time.
package struct Remover: Sendable {
  let caller: Caller
  let ledger: any LedgerStore
  /// The target's accounts, by the scenario's names of them.
  let accounts: [String: RemoteAccount]

  /// How often everything that is left is tried again.
  private static let mostRounds = 6

  init(caller: Caller, ledger: any LedgerStore, accounts: [String: RemoteAccount]) {
    self.caller = caller
    self.ledger = ledger
    self.accounts = accounts
  }

  /// What became of an entry.
  private enum Outcome {
    case gone(TeardownResult?)
    case left(TeardownResult, isPassing: Bool)
  }

  /// Takes `entries` back, which are in the order in which they were made.
  /// - Parameter verifying: whether each thing is looked at before, and deleted only where it carries its run's mark.
  func remove(
    _ entries: [LedgerEntry], verifying: Bool, _ report: (TeardownResult) -> Void
  ) -> [TeardownResult] {
    var results: [TeardownResult] = []
    var left = Array(entries.reversed())
    let roots = Dictionary(entries.filter { $0.kind != nil }.map { ($0.name, $0) }) { first, _ in first }
    var foreign: [String: String] = [:]
    for round in 0..<Self.mostRounds where !left.isEmpty {
      if round > 0 { caller.target.wait(.milliseconds(500) * (1 << round)) }
      var again: [LedgerEntry] = []
      for entry in left {
        let outcome = remove(entry, roots, &foreign, verifying: verifying)
        switch outcome {
        case .gone(let result):
          if let problem = settle(entry) { results.append(problem) }
          if let result {
            results.append(result)
            report(result)
          }
        case .left(let result, let isPassing):
          if isPassing, round + 1 < Self.mostRounds {
            again.append(entry)
          } else {
            results.append(result)
            report(result)
          }
        }
      }
      left = again
    }
    return results
  }

  private func settle(_ entry: LedgerEntry) -> TeardownResult? {
    // What was found by its mark alone is in no ledger.
    guard entry.id != 0 else { return nil }
    do throws(Problem) {
      try ledger.settle(entry.id, .undone, inverse: nil)
      return nil
    } catch {
      return TeardownResult(title: "\(entry.operation) \(entry.name)", problem: error.message)
    }
  }

  private func remove(
    _ entry: LedgerEntry, _ roots: [String: LedgerEntry], _ foreign: inout [String: String], verifying: Bool
  ) -> Outcome {
    let title = entry.inverse.map { $0.title } ?? "\(entry.operation) \(entry.name)"
    do throws(Problem) {
      if let kind = entry.kind { return try removeRoot(entry, kind, title, &foreign, verifying: verifying) }
      if let root = roots[entry.name] {
        // What is in a bucket goes when the bucket is emptied, and what has no inverse yet with what it is in.
        guard entry.operation.hasPrefix("iam:"), let inverse = entry.inverse else { return .gone(nil) }
        if verifying || root.state == .intended {
          switch try mark(of: root) {
          case .absent: return .gone(nil)
          case .foreign: return .gone(nil)
          case .own: break
          }
        }
        return try undo(inverse, entry, title)
      }
      // It is on something that was there before: only what is known to have been made is taken back.
      guard entry.state == .made, let inverse = entry.inverse else {
        return .left(
          TeardownResult(
            title: title,
            problem: "it is not known whether \(entry.operation) on \(entry.name) was carried out; look there"),
          isPassing: false)
      }
      return try undo(inverse, entry, title)
    } catch {
      return .left(TeardownResult(title: title, problem: error.message), isPassing: true)
    }
  }

  private func undo(_ inverse: LedgerEntry.Inverse, _ entry: LedgerEntry, _ title: String) throws(Problem) -> Outcome {
    guard let call = inverse.call else { return .gone(nil) }
    let exchange = try self.call(call, entry)
    if case .failure(let error) = exchange.outcome, !error.meansGone {
      return .left(
        TeardownResult(title: title, problem: "\(error.code): \(error.message)"), isPassing: error.isPassing)
    }
    return .gone(TeardownResult(title: title, problem: nil))
  }

  private func removeRoot(
    _ entry: LedgerEntry, _ kind: ResourceKind, _ title: String, _ foreign: inout [String: String], verifying: Bool
  ) throws(Problem) -> Outcome {
    if verifying || entry.state == .intended {
      switch try mark(of: entry) {
      case .absent:
        // A call that was on its way when the run ended may still arrive.
        let age = Duration(seconds: caller.target.now.timeIntervalSince(entry.time))
        let patience = caller.target.conditions?.patience.within ?? .zero
        if entry.state == .intended, verifying, age < min(patience, Self.longestWay) {
          caller.target.wait(min(patience, Self.longestWay) - age)
          if case .absent = try mark(of: entry) { return .gone(nil) }
          return .left(TeardownResult(title: title, problem: "it has just appeared"), isPassing: true)
        }
        return .gone(nil)
      case .foreign(let reason):
        foreign[entry.name] = reason
        return .left(TeardownResult(title: title, problem: reason), isPassing: false)
      case .own: break
      }
    }
    let contents = Contents(entry, kind) { call throws(Problem) in try self.call(call, entry) }
    if kind == .bucket { try contents.remove() }
    guard let operation = Catalogue.operation(kind.service, kind.delete) else { return .gone(nil) }
    let delete = AWSCall(operation: operation, parameters: [kind.identifier: .string(entry.name)])
    let exchange = try call(delete, entry)
    guard case .failure(let error) = exchange.outcome, !error.meansGone else {
      return .gone(TeardownResult(title: title, problem: nil))
    }
    // Something is in it that no entry told of: a lost answer's, or what a step of another principal put there.
    if error.code == "DeleteConflict" { try contents.remove() }
    return .left(TeardownResult(title: title, problem: "\(error.code): \(error.message)"), isPassing: error.isPassing)
  }

  /// A request that was sent has arrived by then, or never will.
  private static let longestWay = Duration.seconds(2)

  private func mark(of entry: LedgerEntry) throws(Problem) -> RunMark {
    try RunMark.of(entry) { call throws(Problem) in try self.call(call, entry) }
  }

  private func call(_ call: AWSCall, _ entry: LedgerEntry) throws(Problem) -> Exchange {
    guard let credentials = try caller.target.administrator(of: entry.account) else {
      throw Problem("the target \(caller.target.name) has no credentials for account \(entry.account)")
    }
    return try SafeCall(
      caller: caller, call: call, principal: entry.account, credentials: credentials, region: entry.region,
      account: entry.account, knownAccessKeys: nil
    ).run()
  }
}

extension LedgerEntry.Inverse {
  /// `iam:DeleteRole UpdateData-0abc…`
  var title: String {
    let call = call
    let values = call?.parameters.members.compactMap(\.value.string) ?? parameters.values.sorted()
    return "\(operation) \(values.joined(separator: " "))"
  }
}
