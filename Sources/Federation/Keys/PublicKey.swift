import CLibCrypto

/// A key that signatures are checked with.
///
/// `@unchecked Sendable`: the key is made once, and libcrypto only reads it to check a signature.
package final class PublicKey: @unchecked Sendable {
  private let key: OpaquePointer
  package let family: SignatureAlgorithm.Family

  /// What is shorter is not worth checking, in bits. AWS takes RSA keys from 1024 bits on.
  private static let shortestRSA: Int32 = 1024
  /// What is longer takes a server more time than a stranger should cost it.
  private static let longestRSA: Int32 = 8192

  /// Takes the key over; `nil` where it is of a kind that is not known.
  init?(owning key: OpaquePointer) {
    guard let family = Self.family(of: key) else {
      EVP_PKEY_free(key)
      return nil
    }
    self.key = key
    self.family = family
  }

  deinit { EVP_PKEY_free(key) }

  /// An RSA key from its numbers, most significant bytes first.
  package convenience init?(modulus: [UInt8], exponent: [UInt8]) {
    self.init(
      der: DER.sequence(
        DER.rsaAlgorithm, DER.bitString(DER.sequence(DER.integer(modulus), DER.integer(exponent)))))
  }

  /// A point on a curve by its coordinates; `nil` where it does not lie on it.
  package convenience init?(curve: SignatureAlgorithm.Curve, x: [UInt8], y: [UInt8]) {
    guard x.count == curve.coordinateLength, y.count == curve.coordinateLength else { return nil }
    self.init(der: DER.sequence(DER.algorithm(of: curve), DER.bitString([0x04] + x + y)))
  }

  /// A SubjectPublicKeyInfo (RFC 5280).
  convenience init?(der: [UInt8]) {
    let key: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return d2i_PUBKEY(nil, &start, buffer.count)
    }
    guard let key else { return nil }
    self.init(owning: key)
  }

  private static func family(of key: OpaquePointer) -> SignatureAlgorithm.Family? {
    if EVP_PKEY_is_a(key, "RSA") == 1 {
      return (shortestRSA...longestRSA).contains(EVP_PKEY_get_bits(key)) ? .rsa : nil
    }
    guard EVP_PKEY_is_a(key, "EC") == 1 else { return nil }
    var name = [CChar](repeating: 0, count: 64)
    var length = 0
    guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else { return nil }
    switch String(decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self) {
    case "prime256v1", "P-256": return .ellipticCurve(.p256)
    case "secp384r1", "P-384": return .ellipticCurve(.p384)
    default: return nil
    }
  }

  /// Whether `signature` over `message` was made with the private half of this key.
  /// - Parameter signature: as tokens and signed XML write it.
  package func verifies(
    _ signature: some Collection<UInt8>, of message: [UInt8], by algorithm: SignatureAlgorithm
  ) -> Bool {
    // The algorithm that the signature names must be one of this kind of key, else the one who made it could choose.
    guard algorithm.family == family else { return false }
    var bytes = Array(signature)
    if case .ellipticCurve(let curve) = family {
      guard let der = CurveSignature.der(bytes, curve) else { return false }
      bytes = der
    }
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestVerifyInit(context, nil, algorithm.digest, nil, key) == 1 else { return false }
    let verified = EVP_DigestVerify(context, bytes, bytes.count, message, message.count) == 1
    // What a wrong signature leaves behind would be told to the next who asks this thread.
    ERR_clear_error()
    return verified
  }
}
