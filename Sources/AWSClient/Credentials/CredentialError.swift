/// Why there are no credentials, or not the ones that were asked for.
package struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    /// Nothing that could give credentials does.
    case none
    /// The profile, or one that it refers to, does not exist.
    case unknownProfile
    /// Something that belongs to what is there is missing: a secret key behind an access key.
    case incomplete
    /// The configuration contradicts itself, or says what cannot be.
    case invalidConfiguration
    /// Profiles refer to each other in a circle.
    case cycle
    /// A file cannot be read, or is not of its form.
    case unreadableFile
    /// A program did not give credentials.
    case process
    /// A session has to be renewed by its user.
    case expired
    /// A second factor is needed, and nobody can be asked for it.
    case secondFactor
    /// AWS answered with an error, of this code.
    case refused(code: String)
    /// No answer came that can be understood.
    case noAnswer
  }

  package var kind: Kind
  /// What is wrong, without its place.
  package var message: String
  /// Where in the configuration it is.
  package var place: ConfigurationPlace?
  /// The command that mends it.
  package var remedy: String?

  package init(_ kind: Kind, _ message: String, at place: ConfigurationPlace? = nil, remedy: String? = nil) {
    self.kind = kind
    self.message = message
    self.place = place
    self.remedy = remedy
  }

  /// The message with its place before it and the remedy behind it.
  package var description: String {
    (place.map { "\($0): " } ?? "") + message + (remedy.map { "; run: \($0)" } ?? "")
  }
}
