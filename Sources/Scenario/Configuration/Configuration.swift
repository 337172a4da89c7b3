/// `iamdrill.yaml`, read: where scenarios may run besides the embedded emulator.
package struct Configuration: Sendable {
  package var targets: [TargetDefinition]
  /// The file that was read.
  package var source: SourceFile

  package init(targets: [TargetDefinition], source: SourceFile) {
    self.targets = targets
    self.source = source
  }
}

/// A target: what stands behind a scenario's accounts there, and what may be done.
package struct TargetDefinition: Sendable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The one in this process, fresh for every scenario.
    case emulator
    /// A server that answers as AWS does, at one URL for all services.
    case endpoint
    case aws
    /// A folder of recorded exchanges.
    case replay
  }

  /// How a target's clock follows a scenario's `advance:`.
  package enum Clock: String, Sendable, Hashable, CaseIterable {
    /// It cannot be moved: what depends on it is not run.
    case fixed
    /// The server is `iamdrill serve`, and moves its clock when asked.
    case server
    /// The requests' own dates move: for servers that take the time from them.
    case requests
  }

  package var name: Located<String>
  package var kind: Kind
  package var region: Located<String>?
  /// Where an endpoint answers.
  package var url: Located<String>?
  /// A PEM file with the authorities that are trusted in place of the system's, relative to the configuration's folder.
  package var certificateAuthorities: Located<String>?
  /// The folder of a recording, relative to the configuration's folder.
  package var folder: Located<String>?
  /// URLs in place of AWS's own, by service; nothing that the environment says of endpoints is heeded.
  package var endpointURLs: [String: Located<String>]
  package var accounts: [AccountBinding]
  /// Further sets of accounts: every scenario is run once on each.
  package var pairs: [AccountPair]
  package var principals: [PrincipalBinding]
  /// Names of scenarios that are resources which are already there.
  package var names: [NameBinding]
  package var allowedAccounts: [Located<String>] { didSet { allowedIDs = Set(allowedAccounts.map(\.value)) } }
  package var blockedAccounts: [Located<String>] { didSet { blockedIDs = Set(blockedAccounts.map(\.value)) } }
  /// What is looked up for every account of thousands.
  private(set) var allowedIDs: Set<String> = []
  private(set) var blockedIDs: Set<String> = []
  /// How long an answer may take to become true where a step does not say it.
  package var within: Located<DurationValue>?
  /// How often in a row a refusal must be seen where a step does not say it.
  package var stable: Located<Int>?
  package var clock: Clock
  package var range: SourceRange

  package init(name: Located<String>, kind: Kind, range: SourceRange) {
    self.name = name
    self.kind = kind
    self.range = range
    endpointURLs = [:]
    accounts = []
    pairs = []
    principals = []
    names = []
    allowedAccounts = []
    blockedAccounts = []
    clock = .fixed
  }

  /// What stands behind one account of a scenario.
  package struct AccountBinding: Sendable {
    /// The scenario's name for it.
    package var name: Located<String>
    /// Twelve digits; asked for with GetCallerIdentity before anything is written.
    package var id: Located<String>
    package var region: Located<String>?
    package var credentials: CredentialBinding?

    package init(name: Located<String>, id: Located<String>) {
      self.name = name
      self.id = id
    }
  }

  /// A set of accounts that a scenario is run on.
  package struct AccountPair: Sendable {
    package var accounts: [AccountBinding]

    package init(accounts: [AccountBinding]) { self.accounts = accounts }

    /// The accounts' ids, for reports and as the name of a folder.
    package var title: String { accounts.map(\.id.value).joined(separator: "-") }
  }

  package struct PrincipalBinding: Sendable {
    package var name: Located<String>
    package var credentials: CredentialBinding

    package init(name: Located<String>, credentials: CredentialBinding) {
      self.name = name
      self.credentials = credentials
    }
  }

  package struct NameBinding: Sendable {
    /// The key among a scenario's names.
    package var key: Located<String>
    package var value: Located<String>

    package init(key: Located<String>, value: Located<String>) {
      self.key = key
      self.value = value
    }
  }

  /// Where credentials come from. Nothing else is tried where it has none.
  package enum CredentialBinding: Sendable, Hashable {
    /// A profile of the AWS CLI's configuration.
    case profile(Located<String>)
    /// Environment variables of these names.
    case environment(accessKeyID: Located<String>, secretAccessKey: Located<String>, sessionToken: Located<String>?)
  }
}
