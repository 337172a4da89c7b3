import IAMPolicy

/// The condition keys that attributes of an assertion become in the role's trust policy, and only there.
///
/// Sources: IAM User Guide, "Configure SAML assertions for the authentication response" (the mapping) and "SAML-based federation
/// condition keys" (which of them are lists).
enum SAMLAttributeKeys {
  static func context(of attributes: [(name: String, values: [String])]) -> [Permission.ContextValue] {
    var context: [Permission.ContextValue] = []
    for attribute in attributes {
      guard let key = keys[attribute.name].map({ "saml:" + $0 }), let first = attribute.values.first,
        // "You should include only one claim per AWS context key. If you include more than one, only one claim will be mapped."
        !context.contains(where: { $0.key.spelling == key })
      else { continue }
      context.append(.init(key, single.contains(key) ? [first] : attribute.values))
    }
    return context
  }

  /// What is no list.
  private static let single: Set<String> = [
    "saml:eduPersonOrgDN", "saml:eduPersonPrimaryAffiliation", "saml:eduPersonPrimaryOrgUnitDN",
    "saml:eduPersonPrincipalName",
  ]

  private static let keys: [String: String] = {
    let person = "urn:oid:1.3.6.1.4.1.5923.1.1.1."
    let organization = "urn:oid:1.3.6.1.4.1.5923.1.2.1."
    let claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
    return [
      person + "1": "eduPersonAffiliation", person + "2": "eduPersonNickname", person + "3": "eduPersonOrgDN",
      person + "4": "eduPersonOrgUnitDN", person + "5": "eduPersonPrimaryAffiliation",
      person + "6": "eduPersonPrincipalName", person + "7": "eduPersonEntitlement",
      person + "8": "eduPersonPrimaryOrgUnitDN", person + "9": "eduPersonScopedAffiliation",
      person + "10": "eduPersonTargetedID", person + "11": "eduPersonAssurance",
      organization + "2": "eduOrgHomePageURI", organization + "3": "eduOrgIdentityAuthNPolicyURI",
      organization + "4": "eduOrgLegalName", organization + "5": "eduOrgSuperiorURI",
      organization + "6": "eduOrgWhitePagesURI", "urn:oid:2.5.4.3": "cn",
      // Active Directory's.
      claims + "name": "name", "http://schemas.xmlsoap.org/claims/CommonName": "commonName",
      claims + "givenname": "givenName", claims + "surname": "surname", claims + "emailaddress": "mail",
      "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid": "primaryGroupSID",
      // X.500's, whose numbers the page has with slips of the pen: these are the standard's.
      "2.5.4.3": "commonName", "2.5.4.4": "surname", "2.5.4.42": "givenName", "2.5.4.45": "x500UniqueIdentifier",
      "0.9.2342.19200300.100.1.1": "uid", "0.9.2342.19200300.100.1.3": "mail",
      "0.9.2342.19200300.100.1.45": "organizationStatus",
    ]
  }()
}
