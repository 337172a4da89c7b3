import AWSAPI
import FoundationEssentials
import SigV4

/// The calls to STS by which roles of the user's configuration are assumed.
struct SecurityTokenCalls: Sendable {
  var surroundings: CredentialSurroundings
  var region: String

  /// More is no token, in bytes.
  private static let largestToken = 1 << 16

  /// Assumes a profile's role with other credentials.
  func assume(_ role: RoleRecipe, with base: ResolvedCredentials) throws(CredentialError) -> ResolvedCredentials {
    var parameters: AWSStructure = [
      "RoleArn": .string(role.arn), "RoleSessionName": .string(role.sessionName ?? defaultSessionName),
    ]
    if let id = role.externalID { parameters["ExternalId"] = .string(id) }
    if let seconds = role.seconds { parameters["DurationSeconds"] = .integer(seconds) }
    if let serial = role.serialNumber {
      guard let code = surroundings.askForCode(serial) else {
        throw CredentialError(
          .secondFactor, "\(role.arn) needs a code of the device \(serial), and there is nobody to ask: use --mfa-code",
          at: role.place)
      }
      parameters["SerialNumber"] = .string(serial)
      parameters["TokenCode"] = .string(code.reveal())
    }
    return try call(
      "AssumeRole", parameters, as: base.credentials, for: role.arn, at: role.place,
      origin: base.origin.reached(through: .assumedRole(arn: role.arn, profile: role.profile, role.place)))
  }

  /// Assumes a role by the token in a file.
  func assume(_ role: WebIdentityRecipe) throws(CredentialError) -> ResolvedCredentials {
    guard let bytes = try BoundedFile.read(surroundings.expanded(role.tokenFile), limit: Self.largestToken) else {
      throw CredentialError(.unreadableFile, "there is no web identity token at \(role.tokenFile)")
    }
    let parameters: AWSStructure = [
      "RoleArn": .string(role.arn), "RoleSessionName": .string(role.sessionName ?? defaultSessionName),
      "WebIdentityToken": .string(String(String(decoding: bytes, as: UTF8.self).trimmed)),
    ]
    let link = CredentialOrigin.Link.webIdentity(arn: role.arn, tokenFile: role.tokenFile, profile: role.profile)
    return try call(
      "AssumeRoleWithWebIdentity", parameters, as: nil, for: role.arn, at: nil, origin: CredentialOrigin(link))
  }

  private var defaultSessionName: String { "iamdrill-\(Int(surroundings.now().timeIntervalSince1970))" }

  private func call(
    _ name: String, _ parameters: AWSStructure, as credentials: Credentials?, for arn: String,
    at place: ConfigurationPlace?, origin: CredentialOrigin
  ) throws(CredentialError) -> ResolvedCredentials {
    guard let operation = Catalogue.operation(.sts, name) else {
      throw CredentialError(.noAnswer, "sts:\(name) is not in the catalogue")
    }
    let client = AWSClient(
      transport: surroundings.makeTransport(nil), endpoints: surroundings.endpoints, region: region,
      now: surroundings.now, wait: surroundings.wait)
    let exchange: ClientExchange
    do throws(CallFailure) {
      exchange = try client.call(operation, parameters, as: credentials)
    } catch {
      throw CredentialError(.noAnswer, "\(arn) cannot be assumed: \(error.message)", at: place)
    }
    if let error = exchange.error {
      throw CredentialError(
        .refused(code: error.code), "\(arn) cannot be assumed: \(error.code): \(error.message)", at: place)
    }
    guard let answer = exchange.answer?["Credentials"]?.structure, let id = answer["AccessKeyId"]?.string,
      let secret = answer["SecretAccessKey"]?.string, let token = answer["SessionToken"]?.string,
      case .timestamp(let end)? = answer["Expiration"]
    else {
      throw CredentialError(.noAnswer, "\(arn) cannot be assumed: STS's answer has no credentials", at: place)
    }
    return ResolvedCredentials(
      Credentials(accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: Secret(token)), origin: origin,
      expiration: end)
  }
}
