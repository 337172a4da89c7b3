/// Sessions without a role, and tokens.
extension Operation {
  static let getSessionToken = Operation(
    .sts, "GetSessionToken",
    input: [
      .optional("DurationSeconds", .integer(900...129600)),
      .optional("SerialNumber", STSShape.serialNumber),
      .optional("TokenCode", STSShape.tokenCode),
    ],
    output: [
      .optional("Credentials", STSShape.credentials)
    ],
    authorization: [AuthorizationRule("sts:GetSessionToken", on: .any)])

  static let getFederationToken = Operation(
    .sts, "GetFederationToken",
    input: [
      .required("Name", STSShape.userName),
      .optional("Policy", STSShape.sessionPolicyDocument),
      .optional("PolicyArns", .list(of: STSShape.policyDescriptor)),
      .optional("DurationSeconds", .integer(900...129600)),
      .optional("Tags", .list(of: STSShape.tag, count: 0...50)),
    ],
    output: [
      .optional("Credentials", STSShape.credentials),
      .optional("FederatedUser", STSShape.federatedUser),
      .optional("PackedPolicySize", .integer(0...Int.max)),
    ],
    authorization: [
      AuthorizationRule("sts:GetFederationToken", on: .any),
      AuthorizationRule("sts:TagSession", on: .any, when: .present("Tags")),
    ])

  static let getDelegatedAccessToken = Operation(
    .sts, "GetDelegatedAccessToken",
    input: [
      .required("TradeInToken", STSShape.tradeInToken)
    ],
    output: [
      .optional("Credentials", STSShape.credentials),
      .optional("PackedPolicySize", .integer(0...Int.max)),
      .optional("AssumedPrincipal", STSShape.arn),
    ],
    authorization: [AuthorizationRule("sts:GetDelegatedAccessToken", on: .any)])

  static let getWebIdentityToken = Operation(
    .sts, "GetWebIdentityToken",
    input: [
      .required("Audience", .list(of: STSShape.webIdentityTokenAudienceString, count: 1...10)),
      .optional("DurationSeconds", .integer(60...3600)),
      .required("SigningAlgorithm", STSShape.jwtAlgorithm),
      .optional("Tags", .list(of: STSShape.tag, count: 0...50)),
    ],
    output: [
      .optional("WebIdentityToken", STSShape.webIdentityToken),
      .optional("Expiration", .timestamp),
    ],
    authorization: [
      AuthorizationRule("sts:GetWebIdentityToken", on: .any),
      AuthorizationRule("sts:TagGetWebIdentityToken", on: .any, when: .present("Tags")),
    ])
}
