package import FoundationEssentials
import SigV4

/// One AWS account.
package struct AccountState: Sendable, Codable {
  package var id: String
  package var users: SortedMap<NameKey, User> = [:]
  package var groups: SortedMap<NameKey, Group> = [:]
  package var roles: SortedMap<NameKey, Role> = [:]
  /// The account's own managed policies.
  package var policies: SortedMap<NameKey, ManagedPolicy> = [:]
  /// Who uses which managed policy, AWS's among them, by ARN.
  package var policyUsage: SortedMap<UTF8Key, PolicyUsage> = [:]
  package var instanceProfiles: SortedMap<NameKey, InstanceProfile> = [:]
  /// By their serial numbers, which are their ARNs.
  package var mfaDevices: SortedMap<UTF8Key, MFADevice> = [:]
  /// By their ARNs.
  package var openIDConnectProviders: SortedMap<UTF8Key, OpenIDConnectProvider> = [:]
  /// By their ARNs.
  package var samlProviders: SortedMap<UTF8Key, SAMLProvider> = [:]
  /// Service-linked roles that were deleted, by the task's id.
  package var deletionTasks: SortedMap<UTF8Key, String> = [:]
  /// The name that the account's sign-in page has besides its id.
  package var alias: String?
  /// The root user's key that the emulator gave the account; no list shows it.
  package var rootKey: String?
  /// The root user's own keys, in the order they were made.
  package var rootAccessKeys: [String] = []
  /// The name of the user that the emulator gave the account to be run by.
  package var administrator: NameKey?
  package var createDate: Date
  /// The id by which S3 knows the account: 64 hexadecimal digits.
  package let canonicalUserID: String

  package init(id: String, createDate: Date) {
    self.id = id
    self.createDate = createDate
    canonicalUserID = CryptoBytes.hex(DigestAlgorithm.sha256.digest("canonical user of \(id)".utf8))
  }

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
