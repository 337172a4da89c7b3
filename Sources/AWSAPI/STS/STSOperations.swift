/// The operations of STS, by their names.
extension Catalogue {
  static let sts: [String: Entry] = [
    "AssumeRole": { .assumeRole },
    "AssumeRoleWithSAML": { .assumeRoleWithSAML },
    "AssumeRoleWithWebIdentity": { .assumeRoleWithWebIdentity },
    "AssumeRoot": { .assumeRoot },
    "GetSessionToken": { .getSessionToken },
    "GetFederationToken": { .getFederationToken },
    "GetDelegatedAccessToken": { .getDelegatedAccessToken },
    "GetWebIdentityToken": { .getWebIdentityToken },
    "GetCallerIdentity": { .getCallerIdentity },
    "GetAccessKeyInfo": { .getAccessKeyInfo },
    "DecodeAuthorizationMessage": { .decodeAuthorizationMessage },
  ]
}
