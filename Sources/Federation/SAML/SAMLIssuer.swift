package import FoundationEssentials
import XML

/// A SAML identity provider that is played: it signs assertions with a key of its own, and has the metadata to go with it.
package struct SAMLIssuer: Sendable {
  package let entityID: String
  private let key: PrivateKey
  private let certificate: [UInt8]

  /// How long the certificate holds, in seconds: ten years.
  private static let certificateLife: TimeInterval = 315_360_000

  /// - Throws: ``FederationError`` where no key can be made.
  package init(entityID: String, from date: Date) throws(FederationError) {
    guard let key = PrivateKey(for: .rs256),
      let certificate = Certificate.selfSigned(
        key, name: "identity provider", from: date.addingTimeInterval(-86_400),
        to: date.addingTimeInterval(Self.certificateLife))
    else { throw FederationError(.unsupportedAlgorithm, "libcrypto makes no certificate") }
    self.entityID = entityID
    self.key = key
    self.certificate = certificate
  }

  /// The document that CreateSAMLProvider takes.
  package var metadata: String {
    var writer = XMLWriter()
    writer.element(
      "EntityDescriptor",
      attributes: [("xmlns", "urn:oasis:names:tc:SAML:2.0:metadata"), ("entityID", entityID)]
    ) { writer in
      writer.element(
        "IDPSSODescriptor", attributes: [("protocolSupportEnumeration", SAMLResponse.protocolNamespace)]
      ) { writer in
        writer.element("KeyDescriptor", attributes: [("use", "signing")]) { writer in
          writer.element("KeyInfo", attributes: [("xmlns", XMLSignature.namespace)]) { writer in
            writer.element("X509Data") { $0.element("X509Certificate", text: Base64.encode(certificate)) }
          }
        }
        writer.element(
          "SingleSignOnService",
          attributes: [
            ("Binding", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"), ("Location", entityID),
          ])
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A response with a signed assertion in it, base64 as browsers carry it.
  /// - Throws: ``FederationError`` where it cannot be signed.
  package func response(_ statement: SAMLStatement) throws(FederationError) -> String {
    let unsigned = statement.assertion(issuer: entityID, signature: "")
    let digest = XMLDigest.sha256.digest(try Self.canonical(unsigned))
    let information = """
      <ds:SignedInfo xmlns:ds="\(XMLSignature.namespace)">\
      <ds:CanonicalizationMethod Algorithm="\(XMLSignature.exclusiveForm)"/>\
      <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\
      <ds:Reference URI="#\(statement.id)"><ds:Transforms>\
      <ds:Transform Algorithm="\(XMLSignature.enveloped)"/><ds:Transform Algorithm="\(XMLSignature.exclusiveForm)"/>\
      </ds:Transforms><ds:DigestMethod Algorithm="\(XMLDigest.sha256.rawValue)"/>\
      <ds:DigestValue>\(Base64.encode(digest))</ds:DigestValue></ds:Reference></ds:SignedInfo>
      """
    guard let value = key.sign(try Self.canonical(information)) else {
      throw FederationError(.unsupportedAlgorithm, "libcrypto does not sign")
    }
    let signature = """
      <ds:Signature xmlns:ds="\(XMLSignature.namespace)">\(information)\
      <ds:SignatureValue>\(Base64.encode(value))</ds:SignatureValue></ds:Signature>
      """
    let response = """
      <samlp:Response xmlns:samlp="\(SAMLResponse.protocolNamespace)" ID="_response" Version="2.0">\
      <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
      \(statement.assertion(issuer: entityID, signature: signature))</samlp:Response>
      """
    return Base64.encode(Array(response.utf8))
  }

  private static func canonical(_ text: String) throws(FederationError) -> [UInt8] {
    do throws(XMLError) {
      return try CanonicalXML(parsing: Array(text.utf8)).exclusiveForm(of: [])
    } catch {
      throw FederationError(.malformed, error.message)
    }
  }
}

/// What an assertion is to say. Points in time are written as they are to stand there.
package struct SAMLStatement: Sendable {
  package var id = "_assertion"
  package var issueInstant: String
  package var subject: String
  package var subjectFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
  package var recipient = "https://signin.aws.amazon.com/saml"
  package var audience = "https://signin.aws.amazon.com/saml"
  package var notBefore: String
  package var notOnOrAfter: String
  package var sessionNotOnOrAfter: String?
  package var attributes: [(name: String, values: [String])] = []

  package init(subject: String, issueInstant: String, notBefore: String, notOnOrAfter: String) {
    self.subject = subject
    self.issueInstant = issueInstant
    self.notBefore = notBefore
    self.notOnOrAfter = notOnOrAfter
  }

  /// - Parameter signature: XML that is put where SAML has the signature, behind the issuer.
  func assertion(issuer: String, signature: String) -> String {
    var writer = XMLWriter()
    writer.element(
      "saml:Assertion",
      attributes: [
        ("xmlns:saml", SAMLResponse.assertionNamespace), ("ID", id), ("IssueInstant", issueInstant), ("Version", "2.0"),
      ]
    ) { writer in
      writer.element("saml:Issuer", text: issuer)
      writer.raw(signature)
      writeSubject(to: &writer)
      writer.element("saml:Conditions", attributes: [("NotBefore", notBefore), ("NotOnOrAfter", notOnOrAfter)]) {
        writer in
        writer.element("saml:AudienceRestriction") { $0.element("saml:Audience", text: audience) }
      }
      if let end = sessionNotOnOrAfter {
        writer.element("saml:AuthnStatement", attributes: [("SessionNotOnOrAfter", end)])
      }
      writer.element("saml:AttributeStatement") { writer in
        for attribute in attributes {
          writer.element("saml:Attribute", attributes: [("Name", attribute.name)]) { writer in
            for value in attribute.values { writer.element("saml:AttributeValue", text: value) }
          }
        }
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func writeSubject(to writer: inout XMLWriter) {
    writer.element("saml:Subject") { writer in
      writer.element("saml:NameID", attributes: [("Format", subjectFormat)]) { $0.text(subject) }
      writer.element("saml:SubjectConfirmation", attributes: [("Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")]) {
        $0.element(
          "saml:SubjectConfirmationData", attributes: [("NotOnOrAfter", notOnOrAfter), ("Recipient", recipient)])
      }
    }
  }
}
