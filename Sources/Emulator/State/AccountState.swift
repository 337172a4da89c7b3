package import FoundationEssentials
import SigV4

/// One AWS account. All of it lies in a box, as ``EmulatorState`` does: every request looks at its account more than once.
package struct AccountState: Sendable {
  private var contents: Shared<Contents>

  private struct Contents: Sendable, Codable {
    var id: String
    var users: SortedMap<NameKey, User> = [:]
    var groups: SortedMap<NameKey, Group> = [:]
    var roles: SortedMap<NameKey, Role> = [:]
    var policies: SortedMap<NameKey, ManagedPolicy> = [:]
    var policyUsage: SortedMap<UTF8Key, PolicyUsage> = [:]
    var instanceProfiles: SortedMap<NameKey, InstanceProfile> = [:]
    var mfaDevices: SortedMap<UTF8Key, MFADevice> = [:]
    var openIDConnectProviders: SortedMap<UTF8Key, OpenIDConnectProvider> = [:]
    var samlProviders: SortedMap<UTF8Key, SAMLProvider> = [:]
    var deletionTasks: SortedMap<UTF8Key, String> = [:]
    var alias: String?
    var rootKey: String?
    var rootAccessKeys: [String] = []
    var administrator: NameKey?
    var createDate: Date
    var canonicalUserID: String
  }

  package init(id: String, createDate: Date) {
    contents = Shared(
      Contents(
        id: id, createDate: createDate,
        canonicalUserID: CryptoBytes.hex(DigestAlgorithm.sha256.digest("canonical user of \(id)".utf8))))
  }

  package var id: String { contents.value.id }

  package var createDate: Date { contents.value.createDate }

  /// The id by which S3 knows the account: 64 hexadecimal digits.
  package var canonicalUserID: String { contents.value.canonicalUserID }

  package var rootArn: String { "arn:aws:iam::\(id):root" }

  /// The ARN of an IAM resource of this account.
  package func arn(_ type: String, path: String, name: String) -> String {
    "arn:aws:iam::\(id):\(type)\(path)\(name)"
  }

  /// The number of entities of a kind that count, without the administrator of the emulator's own.
  package func count<E: IAMEntity>(of: E.Type) -> Int {
    self[keyPath: E.collection].count - (E.kind == .user && administrator != nil ? 1 : 0)
  }
}

// What changes.
extension AccountState {
  package var users: SortedMap<NameKey, User> {
    _read { yield contents.value.users }
    _modify { yield &contents.value.users }
  }

  package var groups: SortedMap<NameKey, Group> {
    _read { yield contents.value.groups }
    _modify { yield &contents.value.groups }
  }

  package var roles: SortedMap<NameKey, Role> {
    _read { yield contents.value.roles }
    _modify { yield &contents.value.roles }
  }

  /// The account's own managed policies.
  package var policies: SortedMap<NameKey, ManagedPolicy> {
    _read { yield contents.value.policies }
    _modify { yield &contents.value.policies }
  }

  /// Who uses which managed policy, AWS's among them, by ARN.
  package var policyUsage: SortedMap<UTF8Key, PolicyUsage> {
    _read { yield contents.value.policyUsage }
    _modify { yield &contents.value.policyUsage }
  }

  package var instanceProfiles: SortedMap<NameKey, InstanceProfile> {
    _read { yield contents.value.instanceProfiles }
    _modify { yield &contents.value.instanceProfiles }
  }

  /// By their serial numbers, which are their ARNs.
  package var mfaDevices: SortedMap<UTF8Key, MFADevice> {
    _read { yield contents.value.mfaDevices }
    _modify { yield &contents.value.mfaDevices }
  }

  /// By their ARNs.
  package var openIDConnectProviders: SortedMap<UTF8Key, OpenIDConnectProvider> {
    _read { yield contents.value.openIDConnectProviders }
    _modify { yield &contents.value.openIDConnectProviders }
  }

  /// By their ARNs.
  package var samlProviders: SortedMap<UTF8Key, SAMLProvider> {
    _read { yield contents.value.samlProviders }
    _modify { yield &contents.value.samlProviders }
  }

  /// Service-linked roles that were deleted, by the task's id.
  package var deletionTasks: SortedMap<UTF8Key, String> {
    _read { yield contents.value.deletionTasks }
    _modify { yield &contents.value.deletionTasks }
  }

  /// The name that the account's sign-in page has besides its id.
  package var alias: String? {
    _read { yield contents.value.alias }
    _modify { yield &contents.value.alias }
  }

  /// The root user's key that the emulator gave the account; no list shows it.
  package var rootKey: String? {
    _read { yield contents.value.rootKey }
    _modify { yield &contents.value.rootKey }
  }

  /// The root user's own keys, in the order they were made.
  package var rootAccessKeys: [String] {
    _read { yield contents.value.rootAccessKeys }
    _modify { yield &contents.value.rootAccessKeys }
  }

  /// The name of the user that the emulator gave the account to be run by.
  package var administrator: NameKey? {
    _read { yield contents.value.administrator }
    _modify { yield &contents.value.administrator }
  }
}

extension AccountState: Codable {
  package init(from decoder: any Decoder) throws { contents = try Shared(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try contents.encode(to: encoder) }
}
