import AWSAPI
import Federation
import FoundationEssentials
import IAMPolicy
import SigV4

/// A SAML assertion, held against the provider that the role's account has registered.
///
/// Sources: IAM User Guide, "Configure SAML assertions for the authentication response", "SAML-based federation condition keys",
/// "Troubleshoot SAML federation"; API reference, AssumeRoleWithSAML.
struct SAMLIdentity {
  private static let attributes = "https://aws.amazon.com/SAML/Attributes/"
  private static let audiences: Set<String> = ["https://signin.aws.amazon.com/saml", "urn:amazon:webservices"]
  private static let nameFormats = "urn:oasis:names:tc:SAML:2.0:nameid-format:"
  /// An assertion must be brought to STS within this time of its making, in seconds.
  private static let redemption: TimeInterval = 300
  /// How far the provider's clock may be ahead, in seconds. AWS does not document its own tolerance.
  private static let clockSkew: TimeInterval = 300

  private let provider: SAMLProvider
  private let assertion: SAMLAssertion
  private let accountID: String

  /// - Parameter accountID: that of the role.
  static func identity(
    of call: Call, in state: EmulatorState, accountID: String
  ) throws(AWSError) -> FederatedIdentity {
    let identity = try SAMLIdentity(call, in: state, accountID: accountID)
    let recipient = try identity.checkConditions(now: call.now)
    try identity.checkRole(try call.required("RoleArn"))
    return try identity.federated(recipient: recipient)
  }

  private init(_ call: Call, in state: EmulatorState, accountID: String) throws(AWSError) {
    let arn = try call.required("PrincipalArn")
    guard let provider = state.accounts[accountID]?.samlProviders[UTF8Key(arn)] else {
      throw .invalidIdentityToken("Specified provider doesn't exist")
    }
    let text = try call.required("SAMLAssertion")
    let response: SAMLResponse
    do throws(FederationError) {
      response = try SAMLResponse(base64: text)
    } catch {
      throw .invalidIdentityToken("Invalid SAML response: \(error)")
    }
    if let failure = response.failure {
      throw AWSError(
        "IDPRejectedClaim", "The identity provider reported that authentication failed: \(failure)", status: 403)
    }
    do throws(FederationError) {
      let metadata = try SAMLMetadata(parsing: provider.metadata)
      assertion = try response.assertion(signedBy: metadata.keys)
      guard assertion.issuer == metadata.entityID else {
        throw FederationError(.unknownKey, "Issuer not present in specified provider")
      }
    } catch {
      throw .invalidIdentityToken(
        error.kind == .unknownKey || error.kind == .malformed ? error.message : "Response signature invalid")
    }
    self.provider = provider
    self.accountID = accountID
  }

  /// - Returns: the recipient that the assertion was made for.
  private func checkConditions(now: Date) throws(AWSError) -> String {
    guard !assertion.audiences.isEmpty, assertion.audiences.allSatisfy({ !Self.audiences.isDisjoint(with: $0) }) else {
      throw .invalidIdentityToken("The SAML assertion is not for the required audience")
    }
    if let issued = try Self.date(assertion.issueInstant), now.timeIntervalSince(issued) > Self.redemption {
      throw .expiredIdentityToken("Token must be redeemed within 5 minutes of issuance")
    }
    try check(assertion.notBefore, assertion.notOnOrAfter, now: now)
    let confirmation = assertion.confirmations.first { confirmation in
      confirmation.recipient.map(Self.isSignIn) ?? false
    }
    guard let confirmation, let recipient = confirmation.recipient else {
      throw .invalidIdentityToken(
        "The SAML assertion has no bearer confirmation with AWS's sign-in page as its Recipient")
    }
    guard confirmation.notOnOrAfter != nil else {
      throw .invalidIdentityToken("The SubjectConfirmationData of the SAML assertion has no NotOnOrAfter")
    }
    try check(confirmation.notBefore, confirmation.notOnOrAfter, now: now)
    return recipient
  }

  /// `https://signin.aws.amazon.com/saml`, or that of a region.
  private static func isSignIn(_ url: String) -> Bool {
    guard url.hasPrefix("https://"), url.hasSuffix("signin.aws.amazon.com/saml") else { return false }
    let region = url.dropFirst("https://".count).dropLast("signin.aws.amazon.com/saml".count)
    return region.isEmpty || (region.hasSuffix(".") && RegionName.isWellFormed(String(region.dropLast())))
  }

