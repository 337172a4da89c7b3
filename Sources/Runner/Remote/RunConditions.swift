/// What a run keeps to where it meets accounts that outlive it.
package struct RunConditions: Sendable {
  package var run: RunID
  /// The target's accounts, by the scenario's names of them.
  package var accounts: [String: RemoteAccount]
  /// Names of resources that are there already, by key.
  package var existing: [String: String]
  /// Nothing that changes anything is sent.
  package var isReadOnly: Bool
  package var patience: Patience
  /// Where the run writes down what it is about to make.
  package var ledger: any LedgerStore
  /// The place that the ledger's entries are about: `aws`, or an endpoint's URL.
  package var place: String
  package var targetName: String

  package init(
    run: RunID, accounts: [String: RemoteAccount], existing: [String: String], isReadOnly: Bool, patience: Patience,
    ledger: any LedgerStore, place: String, targetName: String
  ) {
    self.run = run
    self.accounts = accounts
    self.existing = existing
    self.isReadOnly = isReadOnly
    self.patience = patience
    self.ledger = ledger
    self.place = place
    self.targetName = targetName
  }
}

/// An account behind a scenario's name.
package struct RemoteAccount: Sendable {
  package var id: String
  package var region: String

  package init(id: String, region: String) {
    self.id = id
    self.region = region
  }
}

/// How long answers may take to become true. AWS gives no bound for how soon a change shows everywhere.
package struct Patience: Sendable {
  /// For steps that do not say it.
  package var within: Duration
  /// How often in a row a refusal must be seen, for steps that do not say it.
  package var stable: Int
  /// The first pause between two tries; it doubles from one to the next.
  package var firstPause: Duration
  package var longestPause: Duration

  package init(
    within: Duration, stable: Int, firstPause: Duration = .milliseconds(500), longestPause: Duration = .seconds(8)
  ) {
    self.within = within
    self.stable = stable
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// Terraform waits two minutes for IAM, botocore's waiters 20 to 40 seconds; users saw 10 to 15 seconds for new keys.
  package static let aws = Patience(within: .seconds(120), stable: 3)
  package static let endpoint = Patience(within: .seconds(5), stable: 1, firstPause: .milliseconds(200))
}
