package import JSON

/// A token whose signature is still to be checked (RFC 7519, RFC 7515): all that may be read of it is who is said to have made it.
package struct UnverifiedToken: Sendable {
  private let header: JSONValue
  private let claims: JSONValue
  private let signed: [UInt8]
  private let signature: [UInt8]

  /// Source: API reference, AssumeRoleWithWebIdentity, the length of `WebIdentityToken`.
  package static let longest = 20_000
  private static let limits = JSONLimits(bytes: longest, depth: 32)

  /// - Throws: ``FederationError/Kind/malformed``.
  package init(parsing text: String) throws(FederationError) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= Self.longest, parts.count == 3 else {
      throw FederationError(.malformed, "a token has three parts with dots between them")
    }
    header = try Self.object(parts[0], "header")
    claims = try Self.object(parts[1], "payload")
    guard let signature = Base64.decodeURL(parts[2]) else {
      throw FederationError(.malformed, "the signature is not base64url")
    }
    // "crit" names extensions without which the token must not be understood (RFC 7515, section 4.1.11); none are known here.
    guard header["crit"] == nil else { throw FederationError(.malformed, "the token needs an extension") }
    self.signature = signature
    signed = Array((parts[0] + "." + parts[1]).utf8)
  }

  private static func object(_ part: Substring, _ name: String) throws(FederationError) -> JSONValue {
    guard let bytes = Base64.decodeURL(part) else {
      throw FederationError(.malformed, "the \(name) is not base64url")
    }
    guard let value = try? JSONValue(parsing: bytes, limits: limits), let members = value.object else {
      throw FederationError(.malformed, "the \(name) is not a JSON object")
    }
    // Of a claim that stands there twice, one reader would take the first and another the last.
    guard Set(members.map(\.name)).count == members.count else {
      throw FederationError(.malformed, "a member of the \(name) is there twice")
    }
    return value
  }

  /// `iss`, to find the keys by.
  package var claimedIssuer: String? { claims["iss"]?.string }

  /// The token, where one of `keys` has signed it.
  /// - Throws: ``FederationError``.
  package func verified(by keys: JSONWebKeySet) throws(FederationError) -> JSONWebToken {
    guard let algorithm = header["alg"]?.string.flatMap(SignatureAlgorithm.init(rawValue:)) else {
      throw FederationError(
        .unsupportedAlgorithm,
        "the algorithm must be one of "
          + SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let candidates = keys.candidates(id: header["kid"]?.string, algorithm: algorithm)
    guard !candidates.isEmpty else {
      throw FederationError(.unknownKey, "none of the issuer's keys can have signed this")
    }
    guard candidates.contains(where: { $0.key.verifies(signature, of: signed, by: algorithm) }) else {
      throw FederationError(.wrongSignature, "the signature is not that of the token")
    }
    return JSONWebToken(claims: claims)
  }
}

/// A token whose signature was found right. Only ``UnverifiedToken/verified(by:)`` makes one.
package struct JSONWebToken: Sendable {
  package let claims: JSONValue

  fileprivate init(claims: JSONValue) { self.claims = claims }

  /// A claim that is a text.
  package subscript(name: String) -> String? { claims[name]?.string }

  /// A claim that is a text or a list of texts; empty where it is neither.
  package func texts(_ name: String) -> [String] {
    claims[name].map { value in value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? [] } ?? []
  }

  /// A point in time, in seconds since 1970; fractions are dropped.
  package func seconds(_ name: String) -> Int? {
    guard case .number(let text)? = claims[name]?.kind, let number = Double(text), abs(number) < 1e15 else {
      return nil
    }
    return Int(number)
  }
}
