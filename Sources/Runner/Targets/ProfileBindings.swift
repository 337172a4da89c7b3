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
    let source = try CredentialResolver(surroundings).source(profile: profile)
    sources.withLock { $0[profile] = source }
    return source
  }
}
