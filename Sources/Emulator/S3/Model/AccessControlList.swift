/// Grants besides the owner's rights, from the time before policies.
struct AccessControlList: Sendable, Hashable, Codable {
  /// The account that owns the bucket or object.
  var owner: String
  var grants: [Grant]

  struct Grant: Sendable, Hashable, Codable {
    var grantee: Grantee
    var permission: Permission
  }

  enum Grantee: Sendable, Hashable, Codable {
    /// An account, by its twelve digits; on the wire it is its canonical user id.
    case account(String)
    /// A canonical user id that no account of the emulator has.
    case canonicalUser(String)
    case group(Group)
  }

  enum Group: String, Sendable, Hashable, Codable {
    case allUsers = "http://acs.amazonaws.com/groups/global/AllUsers"
    case authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
    case logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery"

    /// Whether S3 Block Public Access counts a grant to the group as public.
    var isPublic: Bool { self != .logDelivery }
  }

  enum Permission: String, Sendable, Hashable, Codable {
    case fullControl = "FULL_CONTROL"
    case write = "WRITE"
    case writeACP = "WRITE_ACP"
    case read = "READ"
    case readACP = "READ_ACP"
  }

  /// The list that stands where nothing else was asked for: everything to the owner.
  static func ownerOnly(_ owner: String) -> AccessControlList {
    AccessControlList(owner: owner, grants: [Grant(grantee: .account(owner), permission: .fullControl)])
  }

  /// Whether some grant is to everyone, or to everyone with an AWS account.
  var isPublic: Bool {
    grants.contains { if case .group(let group) = $0.grantee { group.isPublic } else { false } }
  }
}
