import AWSAPI
import Federation
import FoundationEssentials
import IAMPolicy
import JSON

/// A web identity token, held against the OpenID Connect provider that the role's account has registered for its issuer.
///
/// Sources: API reference, AssumeRoleWithWebIdentity; IAM User Guide, "Create an OpenID Connect identity provider",
/// "OIDC federation condition keys", "Pass session tags in AWS STS".
struct WebIdentity {
  private static let tagsClaim = "https://aws.amazon.com/tags"
  private static let sourceIdentityClaim = "https://aws.amazon.com/source_identity"
  /// How far an issuer's clock may be ahead, in seconds. AWS does not document its own tolerance.
  private static let clockSkew = 300
  /// The claims of some issuers that a trust policy sees besides, and no session ("AWS STS now supports validation of select
  /// identity provider specific claims from Google, GitHub, CircleCI and OCI", January 2026).
  private static let furtherClaims = [
    "token.actions.githubusercontent.com": [
      "actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref", "ref", "repository", "repository_id",
      "workflow",
    ]
  ]
  /// A token is accepted for this long behind its making, whatever end it says, in seconds.
  private static let longestLife = 86_400

  private let provider: OpenIDConnectProvider
  private let token: JSONWebToken

  /// - Parameter accountID: that of the role.
  static func identity(
    of call: Call, in state: EmulatorState, accountID: String
  ) throws(AWSError) -> FederatedIdentity {
    guard call.string("ProviderId") == nil else {
      // It is for the OAuth 2.0 access tokens of Login with Amazon and Facebook, whose servers would have to be asked.
      throw .invalidIdentityToken("The ProviderId parameter is not accepted with an OpenID Connect ID token")
    }
    let text = try call.required("WebIdentityToken")
    let identity = try WebIdentity(text, in: state, accountID: accountID)
    try identity.checkTimes(now: call.now)
    return try identity.federated()
  }

  private init(_ text: String, in state: EmulatorState, accountID: String) throws(AWSError) {
    let unverified: UnverifiedToken
    do throws(FederationError) {
      unverified = try UnverifiedToken(parsing: text)
    } catch {
      throw .invalidIdentityToken(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
    }
    guard let issuer = unverified.claimedIssuer else { throw Self.missing("iss") }
    let provider = state.accounts[accountID]?.openIDConnectProviders.first { "https://" + $0.value.url == issuer }?
      .value
    guard let provider else {
      throw .invalidIdentityToken("No OpenIDConnect provider found in your account for \(issuer)")
    }
    guard let keys = state.issuers?[issuer] else {
      throw AWSError(
        "IDPCommunicationError",
        "The identity provider \(issuer) cannot be reached: the emulator was given no keys of it",
        status: 400)
    }
    do throws(FederationError) {
      token = try unverified.verified(by: keys)
    } catch {
      throw .invalidIdentityToken(
        error.kind == .unknownKey
          ? "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity "
            + "documentation for requirements" : "The token could not be validated: \(error.message)")
    }
    self.provider = provider
  }

  private static func missing(_ claim: String) -> AWSError {
    .invalidIdentityToken("Missing a required claim: \(claim)")
  }

  private func checkTimes(now: Date) throws(AWSError) {
    let now = Int(now.timeIntervalSince1970)
    guard let end = token.seconds("exp") else { throw Self.missing("exp") }
    guard let start = token.seconds("iat") else { throw Self.missing("iat") }
    guard now < end else {
      throw .expiredIdentityToken(
        "Token expired: current date/time \(now) must be before the expiration date/time \(end)")
    }
    guard now - start <= Self.longestLife else { throw .expiredIdentityToken("Token too old: \(now - start)") }
    guard max(start, token.seconds("nbf") ?? start) <= now + Self.clockSkew else {
      throw .invalidIdentityToken("The token is not valid yet")
    }
  }

  private func federated() throws(AWSError) -> FederatedIdentity {
    guard let subject = token["sub"] else { throw Self.missing("sub") }
    let audiences = token.texts("aud")
    guard !audiences.isEmpty else { throw Self.missing("aud") }
    // Where the token is made for one of its audiences, that one counts.
    let party = token["azp"]
    guard let audience = (party.map { [$0] } ?? audiences).first(where: provider.clientIDs.contains) else {
      throw .invalidIdentityToken("Incorrect token audience")
    }
    var identity = FederatedIdentity(provider: provider.arn)
    identity.context = [key("aud", [audience]), key("sub", [subject])]
    let methods = token.texts("amr")
    if !methods.isEmpty { identity.context.append(key("amr", methods)) }
    identity.sessionContext = identity.context + [.init("aws:FederatedProvider", provider.arn)]
    // "The Google ID Token aud field value matches both the accounts.google.com:aud and the accounts.google.com:oaud condition key
    // values" where there is no `azp` ("IAM and AWS STS condition context keys").
    identity.context.append(key("oaud", audiences))
    for claim in Self.furtherClaims[provider.url] ?? [] {
      let values = token.texts(claim)
      if !values.isEmpty { identity.context.append(key(claim, values)) }
    }
    try addTags(to: &identity)
    if let source = token[Self.sourceIdentityClaim] {
      guard SessionNames.isWellFormed(source) else {
        throw .invalidIdentityToken("The source identity of the token must match [a-zA-Z_0-9+=,.@-]{2,64}")
      }
      identity.sourceIdentity = source
    }
    identity.answer = [
      "SubjectFromWebIdentityToken": .string(subject), "Audience": .string(audience),
      "Provider": .string("https://" + provider.url),
    ]
    return identity
  }

  /// A condition key of the issuer: its URL without the scheme, and the claim.
  private func key(_ claim: String, _ values: [String]) -> Permission.ContextValue {
    Permission.ContextValue("\(provider.url):\(claim)", values)
  }

  /// Tags stand in one claim with an object for all of them, or each in a claim of its own.
  private func addTags(to identity: inout FederatedIdentity) throws(AWSError) {
    if let nested = token.claims[Self.tagsClaim] {
      for member in nested["principal_tags"]?.object ?? [] { try identity.addTag(member.name, member.value) }
      identity.tags.transitiveKeys = nested["transitive_tag_keys"]?.array?.compactMap(\.string) ?? []
    }
    let prefix = Self.tagsClaim + "/principal_tags/"
    for member in token.claims.object ?? [] where member.name.hasPrefix(prefix) {
      try identity.addTag(String(member.name.dropFirst(prefix.count)), member.value)
    }
    identity.tags.transitiveKeys += token.texts(Self.tagsClaim + "/transitive_tag_keys")
    try identity.checkTags()
  }
}

extension FederatedIdentity {
  /// A tag as a token has it: a text, or a list with one.
  fileprivate mutating func addTag(_ key: String, _ value: JSONValue) throws(AWSError) {
    guard let text = value.string ?? (value.array?.count == 1 ? value.array?.first?.string : nil) else {
      throw .invalidIdentityToken("The session tag \(key) of the token has not one value")
    }
    tags.list.append(Tag(key: key, value: text))
  }
}
