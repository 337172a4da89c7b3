import XML

/// What a provider vouches for. Only ``SAMLResponse/assertion(signedBy:)`` makes one.
package struct SAMLAssertion: Sendable {
  package let issuer: String
  /// Points in time as they are written.
  package let issueInstant: String?
  package let subject: String
  /// The `Format` of the subject's name.
  package let subjectFormat: String?
  package let confirmations: [Confirmation]
  package let notBefore: String?
  package let notOnOrAfter: String?
  /// Of each restriction, those it lets through: an assertion is for those whom all restrictions let through.
  package let audiences: [[String]]
  /// The end of the user's session with the provider.
  package let sessionNotOnOrAfter: String?
  /// The values of each attribute by its name.
  package let attributes: [(name: String, values: [String])]

  /// That whoever brings the assertion may.
  package struct Confirmation: Sendable, Hashable {
    package var recipient: String?
    package var notBefore: String?
    package var notOnOrAfter: String?
  }

  private static let bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

  init(_ element: XMLElement) throws(FederationError) {
    guard let issuer = element["Issuer"]?.text.trimmed, !issuer.isEmpty else {
      throw FederationError(.malformed, "the assertion has no Issuer")
    }
    guard let subject = element["Subject"], let name = subject["NameID"] else {
      throw FederationError(.malformed, "the assertion has no Subject with a NameID")
    }
    self.issuer = issuer
    issueInstant = element.attribute("IssueInstant")
    self.subject = name.text.trimmed
    subjectFormat = name.attribute("Format")
    confirmations = subject.children(named: "SubjectConfirmation").compactMap { confirmation in
      guard confirmation.attribute("Method") == Self.bearer else { return nil }
      let data = confirmation["SubjectConfirmationData"]
      return Confirmation(
        recipient: data?.attribute("Recipient"), notBefore: data?.attribute("NotBefore"),
        notOnOrAfter: data?.attribute("NotOnOrAfter"))
    }
    let conditions = element["Conditions"]
    notBefore = conditions?.attribute("NotBefore")
    notOnOrAfter = conditions?.attribute("NotOnOrAfter")
    audiences =
      conditions?.children(named: "AudienceRestriction").map { restriction in
        restriction.children(named: "Audience").map(\.text.trimmed)
      } ?? []
    sessionNotOnOrAfter = element["AuthnStatement"]?.attribute("SessionNotOnOrAfter")
    attributes = element.children(named: "AttributeStatement").flatMap { statement in
      statement.children(named: "Attribute").map { attribute in
        (attribute.attribute("Name") ?? "", attribute.children(named: "AttributeValue").map(\.text.trimmed))
      }
    }
  }

  /// The values of an attribute, of all of this name together.
  package func values(_ name: String) -> [String] {
    attributes.filter { $0.name == name }.flatMap(\.values)
  }
}

extension String {
  /// Without XML's white space around it.
  var trimmed: String {
    let isSpace = { (character: Character) in character.isWhitespace }
    var text = drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return String(text)
  }
}
