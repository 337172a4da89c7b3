package import JSON

/// An OpenID Connect issuer that is played: it signs tokens with a key of its own, and publishes the key's public half.
package struct TokenIssuer: Sendable {
  private let key: PrivateKey
  private let keyID: String

  /// - Throws: ``FederationError`` where no key can be made.
  package init(_ algorithm: SignatureAlgorithm = .es256, keyID: String = "1") throws(FederationError) {
    guard let key = PrivateKey(for: algorithm) else {
      throw FederationError(.unsupportedAlgorithm, "libcrypto makes no key for \(algorithm.rawValue)")
    }
    self.key = key
    self.keyID = keyID
  }

  /// What stands at the issuer's `jwks_uri`.
  package var keySet: JSONValue {
    var members: [JSONMember] = [
      JSONMember(name: "kid", value: .string(keyID)), JSONMember(name: "use", value: "sig"),
      JSONMember(name: "alg", value: .string(key.algorithm.rawValue)),
    ]
    let add = { (name: String, bytes: [UInt8]) in
      members.append(JSONMember(name: name, value: .string(Base64.encodeURL(bytes))))
    }
    switch key.algorithm.family {
    case .rsa:
      members.append(JSONMember(name: "kty", value: "RSA"))
      add("n", key.number("n") ?? [])
      add("e", key.number("e") ?? [])
    case .ellipticCurve(let curve):
      members.append(JSONMember(name: "kty", value: "EC"))
      members.append(JSONMember(name: "crv", value: .string(curve.rawValue)))
      add("x", key.point?.x ?? [])
      add("y", key.point?.y ?? [])
    }
    return ["keys": [.object(members)]]
  }

  /// A token with these claims.
  /// - Throws: ``FederationError`` where it cannot be signed.
  package func token(_ claims: JSONValue) throws(FederationError) -> String {
    let header: JSONValue = ["alg": .string(key.algorithm.rawValue), "kid": .string(keyID), "typ": "JWT"]
    let signed = Base64.encodeURL(header.bytes) + "." + Base64.encodeURL(claims.bytes)
    guard let signature = key.sign(Array(signed.utf8)) else {
      throw FederationError(.unsupportedAlgorithm, "libcrypto does not sign")
    }
    return signed + "." + Base64.encodeURL(signature)
  }
}

extension JSONValue {
  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }
}
