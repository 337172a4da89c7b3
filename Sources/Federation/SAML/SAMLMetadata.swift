import XML

/// The metadata of an identity provider (SAML 2.0 Metadata): who it is, and the keys it signs with.
package struct SAMLMetadata: Sendable {
  /// The name that its assertions give as their issuer.
  package let entityID: String
  package let keys: [PublicKey]
  /// As it is written; `nil` where the document says no end.
  package let validUntil: String?

  private static let namespace = "urn:oasis:names:tc:SAML:2.0:metadata"
  /// Source: API reference, CreateSAMLProvider: 10,000,000 characters.
  private static let limits = XMLLimits(bytes: 10_000_000, depth: 64)

  /// - Throws: ``FederationError/Kind/malformed``.
  package init(parsing text: String) throws(FederationError) {
    let root: XMLElement
    do throws(XMLError) {
      root = try CanonicalXML(parsing: Array(text.utf8), limits: Self.limits).root
    } catch {
      throw FederationError(.malformed, "the metadata is not XML: \(error)")
    }
    guard root.name == "EntityDescriptor", root.namespace == Self.namespace, let id = root.attribute("entityID") else {
      throw FederationError(.malformed, "the metadata is no EntityDescriptor with an entityID")
    }
    let descriptors = root.children(named: "IDPSSODescriptor").flatMap { $0.children(named: "KeyDescriptor") }
    entityID = id
    validUntil = root.attribute("validUntil")
    keys = descriptors.filter { ($0.attribute("use") ?? "signing") == "signing" }.compactMap { descriptor in
      let certificate = descriptor["KeyInfo"]?["X509Data"]?["X509Certificate"]?.text
      return certificate.flatMap { Base64.decode($0) }.flatMap { Certificate.publicKey(der: $0) }
    }
    guard !keys.isEmpty else {
      throw FederationError(
        .malformed, "the metadata has no IDPSSODescriptor with a signing certificate that can be read")
    }
  }
}
