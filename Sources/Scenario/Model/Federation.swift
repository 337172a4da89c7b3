package import FoundationEssentials

extension Scenario {
  /// An identity provider outside of AWS.
  package struct Issuer: Sendable {
    package var name: Located<String>
    package var kind: Kind

    package enum Kind: Sendable {
      /// Of OpenID Connect tokens; `keys` names a file with its real key set, without which the run plays the issuer.
      case openIDConnect(url: Located<String>, keys: Located<String>?)
      /// Of SAML assertions, by its entity id.
      case saml(entity: Located<String>)
    }

    package init(name: Located<String>, kind: Kind) {
      self.name = name
      self.kind = kind
    }

    /// Whether the run has the issuer's key.
    package var isPlayed: Bool { if case .openIDConnect(_, _?) = kind { false } else { true } }
  }

  /// What an issuer signs, made anew whenever it is referred to.
  package struct Token: Sendable {
    package var name: Located<String>
    package var issuer: Located<String>
    package var content: Content
    package var lifetime: Located<DurationValue>?

    package enum Content: Sendable {
      /// The claims of an OpenID Connect token.
      case claims(TemplateValue)
      /// A SAML assertion: its subject, and a mapping of attributes.
      case assertion(subject: Template, attributes: TemplateValue?)
    }

    /// How long a token holds that says nothing of it.
    package static let usualLifetime = Duration.seconds(300)

    package init(name: Located<String>, issuer: Located<String>, content: Content, lifetime: Located<DurationValue>?) {
      self.name = name
      self.issuer = issuer
      self.content = content
      self.lifetime = lifetime
    }
  }
}

/// Plays a scenario's identity providers.
package protocol IdentityProviderPlay: Sendable {
  /// A token with these contents, resolved; `nil` where it cannot be signed.
  /// - Parameters:
  ///   - subject: `nil` for an OpenID Connect token, whose claims `members` then are.
  func token(_ token: Scenario.Token, subject: String?, members: ScenarioValue, at date: Date) -> String?
  /// What `issuers.NAME` is: the URL, or a SAML provider's metadata.
  func document(of issuer: String) -> String?
}
