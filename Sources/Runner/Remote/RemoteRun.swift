import AWSAPI
import AWSClient
import Scenario
import SigV4

/// What a run knows besides, where it meets accounts that outlive it.
struct RemoteRun: Sendable {
  var rules: CallGuard
  /// The scenario's own names and ids, which expectations are written in.
  var canonical: Scope
  /// Access keys that GetCallerIdentity has answered to.
  var alive: Set<String> = []
  /// Access keys that the run has made.
  var accessKeys: Set<String> = []
  /// What the step that is being carried out is signed with.
  var signing: Credentials?
  /// The step that should have moved the clock, where it cannot be moved.
  var standingClock: String?
  /// The ledger's entry for the latest call that made something.
  var latestEntry: (id: Int64, entry: LedgerEntry)?

  var conditions: RunConditions { rules.conditions }

  init(_ scenario: Scenario, _ conditions: RunConditions, canonical: Scope) throws(Diagnostic) {
    rules = try CallGuard(scenario, conditions)
    self.canonical = canonical
  }

  /// What the target's side of things is in the scenario.
  var bindings: ScopeBindings {
    ScopeBindings(
      accounts: conditions.accounts.mapValues(\.id), names: rules.naming.actual, rewrite: rules.naming.outgoing())
  }

  /// The region of an account; `nil` for the target's own.
  func region(of account: String?) -> String? {
    account.flatMap { id in conditions.accounts.values.first { $0.id == id }?.region }
  }
}

extension ScenarioRun {
  /// Makes a call. Where it makes something in accounts that outlive the run, the ledger has it before.
  /// - Throws: that nothing could be sent, that no answer came, or that the ledger cannot be written: then nothing is made.
  mutating func make(_ call: AWSCall, as name: String, _ signing: Signing) throws(Problem) -> Exchange {
    guard let remote else { return try caller.call(call, as: name, signing.credentials) }
    let region = remote.region(of: signing.account)
    let intent = try intend(call, signing, remote, region: region ?? target.client.region)
    let safe = SafeCall(
      caller: caller, call: call, principal: name, credentials: signing.credentials, region: region,
      account: signing.account, knownAccessKeys: remote.rules.isExisting(call) ? nil : remote.accessKeys)
    let exchange = try safe.run()
    if let intent { try settle(intent, call, exchange) }
    if call.operation.name == "CreateBucket", case .success = exchange.outcome, let account = signing.account {
      try tagBucket(call, account: account, region: region)
    }
    return exchange
  }

  private mutating func intend(
    _ call: AWSCall, _ signing: Signing, _ remote: RemoteRun, region: String
  ) throws(Problem) -> (id: Int64, entry: LedgerEntry)? {
    self.remote?.latestEntry = nil
    guard call.operation.undo != nil, let account = signing.account, let rule = call.operation.authorization.first
    else {
      return nil
    }
    if remote.rules.isExisting(call), ResourceKind(madeBy: call.operation) == nil {
      try ExistingState(caller: caller, region: region).requireAbsence(of: call, signing)
    }
    let kind = ResourceKind(madeBy: call.operation)
    let name = kind?.identifier(in: call, account: account) ?? call.subject(of: rule) ?? ""
    let entry = LedgerEntry(
      run: remote.conditions.run, account: account, region: region, operation: call.operation.qualifiedName, kind: kind,
      name: name, inverse: LedgerEntry.Inverse(of: call, answer: nil, account: account), state: .intended,
      time: target.now)
    return (try remote.conditions.ledger.intend(entry), entry)
  }

  private mutating func settle(
    _ intent: (id: Int64, entry: LedgerEntry), _ call: AWSCall, _ exchange: Exchange
  ) throws(Problem) {
    guard let ledger = remote?.conditions.ledger else { return }
    switch exchange.outcome {
    case .success(let answer):
      let inverse = LedgerEntry.Inverse(of: call, answer: answer, account: intent.entry.account)
      try ledger.settle(intent.id, .made, inverse: inverse)
      var entry = intent.entry
      entry.id = intent.id
      entry.state = .made
      entry.inverse = inverse ?? entry.inverse
      remote?.latestEntry = (intent.id, entry)
      if let key = answer.member(at: "AccessKey/AccessKeyId")?.string { remote?.accessKeys.insert(key) }
    case .failure(let error):
      // After a fault of the server nobody knows; any other refusal made nothing.
      if error.status < 500 { try ledger.settle(intent.id, .refused, inverse: nil) }
    }
  }

  /// A bucket takes no tags when it is made, so it gets the run's right after.
  private func tagBucket(_ call: AWSCall, account: String, region: String?) throws(Problem) {
    guard let remote, let put = Catalogue.operation(.s3, "PutBucketTagging") else { return }
    let parameters: AWSStructure = [
      "Bucket": call.parameters["Bucket"], "Tagging": ["TagSet": .list([remote.rules.tag])],
    ]
    guard let credentials = try target.administrator(of: account) else { return }
    let tagged = try caller.call(
      AWSCall(operation: put, parameters: parameters), as: account, credentials, region: region)
    if case .failure(let error) = tagged.outcome {
      throw Problem("the bucket that was made cannot be tagged as this run's: \(error.code): \(error.message)")
    }
  }
}
