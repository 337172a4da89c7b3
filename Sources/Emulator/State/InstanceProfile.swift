/// What hands a role to an EC2 instance.
package struct InstanceProfile: Sendable, Codable {
  package var identity: EntityIdentity
  /// The unique ids of its roles; IAM allows one.
  package var roles: [String] = []
  package var tags: [Tag] = []

  package init(identity: EntityIdentity) {
    self.identity = identity
  }
}
