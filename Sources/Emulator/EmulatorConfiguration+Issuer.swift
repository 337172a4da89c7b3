package import Federation
package import JSON

extension EmulatorConfiguration {
  /// An OpenID Connect issuer whose keys the emulator knows. AWS fetches them from the issuer; the emulator reaches no network,
  /// so they are given to it.
  package struct Issuer: Sendable {
    /// `https://token.actions.githubusercontent.com`: what tokens say as their `iss`.
    package var url: String
    package var keys: JSONWebKeySet

    package init(url: String, keys: JSONWebKeySet) {
      self.url = url
      self.keys = keys
    }

    /// - Parameter keySet: what stands at the issuer's `jwks_uri`.
    /// - Throws: ``FederationError`` where that is no key set.
    package init(url: String, keySet: JSONValue) throws(FederationError) {
      self.init(url: url, keys: try JSONWebKeySet(keySet))
    }
  }

  /// The keys by the `iss` of their tokens; of an issuer that is there twice the last.
  var issuerKeys: [String: JSONWebKeySet] {
    Dictionary(issuers.map { ($0.url, $0.keys) }) { _, last in last }
  }
}
