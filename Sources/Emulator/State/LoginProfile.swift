package import FoundationEssentials
package import SigV4

/// A user's password for the console.
package struct LoginProfile: Sendable, Codable {
  package var password: Secret
  package var createDate: Date
  /// Whether the user must choose a new password at the next sign-in.
  package var isResetRequired: Bool

  package init(password: Secret, createDate: Date, isResetRequired: Bool) {
    self.password = password
    self.createDate = createDate
    self.isResetRequired = isResetRequired
  }
}
