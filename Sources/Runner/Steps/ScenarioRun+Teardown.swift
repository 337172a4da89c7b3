import AWSAPI
import Scenario

extension ScenarioRun {
  /// Takes back what the steps made, in reverse order, as the administrators of the accounts. Goes on after a failure, and
  /// tries once more what failed: something may have stood in the way that is gone by then.
  func teardown(_ report: (TeardownResult) -> Void) -> [TeardownResult] {
    if let remote { return teardown(remote.conditions, report) }
    var results: [TeardownResult] = []
    var again: [Ledger.Entry] = []
    for entry in ledger.entries.reversed() {
      let result = undo(entry)
      if result.problem == nil {
        results.append(result)
        report(result)
      } else {
        again.append(entry)
      }
    }
    for entry in again {
      let result = undo(entry)
      results.append(result)
      report(result)
    }
    return results
  }

  /// What outlives the run is taken back as the ledger has it, so that what a crash leaves is what a teardown would take.
  private func teardown(_ conditions: RunConditions, _ report: (TeardownResult) -> Void) -> [TeardownResult] {
    let remover = Remover(caller: caller, ledger: conditions.ledger, accounts: conditions.accounts)
    do throws(Problem) {
      let results = remover.remove(try conditions.ledger.openEntries(of: conditions.run), verifying: false, report)
      try conditions.ledger.end(conditions.run)
      return results
    } catch {
      let result = TeardownResult(title: "the ledger of run \(conditions.run)", problem: error.message)
      report(result)
      return [result]
    }
  }

  private func undo(_ entry: Ledger.Entry) -> TeardownResult {
    let subject = entry.undo.parameters.members.compactMap(\.value.string).joined(separator: " ")
    var result = TeardownResult(title: "\(entry.undo.operation.qualifiedName) \(subject)", problem: nil)
    do throws(Problem) {
      if entry.emptiesFirst, let bucket = entry.undo.parameters["Bucket"]?.string {
        try empty(bucket, account: entry.account)
      }
      let exchange = try call(entry.undo, account: entry.account)
      if case .failure(let error) = exchange.outcome, !error.meansGone {
        result.problem = "\(error.code): \(error.message)"
      }
    } catch {
      result.problem = error.message
    }
    return result
  }

  private func call(_ call: AWSCall, account: String) throws(Problem) -> Exchange {
    guard let credentials = try target.administrator(of: account) else {
      throw Problem("the target \(target.name) has no credentials for account \(account)")
    }
    return try caller.call(call, as: account, credentials)
  }

  /// Deletes every version of every object. Each round lists what is left, so paging needs no marker.
  private func empty(_ bucket: String, account: String) throws(Problem) {
    guard let list = Catalogue.operation(.s3, "ListObjectVersions"),
      let delete = Catalogue.operation(.s3, "DeleteObject")
    else { return }
    for _ in 0..<Self.mostRounds {
      let listing = try call(AWSCall(operation: list, parameters: ["Bucket": .string(bucket)]), account: account)
      guard case .success(let answer) = listing.outcome else { return }
      let left = (answer["Versions"]?.list ?? []) + (answer["DeleteMarkers"]?.list ?? [])
      if left.isEmpty { return }
      for version in left.compactMap(\.structure) {
        let parameters: AWSStructure = [
          "Bucket": .string(bucket), "Key": version["Key"], "VersionId": version["VersionId"],
        ]
        _ = try call(AWSCall(operation: delete, parameters: parameters), account: account)
      }
    }
  }

  /// A listing has a thousand versions at most, so this many rounds empty any bucket that a scenario fills.
  private static let mostRounds = 100
}
