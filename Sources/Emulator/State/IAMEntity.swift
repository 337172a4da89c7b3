package import FoundationEssentials
package import IAMPolicy

/// What users, groups and roles have in common: a name below a path, an id that is never used again, and policies.
package protocol IAMEntity: Sendable, Codable {
  static var kind: EntityKind { get }
  /// The request parameter that names one, `UserName`.
  static var nameParameter: String { get }
  /// Where an account keeps them.
  static var collection: any WritableKeyPath<AccountState, SortedMap<NameKey, Self>> & Sendable { get }
  /// What its inline policies are written as, which says how large they may be together.
  static var inlinePolicyType: PolicyType { get }
  /// The quota's name and value for managed policies that are attached to one.
  static var attachedPolicyQuota: Quota { get }

  var identity: EntityIdentity { get set }
  var inlinePolicies: SortedMap<NameKey, InlinePolicy> { get set }
  /// The ARNs of the managed policies, in the order they were attached.
  var attachedPolicies: [String] { get set }
  /// Why the entity may not be changed by its account, where it may not.
  var protection: Protection? { get }
}

extension IAMEntity {
  package var protection: Protection? { nil }
  package var key: NameKey { NameKey(identity.name) }
}

/// The name, the place and the unique id of something that IAM keeps.
package struct EntityIdentity: Sendable, Hashable, Codable {
  package var name: String
  /// `/`, or `/…/`.
  package var path: String
  /// `AIDA…`, `AROA…`: never used again, even when the name is.
  package var id: String
  package var arn: String
  package var createDate: Date

  package init(name: String, path: String, id: String, arn: String, createDate: Date) {
    self.name = name
    self.path = path
    self.id = id
    self.arn = arn
    self.createDate = createDate
  }
}

/// A policy that belongs to one entity and has no ARN.
package struct InlinePolicy: Sendable, Codable {
  package var name: String
  package var policy: StoredPolicy

  package init(name: String, policy: StoredPolicy) {
    self.name = name
    self.policy = policy
  }
}

/// Who alone may change an entity.
package enum Protection: Sendable, Hashable, Codable {
  /// A service-linked role, which its service changes.
  case service
  /// The administrator that the emulator gives every account.
  case emulator
}

/// A key and a value that the owner of a resource attaches to it.
package struct Tag: Sendable, Hashable, Codable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}
