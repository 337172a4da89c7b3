import FoundationEssentials

extension CredentialResolver {
  /// What carries out a recipe.
  /// - Parameter region: where STS is called.
  func source(of recipe: CredentialRecipe, region: String) -> any CredentialSource {
    let surroundings = surroundings
    let calls = SecurityTokenCalls(surroundings: surroundings, region: region)
    switch recipe {
    case .keys(let resolved):
      guard let expiration = resolved.expiration else { return FixedCredentialSource(resolved) }
      return refreshing { () throws(CredentialError) in
        guard expiration > surroundings.now() else {
          throw CredentialError(
            .expired, "the credentials ended at \(expiration.formatted(.iso8601)): \(resolved.origin)")
        }
        return resolved
      }
    case .role(let role, let base):
      let base = source(of: base, region: region)
      return refreshing { () throws(CredentialError) in try calls.assume(role, with: base.credentials()) }
    case .webIdentity(let role):
      return refreshing { () throws(CredentialError) in try calls.assume(role) }
    case .process(let process):
      return refreshing { () throws(CredentialError) in try process.run(surroundings) }
    case .session(let session):
      return refreshing { () throws(CredentialError) in try session.export(surroundings) }
    case .container(let container):
      return refreshing { () throws(CredentialError) in try container.fetch(surroundings) }
    case .instance(let instance):
      return refreshing { () throws(CredentialError) in try instance.fetch(surroundings) }
    }
  }

  private func refreshing(_ fetch: @escaping RefreshingCredentialSource.Fetch) -> any CredentialSource {
    RefreshingCredentialSource(now: surroundings.now, fetch: fetch)
  }
}
