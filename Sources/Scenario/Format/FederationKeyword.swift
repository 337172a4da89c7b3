/// The keys of an identity provider.
enum IssuerKeyword: String, Keyword {
  case url, keys, entity

  static let object = ObjectFormat(
    "an issuer", Self.self, exactlyOne: [[.url, .entity]],
    "An identity provider outside of AWS. The run plays it, with a key that it makes for itself.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .url:
      .init(.text(.plain), "The issuer of OpenID Connect tokens, https://… as their claim `iss` says it.")
    case .keys:
      .init(
        .text(.plain),
        "A file below the scenario's folder with the issuer's real key set (JWKS): then it is not played, and tokens come from "
          + "elsewhere.", beside: ["url"])
    case .entity: .init(.text(.plain), "The entity id of a SAML 2.0 identity provider.")
    }
  }
}

/// The keys of what an identity provider signs.
enum TokenKeyword: String, Keyword {
  case issuer, claims, subject, attributes, lifetime

  static let object = ObjectFormat(
    "a token", Self.self, exactlyOne: [[.claims, .subject]],
    "What an issuer signs, made anew whenever a step refers to it: a token with claims, or a SAML response about a subject."
  )

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .issuer: .init(.text(.plain), "The name of an issuer that is played.", required: true)
    case .claims:
      .init(.mappingTree, "The claims of an OpenID Connect token; `iss`, `iat`, `nbf` and `exp` are added.")
    case .subject: .init(.text(.template), "The NameID of a SAML assertion.")
    case .attributes:
      .init(
        .map(of: .either([.text(.template), .list(of: .text(.template))]), key: .free("an attribute's name")),
        "The assertion's attributes; a name without `:` or with only `PrincipalTag:` before it is one of AWS's own "
          + "(https://aws.amazon.com/SAML/Attributes/…).", beside: ["subject"])
    case .lifetime: .init(.text(.duration), "How long it holds from when it is made; 5m by default.")
    }
  }
}
