package import SigV4

// What the owner of an emulator may ask it that no request can.
extension Emulator {
  /// The decisions about the latest requests, the oldest first.
  package var decisions: [DecisionRecord] { log.records }

  /// What was decided about the request with this id; `nil` where it asked no permission or is too long ago.
  package func decision(forRequestID id: String) -> DecisionRecord? { log.record(requestID: id) }

  /// Forgets the decisions so far.
  package func forgetDecisions() { log.removeAll() }

  /// Has `observer` called with every decision from now on, on the thread of its request.
  package func observeDecisions(_ observer: @escaping @Sendable (DecisionRecord) -> Void) { log.observe(observer) }

  /// The keys of the user that every account is given to be run by; `nil` for an account that was not declared.
  ///
  /// It is an IAM user called ``AccountState/administratorName`` with AdministratorAccess, because a user may do what the
  /// root user may not: assume roles. Lists and summaries leave it out, and nothing can change it.
  package func administratorCredentials(of accountID: String) -> Credentials? {
    let state = snapshot
    guard let account = state.accounts[accountID], let name = account.administrator,
      let key = account.users[name]?.accessKeys.first
    else { return nil }
    return state.credentials[UTF8Key(key)]?.credentials
  }

  /// The keys of the account's root user; `nil` for an account that was not declared.
  package func rootCredentials(of accountID: String) -> Credentials? {
    let state = snapshot
    guard let key = state.accounts[accountID]?.rootKey else { return nil }
    return state.credentials[UTF8Key(key)]?.credentials
  }
}

extension Credential {
  package var credentials: Credentials {
    Credentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: session?.token)
  }
}
