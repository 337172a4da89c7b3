package import FoundationEssentials
package import Scenario
package import SigV4

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Turns a target's credential source into credentials. Nothing else is tried where the source has none.
package protocol BindingResolver: Sendable {
  /// - Throws: why there are none, with what to do about it.
  func credentials(from source: TargetDefinition.CredentialBinding) throws(Problem) -> BoundCredentials
  /// The region that the source's configuration names; `nil` where it names none, or cannot be read, which asking for its
  /// credentials tells of.
  func region(of source: TargetDefinition.CredentialBinding?) -> String?
  /// The endpoint that the source's configuration puts in place of one of AWS's own, and where that stands; `nil` where there
  /// is none.
  func endpointOverride(of source: TargetDefinition.CredentialBinding) -> (url: String, place: String)?
}

extension BindingResolver {
  package func region(of source: TargetDefinition.CredentialBinding?) -> String? { nil }
  package func endpointOverride(of source: TargetDefinition.CredentialBinding) -> (url: String, place: String)? { nil }
}

/// Credentials, and where they came from.
package struct BoundCredentials: Sendable {
  package var credentials: Credentials
  /// For people: `environment variables A_KEY and A_SECRET`.
  package var source: String
  /// When they end; `nil` where they do not, or nobody knows.
  package var expiration: Date?

  package init(credentials: Credentials, source: String, expiration: Date? = nil) {
    self.credentials = credentials
    self.source = source
    self.expiration = expiration
  }
}

/// Credentials in environment variables that a target names, and no others: ``ProfileBindings`` reads profiles as well.
package struct EnvironmentBindings: BindingResolver {
  private let variable: @Sendable (String) -> String?

  package init(variable: @escaping @Sendable (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
    self.variable = variable
  }

  package func credentials(
    from source: TargetDefinition.CredentialBinding
  ) throws(Problem) -> BoundCredentials {
    switch source {
    case .environment(let key, let secret, let token):
      let credentials = Credentials(
        accessKeyID: try value(key), secretAccessKey: Secret(try value(secret)),
        sessionToken: try token.map { name throws(Problem) in Secret(try value(name)) })
      return BoundCredentials(
        credentials: credentials, source: "the environment variables \(key.value) and \(secret.value)")
    case .profile(let name):
      throw Problem("only environment variables are read here, and no profile such as '\(name.value)'", at: name.range)
    }
  }

  private func value(_ name: Located<String>) throws(Problem) -> String {
    guard let value = variable(name.value), !value.isEmpty else {
      throw Problem("the environment variable \(name.value) is not set", at: name.range)
    }
    return value
  }
}
