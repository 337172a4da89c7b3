import AWSAPI
package import AWSClient
import FoundationEssentials
package import Scenario
import Synchronization

/// Credentials of profiles, found as the AWS CLI finds them, and of environment variables that a target names.
package final class ProfileBindings: BindingResolver {
  private let surroundings: CredentialSurroundings
  private let environment: EnvironmentBindings
  /// A source renews its credentials itself, so it is kept.
  private let sources = Mutex<[String: any CredentialSource]>([:])
  /// The user's configuration is read once, however many profiles a target names.
  private let resolver = Mutex<CredentialResolver?>(nil)

  package init(_ surroundings: CredentialSurroundings) {
    self.surroundings = surroundings
    environment = EnvironmentBindings { surroundings.environment[$0] }
  }

  package func credentials(from source: TargetDefinition.CredentialBinding) throws(Problem) -> BoundCredentials {
    guard case .profile(let name) = source else { return try environment.credentials(from: source) }
    do throws(CredentialError) {
      let resolved = try self.source(name.value).credentials()
      return BoundCredentials(
        credentials: resolved.credentials, source: resolved.origin.description, expiration: resolved.expiration)
    } catch {
      throw Problem(
        "profile '\(name.value)': \(error.message)", at: name.range,
        notes: [error.place.map { Diagnostic.Note("\($0)") }, error.remedy.map { Diagnostic.Note($0) }].compactMap {
          $0
        })
    }
  }

  private func source(_ profile: String) throws(CredentialError) -> any CredentialSource {
    if let known = sources.withLock({ $0[profile] }) { return known }
    let source = try knownResolver().source(profile: profile)
    return sources.withLock { sources in
      // Whoever comes second uses what the first one made: what a source has fetched is fetched once.
      if let known = sources[profile] { return known }
      sources[profile] = source
      return source
    }
  }

  private func knownResolver() throws(CredentialError) -> CredentialResolver {
    if let known = resolver.withLock({ $0 }) { return known }
    let made = try CredentialResolver(surroundings)
    resolver.withLock { $0 = made }
    return made
  }

  /// As the AWS CLI finds it: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's own.
  package func region(of source: TargetDefinition.CredentialBinding?) -> String? {
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
      if let value = surroundings.environment[name], !value.isEmpty { return value }
    }
    guard case .profile(let name)? = source else { return nil }
    return (try? knownResolver().region(profile: name.value))?.value
  }

  package func endpointOverride(of source: TargetDefinition.CredentialBinding) -> (url: String, place: String)? {
    guard case .profile(let name) = source else { return nil }
    for service in Service.allCases {
      if let setting = (try? knownResolver().endpointURL(of: service, profile: name.value)) ?? nil {
        return (setting.value, setting.origin)
      }
    }
    return nil
  }
}
