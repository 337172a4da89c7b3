package import FoundationEssentials
package import SigV4

/// A key that requests are signed with.
package struct Credential: Sendable, Codable {
  package var accessKeyID: String
  package var secretAccessKey: Secret
  package var accountID: String
  package var owner: Owner
  package var createDate: Date
  /// Whether a long-term key may be used.
  package var isActive = true
  /// What temporary credentials have besides.
  package var session: Session?

  /// Whose requests the key signs.
  package enum Owner: Sendable, Hashable, Codable {
    /// The account's root user.
    case root
    /// A user, by its unique id.
    case user(id: String)
    /// A role's session, by the role's unique id.
    case role(id: String)
    /// A federated user, made by the user with this unique id, or by the root user (`nil`).
    case federatedUser(name: String, by: String?)
  }

  package init(accessKeyID: String, secretAccessKey: Secret, accountID: String, owner: Owner, createDate: Date) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.accountID = accountID
    self.owner = owner
    self.createDate = createDate
  }
}

/// What STS gave with temporary credentials.
package struct Session: Sendable, Codable {
  package var token: Secret
  package var expiration: Date
  /// `RoleSessionName`, or the name of the federated user.
  package var name: String?
  /// The inline session policy.
  package var policy: StoredPolicy?
  /// The ARNs of the managed session policies.
  package var policyArns: [String] = []
  package var tags: [Tag] = []
  /// Those tags that go on to the sessions made from this one.
  package var transitiveTagKeys: [String] = []
  package var sourceIdentity: String?
  /// When the user proved a second factor, where it did.
  package var mfaAuthenticationDate: Date?
  /// Context keys that came with the session (those of a web identity or a SAML assertion).
  package var context: [Permission.ContextValue] = []

  package init(token: Secret, expiration: Date) {
    self.token = token
    self.expiration = expiration
  }
}

/// When and for what a key was used last.
package struct CredentialUsage: Sendable, Hashable, Codable {
  package var date: Date
  package var service: String
  package var region: String

  package init(date: Date, service: String, region: String) {
    self.date = date
    self.service = service
    self.region = region
  }
}
