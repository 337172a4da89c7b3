import AWSAPI
import FoundationEssentials

/// Finishes what runs left that were killed before their teardown.
///
/// Deleted is only what is in a ledger and carries its run's mark, or what carries the mark of a run that is older than was
/// asked for. A name that looks like a run's is no mark.
package struct Sweep: Sendable {
  let target: RemoteTarget
  let ledger: any LedgerStore
  private let caller: Caller

  package init(_ target: RemoteTarget, ledger: any LedgerStore, redactor: Redactor) {
    self.target = target
    self.ledger = ledger
    caller = Caller(target: target, redactor: redactor)
  }

  /// What one run left.
  package struct Remains: Sendable {
    package var run: RunID
    /// What the run was of; `nil` for one that is in no ledger here.
    package var known: LedgerRun?
    package var entries: [LedgerEntry]
  }

  /// What is there to be finished: of runs in the ledger that nobody carries on, and, where an age is given, of every run
  /// that is older and left its mark.
  package func find(olderThan age: Duration?) throws(Problem) -> [Remains] {
    guard let conditions = target.conditions else { return [] }
    let accounts = Set(conditions.accounts.values.map(\.id))
    var remains: [Remains] = []
    var skipped: Set<RunID> = []
    for run in try ledger.openRuns(at: conditions.place) {
      guard try !ledger.isRunning(run.id) else {
        skipped.insert(run.id)
        continue
      }
      if let age, Duration(seconds: target.now.timeIntervalSince(run.id.time)) < age {
        skipped.insert(run.id)
        continue
      }
      let all = try ledger.openEntries(of: run.id)
      let entries = all.filter { accounts.contains($0.account) }
      // What is left of it is in other accounts, of another target or another pair.
      if entries.isEmpty, !all.isEmpty { continue }
      remains.append(Remains(run: run.id, known: run, entries: entries))
    }
    guard let age else { return remains }
    var found: [RunID: [LedgerEntry]] = [:]
    for account in conditions.accounts.values {
      for entry in try marked(in: account) where Duration(seconds: target.now.timeIntervalSince(entry.run.time)) >= age
      {
        found[entry.run, default: []].append(entry)
      }
    }
    for (run, entries) in found.sorted(by: { $0.key.text < $1.key.text }) where !skipped.contains(run) {
      if let index = remains.firstIndex(where: { $0.run == run }) {
        let known = Set(remains[index].entries.map(\.name))
        // Before those of the ledger, so that it is taken back after them.
        remains[index].entries = entries.filter { !known.contains($0.name) } + remains[index].entries
      } else {
        remains.append(Remains(run: run, known: nil, entries: entries))
      }
    }
    return remains
  }

  /// Takes back what a run left.
  package func delete(_ remains: Remains, _ report: (TeardownResult) -> Void) throws(Problem) -> [TeardownResult] {
    guard let conditions = target.conditions else { return [] }
    let remover = Remover(caller: caller, ledger: ledger, accounts: conditions.accounts)
    let results = remover.remove(remains.entries, verifying: true, report)
    if remains.known != nil, results.allSatisfy({ $0.problem == nil }) { try ledger.end(remains.run) }
    return results
  }

  // MARK: Marks

  /// The kinds in an order in which each can be deleted after all that follow.
  private static let order: [ResourceKind] = [.policy, .virtualMFADevice, .group, .user, .role, .instanceProfile]

  /// Everything in the account that carries a run's path, or a bucket that carries its name; the tags are looked at before
  /// anything is deleted.
  private func marked(in account: RemoteAccount) throws(Problem) -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    for kind in Self.order {
      for found in try list(kind, account) {
        guard let path = found["Path"]?.string ?? Self.path(ofSerial: found["SerialNumber"]?.string),
          let run = RunID(inPath: path),
          let name = (found[kind == .policy ? "Arn" : kind.identifier])?.string
        else { continue }
        entries.append(entry(kind, name, run, account))
      }
    }
    guard let buckets = Catalogue.operation(.s3, "ListBuckets") else { return entries }
    let exchange = try call(AWSCall(operation: buckets, parameters: [:]), account)
    guard case .success(let answer) = exchange.outcome else { return entries }
    for name in (answer["Buckets"]?.list ?? []).compactMap({ $0.structure?["Name"]?.string }) {
      guard let run = RunID(inName: name), try isTagged(name, run, account) else { continue }
      entries.append(entry(.bucket, name, run, account))
    }
    return entries
  }

  private func entry(_ kind: ResourceKind, _ name: String, _ run: RunID, _ account: RemoteAccount) -> LedgerEntry {
    LedgerEntry(
      run: run, account: account.id, region: account.region, operation: "\(kind.service.rawValue):\(kind.create)",
      kind: kind, name: name,
      inverse: .init(
        operation: "\(kind.service.rawValue):\(kind.delete)", parameters: [kind.identifier: name],
        emptiesFirst: kind == .bucket), state: .made, time: run.time)
  }

  private func list(_ kind: ResourceKind, _ account: RemoteAccount) throws(Problem) -> [AWSStructure] {
    let prefix: AWSStructure = ["PathPrefix": "/\(RunID.pathRoot)/"]
    let (name, list, parameters): (String, String, AWSStructure) =
      switch kind {
      case .policy: ("ListPolicies", "Policies", ["PathPrefix": prefix["PathPrefix"], "Scope": "Local"])
      case .virtualMFADevice: ("ListVirtualMFADevices", "VirtualMFADevices", [:])
      case .group: ("ListGroups", "Groups", prefix)
      case .user: ("ListUsers", "Users", prefix)
      case .role: ("ListRoles", "Roles", prefix)
      default: ("ListInstanceProfiles", "InstanceProfiles", prefix)
      }
    guard let operation = Catalogue.operation(.iam, name) else { return [] }
    return try Pages.all(operation, parameters, list) { call throws(Problem) in try self.call(call, account) }
      .compactMap(\.structure)
  }

  /// `arn:aws:iam::111111111111:mfa/iamdrill/0abc…/phone-0abc…`
  private static func path(ofSerial serial: String?) -> String? {
    guard let serial, let start = serial.range(ofText: ":mfa/"), let end = serial.lastIndex(of: "/") else { return nil }
    return String(serial[serial.index(before: start.upperBound)...end])
  }

  private func isTagged(_ bucket: String, _ run: RunID, _ account: RemoteAccount) throws(Problem) -> Bool {
    guard let operation = Catalogue.operation(.s3, "GetBucketTagging") else { return false }
    let exchange = try call(AWSCall(operation: operation, parameters: ["Bucket": .string(bucket)]), account)
    guard case .success(let answer) = exchange.outcome else { return false }
    return (answer["TagSet"]?.list ?? []).contains { tag in
      tag.structure?["Key"]?.string == RunID.tagKey && tag.structure?["Value"]?.string == run.text
    }
  }

  private func call(_ call: AWSCall, _ account: RemoteAccount) throws(Problem) -> Exchange {
    guard let credentials = try target.administrator(of: account.id) else {
      throw Problem("the target \(target.name) has no credentials for account \(account.id)")
    }
    return try caller.call(call, as: account.id, credentials, region: account.region)
  }
}
