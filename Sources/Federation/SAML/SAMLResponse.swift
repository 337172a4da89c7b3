import XML

/// What a SAML identity provider answers (SAML 2.0 Core): unchecked, but for its form.
package struct SAMLResponse: Sendable {
  static let protocolNamespace = "urn:oasis:names:tc:SAML:2.0:protocol"
  static let assertionNamespace = "urn:oasis:names:tc:SAML:2.0:assertion"
  private static let success = "urn:oasis:names:tc:SAML:2.0:status:Success"

  /// Source: API reference, AssumeRoleWithSAML: 100,000 characters of base64.
  static let limits = XMLLimits(
    bytes: 75_000, depth: 64, tags: 5_000, attributes: 5_000, attributesOfElement: 100, namespaces: 500)

  private let document: CanonicalXML
  private let assertionPosition: Int

  /// The provider's word that it could not vouch for the user; `nil` where it did.
  package let failure: String?

  /// Reads a response with exactly one assertion in it.
  /// - Parameter text: base64, as browsers carry it.
  /// - Throws: ``FederationError/Kind/malformed``.
  package init(base64 text: String) throws(FederationError) {
    guard let bytes = Base64.decode(text) else { throw Self.malformed("the response is not base64") }
    do throws(XMLError) {
      document = try CanonicalXML(parsing: bytes, limits: Self.limits)
    } catch {
      throw Self.malformed("the response is not XML: \(error)")
    }
    let root = document.root
    guard root.name == "Response", root.namespace == Self.protocolNamespace else {
      throw Self.malformed("the document is no Response")
    }
    let code = root["Status"]?["StatusCode"]?.attribute("Value")
    failure = code == Self.success ? nil : code ?? "no status"
    var survey = Survey()
    survey.add(root)
    guard survey.encrypted == 0 else { throw Self.malformed("encrypted assertions are not read") }
    let positions = root.elements.indices.filter { root.elements[$0].isAssertion }
    // One, and nowhere else: a second one is how a signature is made to be over something that is then not read.
    guard survey.assertions == 1, let position = positions.first else {
      if failure != nil, survey.assertions == 0 {
        assertionPosition = -1
        return
      }
      throw Self.malformed("a response has exactly one assertion, not \(survey.assertions)")
    }
    guard Set(survey.ids).count == survey.ids.count else { throw Self.malformed("an ID is there twice") }
    assertionPosition = position
  }

  /// The assertion, where a key of the provider has signed it or the response around it.
  /// - Throws: ``FederationError``.
  package func assertion(signedBy keys: [PublicKey]) throws(FederationError) -> SAMLAssertion {
    guard assertionPosition >= 0 else { throw Self.malformed("the response has no assertion") }
    let signature = XMLSignature(document: document, keys: keys)
    let root = document.root
    let response = try signature.signedElement(at: [], root)
    let own = try signature.signedElement(at: [assertionPosition], root.elements[assertionPosition])
    let signed = own ?? response?.elements.first(where: \.isAssertion)
    guard let signed, signed.isAssertion else {
      throw FederationError(.unsupportedAlgorithm, "neither the response nor the assertion is signed")
    }
    return try SAMLAssertion(signed)
  }

  private static func malformed(_ message: String) -> FederationError { FederationError(.malformed, message) }
}

/// What must be known of all elements at once.
private struct Survey {
  var assertions = 0
  var encrypted = 0
  var ids: [String] = []

  mutating func add(_ element: XMLElement) {
    if element.name == "Assertion" { assertions += 1 }
    if element.name == "EncryptedAssertion" { encrypted += 1 }
    for attribute in element.attributes where attribute.name.lowercased() == "id" { ids.append(attribute.value) }
    for child in element.elements { add(child) }
  }
}

extension XMLElement {
  fileprivate var isAssertion: Bool { name == "Assertion" && namespace == SAMLResponse.assertionNamespace }
}
