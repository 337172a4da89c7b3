import Federation
import FoundationEssentials
import IAMPolicy

extension EmulatorState {
  /// The state before the first request: the accounts, each with its administrator and its root user's key.
  init(_ configuration: EmulatorConfiguration) throws(PolicyError) {
    self.init(identifiers: IdentifierGenerator(configuration.identifiers))
    let now = configuration.clock.now
    s3.payloads = configuration.payloads
    for account in configuration.accounts { addAccount(account.id, at: now) }
    issuers = configuration.issuerKeys
    if let organization = configuration.organization {
      self.organization = try Organization(organization, identifiers: &identifiers)
    }
  }

  /// Adds the accounts that the configuration has and the state has not.
  mutating func addMissingAccounts(of configuration: EmulatorConfiguration) {
    for account in configuration.accounts where !accounts.contains(account.id) {
      addAccount(account.id, at: configuration.clock.now)
    }
  }

  private mutating func addAccount(_ id: String, at date: Date) {
    accounts[id] = AccountState(id: id, createDate: date)
    let name = AccountState.administratorName
    var user = User(
      identity: EntityIdentity(
        name: name, path: "/", id: identifiers.administratorID(), arn: "arn:aws:iam::\(id):user/\(name)",
        createDate: date))
    user.attachedPolicies = [AWSManagedPolicies.administratorAccess]
    user.protection = .emulator
    user.accessKeys = [
      issueLongTermKey(to: .user(id: user.identity.id), in: id, at: date, from: .administratorKey).accessKeyID
    ]
    insert(user, into: id)
    let rootKey = issueLongTermKey(to: .root, in: id, at: date, from: .administratorKey).accessKeyID
    accounts[id]?.administrator = user.key
    accounts[id]?.rootKey = rootKey
  }
}

extension AccountState {
  /// A name that nobody takes for one of their own.
  package static let administratorName = "iamdrill-administrator"
}
