import Federation
import JSON
import Testing

@Suite("Tokens") struct TokenTests {
  static let claims: JSONValue = [
    "iss": "https://idp.example.com", "sub": "somebody", "aud": ["a", "b"], "exp": 1_736_942_700,
  ]

  private func keys(_ issuer: TokenIssuer) throws -> JSONWebKeySet { try JSONWebKeySet(issuer.keySet) }

  @Test("a token that was signed is read back", arguments: SignatureAlgorithm.allCases)
  func roundTrip(algorithm: SignatureAlgorithm) throws {
    let issuer = try TokenIssuer(algorithm)
    // More than once: on a curve the numbers of a signature are shorter now and then.
    for _ in 0..<(algorithm.family == .rsa ? 2 : 64) {
      let unverified = try UnverifiedToken(parsing: issuer.token(Self.claims))
      #expect(unverified.claimedIssuer == "https://idp.example.com")
      let token = try unverified.verified(by: keys(issuer))
      #expect(token["sub"] == "somebody")
      #expect(token.texts("aud") == ["a", "b"])
      #expect(token.texts("sub") == ["somebody"])
      #expect(token.seconds("exp") == 1_736_942_700)
    }
  }

  @Test("no byte of a token can be another", arguments: [SignatureAlgorithm.rs256, .es256])
  func changed(algorithm: SignatureAlgorithm) throws {
    let issuer = try TokenIssuer(algorithm)
    let keys = try keys(issuer)
    let token = Array(try issuer.token(Self.claims).utf8)
    for index in stride(from: 0, to: token.count, by: 3) {
      var changed = token
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      let text = String(decoding: changed, as: UTF8.self)
      // The last character of a part has bits that say nothing.
      guard (try? UnverifiedToken(parsing: text).verified(by: keys)) != nil else { continue }
      let isLastOfPart = index + 1 == token.count || token[index + 1] == UInt8(ascii: ".")
      #expect(isLastOfPart, "byte \(index) does not count")
    }
  }

  /// A header, and why a token with it is refused, whatever its signature.
  @Test(
    "what is no signature of the issuer's is refused",
    arguments: [
      (#"{"alg":"none"}"#, FederationError.Kind.unsupportedAlgorithm),
      (#"{"alg":"None"}"#, .unsupportedAlgorithm),
      (#"{"alg":"HS256","kid":"1"}"#, .unsupportedAlgorithm),
      (#"{"kid":"1"}"#, .unsupportedAlgorithm),
      (#"{"alg":"RS256","kid":"1"}"#, .unknownKey),
      (#"{"alg":"ES384","kid":"1"}"#, .unknownKey),
      (#"{"alg":"ES256","kid":"2"}"#, .unknownKey),
      (#"{"alg":"ES256"}"#, .wrongSignature),
      (#"{"alg":"ES256","kid":"1","crit":["b64"],"b64":false}"#, .malformed),
      (#"{"alg":"ES256","alg":"none"}"#, .malformed),
      ("[]", .malformed),
    ])
  func header(_ header: String, _ kind: FederationError.Kind) throws {
    let issuer = try TokenIssuer(.es256)
    let parts = try issuer.token(Self.claims).split(separator: ".").map(String.init)
    let text = "\(Self.encoded(header)).\(parts[1]).\(parts[2])"
    let error = #expect(throws: FederationError.self) { try UnverifiedToken(parsing: text).verified(by: keys(issuer)) }
    #expect(error?.kind == kind)
  }

  @Test("a signature with another issuer's key of the same id is refused")
  func otherIssuer() throws {
    let token = try UnverifiedToken(parsing: try TokenIssuer(.es256).token(Self.claims))
    let error = #expect(throws: FederationError.self) { try token.verified(by: keys(try TokenIssuer(.es256))) }
    #expect(error?.kind == .wrongSignature)
  }

  @Test(
    "what is no token",
    arguments: ["", "a", "a.b", "a.b.c.d", "..", "e30.e30.+/==", "e30.bm90IGpzb24.AA", "e30.e30 .AA"])
  func malformed(text: String) {
    let error = #expect(throws: FederationError.self) { try UnverifiedToken(parsing: text) }
    #expect(error?.kind == .malformed)
  }

  @Test(
    "what is no key set",
    arguments: [
      "{}", #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","k":"AA"}]}"#, #"{"keys":[{"kty":"RSA","n":"AQ","e":"AQAB"}]}"#,
      #"{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}"#,
    ])
  func keySets(text: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    #expect(throws: FederationError.self) { try JSONWebKeySet(value) }
  }

  @Test("a point that is not on its curve is no key")
  func offCurve() throws {
    let text =
      #"{"keys":[{"kty":"EC","crv":"P-256","x":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","y":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}]}"#
    let value = try JSONValue(parsing: text.utf8)
    #expect(throws: FederationError.self) { try JSONWebKeySet(value) }
  }

  /// RFC 7515, appendix A.3: somebody else's signature.
  @Test("the signature of RFC 7515 is right")
  func published() throws {
    let key = """
      {"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
      "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
      """
    let token =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
      + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    let keys = try JSONWebKeySet(try JSONValue(parsing: key.utf8))
    #expect(try UnverifiedToken(parsing: token).verified(by: keys)["iss"] == "joe")
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var bits = 0
    var count = 0
    var result = ""
    for byte in text.utf8 {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        result.append(digits[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { result.append(digits[bits << (6 - count) & 63]) }
    return result
  }
}