  private func check(_ start: String?, _ end: String?, now: Date) throws(AWSError) {
    if let start = try Self.date(start), start > now.addingTimeInterval(Self.clockSkew) {
      throw .invalidIdentityToken("The SAML assertion is not valid yet")
    }
    if let end = try Self.date(end), end <= now { throw .expiredIdentityToken("The SAML assertion has expired") }
  }

  private static func date(_ text: String?) throws(AWSError) -> Date? {
    guard let text else { return nil }
    guard let date = AWSTimestamp.date(text) else {
      throw .invalidIdentityToken("The SAML assertion has a time that is none: \(text)")
    }
    return date
  }

  /// The `Role` attribute pairs roles with providers, in either order.
  private func checkRole(_ role: String) throws(AWSError) {
    let pairs = assertion.values(Self.attributes + "Role").map { value in
      Set(value.split(separator: ",").map { String($0.drop { $0 == " " }) })
    }
    guard pairs.contains([role, provider.arn]) else {
      // Not told apart from a role that does not trust the provider.
      throw .accessDenied("Not authorized to perform sts:AssumeRoleWithSAML")
    }
  }

  private func federated(recipient: String) throws(AWSError) -> FederatedIdentity {
    guard let name = try single("RoleSessionName") else {
      throw .invalidIdentityToken("RoleSessionName is required in AuthnResponse")
    }
    guard SessionNames.isWellFormed(name) else {
      throw .invalidIdentityToken("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
    }
    let providerName = String(
      provider.arn[provider.arn.index(after: provider.arn.lastIndex(of: "/") ?? provider.arn.startIndex)...])
    let format = assertion.subjectFormat ?? "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
    let subjectType = format.hasPrefix(Self.nameFormats) ? String(format.dropFirst(Self.nameFormats.count)) : format
    let hash = DigestAlgorithm.sha1.digest((assertion.issuer + accountID + "/" + providerName).utf8)
    let qualifier = Data(hash).base64EncodedString()
    var identity = FederatedIdentity(provider: provider.arn)
    identity.sessionName = name
    identity.sessionContext = [
      .init("saml:namequalifier", qualifier), .init("saml:sub", assertion.subject), .init("saml:sub_type", subjectType),
    ]
    identity.context =
      identity.sessionContext + [
        .init("saml:aud", recipient), .init("saml:iss", assertion.issuer),
        .init("saml:doc", "\(accountID)/\(providerName)"),
      ] + SAMLAttributeKeys.context(of: assertion.attributes)
    try addSession(to: &identity)
    identity.answer = [
      "Subject": .string(assertion.subject), "SubjectType": .string(subjectType), "Issuer": .string(assertion.issuer),
      "Audience": .string(recipient), "NameQualifier": .string(qualifier),
    ]
    return identity
  }

  /// What the assertion asks of the session.
  private func addSession(to identity: inout FederatedIdentity) throws(AWSError) {
    identity.end = try Self.date(assertion.sessionNotOnOrAfter)
    if let text = try single("SessionDuration") {
      guard let seconds = Int(text), (900...43_200).contains(seconds) else {
        throw .invalidIdentityToken("SessionDuration in AuthnResponse must be from 900 to 43200")
      }
      identity.seconds = seconds
    }
    if let source = try single("SourceIdentity") {
      guard SessionNames.isWellFormed(source), !source.lowercased().hasPrefix("aws:") else {
        throw .invalidIdentityToken(
          "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"")
      }
      identity.sourceIdentity = source
    }
    let prefix = Self.attributes + "PrincipalTag:"
    for attribute in assertion.attributes where attribute.name.hasPrefix(prefix) {
      guard attribute.values.count == 1 else {
        throw .invalidIdentityToken("The attribute \(attribute.name) has not one value")
      }
      identity.tags.list.append(Tag(key: String(attribute.name.dropFirst(prefix.count)), value: attribute.values[0]))
    }
    identity.tags.transitiveKeys = assertion.values(Self.attributes + "TransitiveTagKeys")
    try identity.checkTags()
  }

  /// The value of an attribute that has one.
  private func single(_ name: String) throws(AWSError) -> String? {
    let values = assertion.values(Self.attributes + name)
    guard values.count <= 1 else { throw .invalidIdentityToken("\(name) in AuthnResponse has more than one value") }
    return values.first
  }
}
