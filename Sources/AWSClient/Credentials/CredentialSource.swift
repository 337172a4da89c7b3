/// What credentials are asked of, again for each call: it answers with ones that still hold.
package protocol CredentialSource: Sendable {
  /// The credentials to sign with now. May block while they are fetched or renewed, and may be asked by many threads.
  func credentials() throws(CredentialError) -> ResolvedCredentials
}

/// Credentials that are what they are.
package struct FixedCredentialSource: CredentialSource {
  private let resolved: ResolvedCredentials

  package init(_ resolved: ResolvedCredentials) { self.resolved = resolved }

  package func credentials() -> ResolvedCredentials { resolved }
}
