package import JSON

/// The public keys of an issuer (RFC 7517), as it publishes them at its `jwks_uri`.
package struct JSONWebKeySet: Sendable {
  package var keys: [Key]

  package struct Key: Sendable {
    /// `kid`, by which tokens name the key; `nil` where the issuer has given it none.
    package var id: String?
    /// `alg`, where the key is for one algorithm only.
    package var algorithm: SignatureAlgorithm?
    package var key: PublicKey

    package init(id: String?, algorithm: SignatureAlgorithm?, key: PublicKey) {
      self.id = id
      self.algorithm = algorithm
      self.key = key
    }
  }

  /// More are no key set of one issuer.
  package static let mostKeys = 100

  package init(keys: [Key]) { self.keys = keys }

  /// Reads a key set. Keys of other kinds, and those that are not for signatures, are passed over, as RFC 7517 asks.
  /// - Throws: ``FederationError`` where it is none, or a key in it is broken.
  package init(_ value: JSONValue) throws(FederationError) {
    guard let elements = value["keys"]?.array else { throw FederationError(.malformed, "a key set has a list `keys`") }
    guard elements.count <= Self.mostKeys else {
      throw FederationError(.malformed, "a key set has at most \(Self.mostKeys) keys")
    }
    keys = []
    for element in elements {
      guard (element["use"]?.string ?? "sig") == "sig", let key = try Self.publicKey(element) else { continue }
      keys.append(
        Key(
          id: element["kid"]?.string, algorithm: element["alg"]?.string.flatMap(SignatureAlgorithm.init(rawValue:)),
          key: key))
    }
    guard !keys.isEmpty else { throw FederationError(.malformed, "the key set has no key for RS256 or ES256") }
  }

  private static func publicKey(_ value: JSONValue) throws(FederationError) -> PublicKey? {
    let bytes = { (name: String) in value[name]?.string.flatMap { Base64.decodeURL($0) } ?? [] }
    let key: PublicKey?
    switch value["kty"]?.string {
    case "RSA": key = PublicKey(modulus: bytes("n"), exponent: bytes("e"))
    case "EC":
      guard let curve = value["crv"]?.string.flatMap(SignatureAlgorithm.Curve.init(rawValue:)) else { return nil }
      key = PublicKey(curve: curve, x: bytes("x"), y: bytes("y"))
    default: return nil
    }
    guard let key else {
      throw FederationError(.malformed, "the key \(value["kid"]?.string ?? "without an id") cannot be read")
    }
    return key
  }

  /// The keys that may have signed a token with this header: those of its id, or, where it names none, all of the kind.
  func candidates(id: String?, algorithm: SignatureAlgorithm) -> [Key] {
    keys.filter { key in
      (id == nil || key.id == id) && key.key.family == algorithm.family
        && (key.algorithm ?? algorithm) == algorithm
    }
  }
}
