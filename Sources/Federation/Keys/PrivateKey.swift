import CLibCrypto

/// A key that signatures are made with. Only an issuer that is played has one: it is made for a run and goes with it.
///
/// `@unchecked Sendable`: the key is made once, and libcrypto only reads it to sign.
package final class PrivateKey: @unchecked Sendable {
  let key: OpaquePointer
  package let algorithm: SignatureAlgorithm

  private static let rsaBits: Int32 = 2048

  /// A new key; `nil` where libcrypto cannot make one.
  package init?(for algorithm: SignatureAlgorithm) {
    let made: OpaquePointer? =
      switch algorithm.family {
      case .rsa: iamdrill_crypto_make_rsa_key(Self.rsaBits)
      case .ellipticCurve(let curve): iamdrill_crypto_make_ec_key(curve.rawValue)
      }
    guard let made else { return nil }
    key = made
    self.algorithm = algorithm
  }

  deinit { EVP_PKEY_free(key) }

  /// The signature of `message`, as tokens and signed XML write it; `nil` where libcrypto cannot make it.
  package func sign(_ message: [UInt8]) -> [UInt8]? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer { EVP_MD_CTX_free(context) }
    var length = 0
    guard EVP_DigestSignInit(context, nil, algorithm.digest, nil, key) == 1,
      EVP_DigestSign(context, nil, &length, message, message.count) == 1
    else { return nil }
    var signature = [UInt8](repeating: 0, count: length)
    guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else { return nil }
    signature.removeLast(signature.count - length)
    guard case .ellipticCurve(let curve) = algorithm.family else { return signature }
    return CurveSignature.plain(signature, curve)
  }

  /// A number of the key by libcrypto's name for it, most significant byte first.
  func number(_ name: String) -> [UInt8]? {
    var value: OpaquePointer?
    guard EVP_PKEY_get_bn_param(key, name, &value) == 1, let value else { return nil }
    defer { BN_free(value) }
    var bytes = [UInt8](repeating: 0, count: Int((BN_num_bits(value) + 7) / 8))
    return Int(BN_bn2bin(value, &bytes)) == bytes.count ? bytes : nil
  }

  /// The coordinates of the public point; `nil` where this is no key on a curve.
  var point: (x: [UInt8], y: [UInt8])? {
    guard case .ellipticCurve(let curve) = algorithm.family, let x = number(OSSL_PKEY_PARAM_EC_PUB_X),
      let y = number(OSSL_PKEY_PARAM_EC_PUB_Y)
    else { return nil }
    let padded = { (bytes: [UInt8]) in [UInt8](repeating: 0, count: curve.coordinateLength - bytes.count) + bytes }
    return (padded(x), padded(y))
  }
}
