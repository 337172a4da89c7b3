package import FoundationEssentials

/// A managed policy: of the account, or of AWS.
package struct ManagedPolicy: Sendable, Codable {
  package var identity: EntityIdentity
  package var description: String?
  package var updateDate: Date
  package var tags: [Tag] = []
  /// In the order they were made.
  package var versions: [Version]
  package var defaultVersion: Int
  /// Numbers are not used again when a version is deleted.
  package var nextVersion: Int

  package struct Version: Sendable, Codable {
    package var number: Int
    package var createDate: Date
    package var policy: StoredPolicy

    package init(number: Int, createDate: Date, policy: StoredPolicy) {
      self.number = number
      self.createDate = createDate
      self.policy = policy
    }

    package var id: String { "v\(number)" }
  }

  package init(identity: EntityIdentity, description: String?, policy: StoredPolicy) {
    self.identity = identity
    self.description = description
    updateDate = identity.createDate
    versions = [Version(number: 1, createDate: identity.createDate, policy: policy)]
    defaultVersion = 1
    nextVersion = 2
  }

  /// The version that is in force.
  package var effective: Version? { versions.first { $0.number == defaultVersion } }

  /// The version that AWS calls `id`, `v3`.
  package func version(_ id: String) -> Version? { versions.first { $0.id == id } }
}

/// Who uses a managed policy in an account, by unique id.
package struct PolicyUsage: Sendable, Codable {
  package var attached: SortedMap<UTF8Key, EntityKind> = [:]
  package var bounded: SortedMap<UTF8Key, EntityKind> = [:]

  package init() {}

  package var isEmpty: Bool { attached.isEmpty && bounded.isEmpty }
}
