/// Why what an identity provider is said to have made is not accepted.
package struct FederationError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    /// It is not of the form that it should be.
    case malformed
    /// It is signed in a way that is not accepted, or not at all.
    case unsupportedAlgorithm
    /// None of the provider's keys can have signed it.
    case unknownKey
    /// The signature is not that of what was signed.
    case wrongSignature
  }

  package var kind: Kind
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}
