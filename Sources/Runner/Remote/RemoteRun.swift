import AWSAPI
import AWSClient
import HTTP
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
  /// The regions of buckets, which their requests go to and are signed for, whoever makes them.
  var bucketRegions: [String: String] = [:]
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

  /// The region that a call is made in: its bucket's, or the account's; `nil` for the target's own.
  func region(of call: AWSCall, account: String?) -> String? {
    if let bucket = call.bucket, let known = bucketRegions[bucket] { return known }
    return region(of: account)
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
    guard let remote else {
      if callsByCommand, let commands { return try makeByCommand(call, as: name, signing, commands) }
      return try caller.call(call, as: name, signing.credentials)
    }
    let region = remote.region(of: call, account: signing.account)
    let intent = try intend(call, signing, remote, region: region ?? target.client.region)
    var safe = SafeCall(
      caller: caller, call: call, principal: name, credentials: signing.credentials, region: region,
      account: signing.account, knownAccessKeys: remote.rules.isExisting(call) ? nil : remote.accessKeys)
    var exchange = try safe.run()
    if let other = exchange.otherRegion(than: region ?? target.client.region), let bucket = call.bucket {
      self.remote?.bucketRegions[bucket] = other
      safe.region = other
      exchange = try safe.run()
    }
    if let intent { try settle(intent, call, exchange) }
    if case .success = exchange.outcome, let account = signing.account, let kind = ResourceKind(madeBy: call.operation)
    {
      if kind == .bucket, let bucket = call.bucket { self.remote?.bucketRegions[bucket] = region }
      try tagMade(kind, call, account: account, region: region)
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

  /// Tags what a call made as this run's, where the call could not: a bucket takes no tags when it is made, and a principal of
  /// the scenario may have no permission to tag.
  private func tagMade(_ kind: ResourceKind, _ call: AWSCall, account: String, region: String?) throws(Problem) {
    guard let remote, !remote.rules.isTagged(call),
      let tagging = tagging(kind, call, remote.rules.tag, account: account),
      let credentials = try target.administrator(of: account)
    else { return }
    let patience = remote.conditions.patience
    var pause = patience.firstPause
    let start = target.elapsed
    while true {
      let tagged = try caller.call(tagging, as: account, credentials, region: region)
      guard case .failure(let error) = tagged.outcome else { return }
      // What was just made may not be known everywhere yet.
      guard error.meansGone || error.isPassing, target.elapsed - start < patience.within else {
        throw Problem(
          "the \(kind.rawValue) that was made cannot be tagged as this run's: \(error.code): \(error.message)")
      }
      target.wait(pause)
      pause = min(pause * 2, patience.longestPause)
    }
  }

  private func tagging(_ kind: ResourceKind, _ call: AWSCall, _ tag: AWSValue, account: String) -> AWSCall? {
    if kind == .bucket {
      return Catalogue.operation(.s3, "PutBucketTagging").map {
        AWSCall(
          operation: $0, parameters: ["Bucket": call.parameters["Bucket"], "Tagging": ["TagSet": .list([tag])]])
      }
    }
    guard let name = kind.tagging, let operation = Catalogue.operation(.iam, name),
      let identifier = kind.identifier(in: call, account: account)
    else { return nil }
    return AWSCall(
      operation: operation, parameters: [kind.identifier: .string(identifier), "Tags": .list([tag])])
  }
}

extension AWSCall {
  fileprivate var bucket: String? { operation.service == .s3 ? parameters["Bucket"]?.string : nil }
}

extension Exchange {
  /// The region in which the bucket is, where the request went to another one: S3 answers with it, and does nothing.
  fileprivate func otherRegion(than region: String) -> String? {
    guard [301, 307, 400].contains(response.status), call?.operation.name != "CreateBucket",
      let other = response.headers["x-amz-bucket-region"], other != region
    else { return nil }
    return other
  }
}
