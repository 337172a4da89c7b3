import CLibCrypto

/// How a token or an assertion is signed: a kind of key, and a digest.
package enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
  // By their names in tokens (RFC 7518, section 3.1). `none` and those with a shared secret are not among them: whoever can
  // check such a signature can make it.
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case es256 = "ES256"
  case es384 = "ES384"

  /// The kinds of key.
  package enum Family: Sendable, Hashable {
    case rsa
    /// An elliptic curve by the name that libcrypto and JSON Web Keys share.
    case ellipticCurve(Curve)
  }

  package enum Curve: String, Sendable, Hashable, CaseIterable {
    case p256 = "P-256"
    case p384 = "P-384"

    /// Of a coordinate, in bytes.
    var coordinateLength: Int {
      switch self {
      case .p256: 32
      case .p384: 48
      }
    }
  }

  package var family: Family {
    switch self {
    case .rs256, .rs384, .rs512: .rsa
    case .es256: .ellipticCurve(.p256)
    case .es384: .ellipticCurve(.p384)
    }
  }

  /// libcrypto's digest. It is never freed: it belongs to the library.
  var digest: OpaquePointer? {
    switch self {
    case .rs256, .es256: EVP_sha256()
    case .rs384, .es384: EVP_sha384()
    case .rs512: EVP_sha512()
    }
  }

  /// By the name in signed XML (RFC 6931); `nil` for one that is not accepted, those over SHA-1 among them.
  package init?(xmlURI: String) {
    switch xmlURI {
    case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": self = .rs256
    case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": self = .rs384
    case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": self = .rs512
    case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": self = .es256
    case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": self = .es384
    default: return nil
    }
  }
}
