package import FoundationEssentials

/// A SAML 2.0 provider whose assertions the account's roles may trust.
package struct SAMLProvider: Sendable, Codable {
  package var arn: String
  /// The identity provider's metadata as it was sent.
  package var metadata: String
  package var createDate: Date
  package var validUntil: Date
  package var uuid: String
  package var tags: [Tag] = []

  package init(arn: String, metadata: String, createDate: Date, validUntil: Date, uuid: String) {
    self.arn = arn
    self.metadata = metadata
    self.createDate = createDate
    self.validUntil = validUntil
    self.uuid = uuid
  }
}

/// An OpenID Connect provider whose tokens the account's roles may trust.
package struct OpenIDConnectProvider: Sendable, Codable {
  package var arn: String
  /// The issuer without `https://`, as IAM keeps it.
  package var url: String
  package var clientIDs: [String]
  package var thumbprints: [String]
  package var createDate: Date
  package var tags: [Tag] = []

  package init(arn: String, url: String, clientIDs: [String], thumbprints: [String], createDate: Date) {
    self.arn = arn
    self.url = url
    self.clientIDs = clientIDs
    self.thumbprints = thumbprints
    self.createDate = createDate
  }
}
