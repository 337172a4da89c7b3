/// The kinds of identity that IAM knows in an account.
package enum EntityKind: String, Sendable, Hashable, Codable {
  case user, group, role

  /// As error messages of IAM begin with it: `The user with name X cannot be found.`
  var noun: String { rawValue }

  /// As messages about a name that is taken begin: `User with name X already exists.`
  var capitalizedNoun: String {
    switch self {
    case .user: "User"
    case .group: "Group"
    case .role: "Role"
    }
  }
}

/// Where an entity stands: what its unique id leads to, whatever it is called at the moment.
package struct EntityReference: Sendable, Hashable, Codable {
  package var kind: EntityKind
  package var accountID: String
  package var name: NameKey

  package init(kind: EntityKind, accountID: String, name: NameKey) {
    self.kind = kind
    self.accountID = accountID
    self.name = name
  }
}
