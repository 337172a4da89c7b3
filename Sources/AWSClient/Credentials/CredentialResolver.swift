import AWSAPI
import SigV4

/// Finds out where credentials come from, in the order of the AWS CLI:
/// 1. the environment's keys, unless a profile is named explicitly;
/// 2. a role of the profile, assumed with what its `source_profile` or `credential_source` gives;
/// 3. a web identity token, single sign-on, keys in the credentials file, a console sign-in, `credential_process`, keys in the
///    config file;
/// 4. the container's credentials, the instance's.
///
/// What is there and not right is an error. Nothing is passed over because it failed.
///
/// Source: the AWS CLI User Guide, "Configuration and credential precedence", and botocore, which carries the AWS CLI.
package struct CredentialResolver: Sendable {
  package let surroundings: CredentialSurroundings
  let shared: SharedConfiguration

  /// Reads the user's configuration.
  /// - Throws: ``CredentialError/Kind/unreadableFile`` where a file is not of its form.
  package init(_ surroundings: CredentialSurroundings) throws(CredentialError) {
    self.surroundings = surroundings
    shared = try SharedConfiguration.load(surroundings)
  }

  /// What gives credentials. Nothing is fetched before they are asked for.
  /// - Parameter profile: as `--profile` names it, which the environment's keys do not outweigh; `nil` for what the environment
  ///   says, or else the profile `default`.
  package func source(profile: String? = nil) throws(CredentialError) -> any CredentialSource {
    try source(of: recipe(profile: profile), region: region(profile: profile)?.value ?? Self.fallbackRegion)
  }

  /// Where STS is called if nothing names a region.
  static let fallbackRegion = "us-east-1"

  /// The profile that counts: the one that is named, here or by the environment, or `nil` for `default`.
  func profileName(_ explicit: String?) throws(CredentialError) -> String? {
    if let explicit { return explicit }
    let names = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].compactMap(surroundings.variable)
    guard Set(names).count <= 1 else {
      // Which of them counts differs between AWS's tools.
      throw CredentialError(
        .invalidConfiguration, "AWS_PROFILE (\(names[0])) and AWS_DEFAULT_PROFILE (\(names[1])) name different profiles"
      )
    }
    return names.first
  }

  /// The settings of the profile that counts; `nil` where none is named and there is no `default`.
  func profile(_ explicit: String?) throws(CredentialError) -> SharedConfiguration.Profile? {
    guard let name = try profileName(explicit) else { return shared.profiles["default"] }
    return try shared.profile(name)
  }

  func recipe(profile explicit: String?) throws(CredentialError) -> CredentialRecipe {
    let profile = try profile(explicit)
    if explicit == nil, let keys = try environmentKeys() { return keys }
    if let profile, profile.isRole { return try roleRecipe(profile, visited: [profile.name]) }
    if let recipe = try ownRecipe(of: profile, usesEnvironment: explicit == nil) { return recipe }
    if let container = try containerRecipe() { return container }
    if let instance = try instanceRecipe(profile) { return instance }
    throw CredentialError(.none, nothingFound(profile, explicit: explicit))
  }

  private func nothingFound(_ profile: SharedConfiguration.Profile?, explicit: String?) -> String {
    let files = "\(shared.configFile) and \(shared.credentialsFile)"
    let inProfile =
      profile.map { "profile \($0.name) (\($0.place)) names none" } ?? "\(files) have no profile default"
    let inEnvironment = explicit == nil ? "AWS_ACCESS_KEY_ID is not set, " : ""
    return "there are no credentials: \(inEnvironment)\(inProfile), no container gives any, "
      + "and AWS_EC2_METADATA_DISABLED keeps the instance from being asked"
  }

  /// The keys in the environment; `nil` where there are none.
  func environmentKeys() throws(CredentialError) -> CredentialRecipe? {
    guard let id = surroundings.variable("AWS_ACCESS_KEY_ID") else { return nil }
    guard let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY") else {
      throw CredentialError(.incomplete, "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not")
    }
    let token = surroundings.variable("AWS_SECURITY_TOKEN") ?? surroundings.variable("AWS_SESSION_TOKEN")
    var resolved = ResolvedCredentials(
      Credentials(accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: token.map { Secret($0) }),
      origin: CredentialOrigin(.environment))
    if let text = surroundings.variable("AWS_CREDENTIAL_EXPIRATION") {
      guard let date = AWSTimestamp.date(text) else {
        throw CredentialError(.invalidConfiguration, "AWS_CREDENTIAL_EXPIRATION is not a time: \(text)")
      }
      guard date > surroundings.now() else {
        throw CredentialError(.expired, "the environment's credentials ended at \(text)")
      }
      resolved.expiration = date
    }
    return .keys(resolved)
  }
}
