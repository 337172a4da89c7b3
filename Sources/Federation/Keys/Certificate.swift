import CLibCrypto
import FoundationEssentials

/// An X.509 certificate, of which a provider's metadata needs the key.
enum Certificate {
  /// The key in a certificate (DER); `nil` where it is none, or its key of no kind that is known.
  static func publicKey(der: [UInt8]) -> PublicKey? {
    let certificate: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return d2i_X509(nil, &start, buffer.count)
    }
    guard let certificate else { return nil }
    defer { X509_free(certificate) }
    // With a count of its own, which the owner gives up.
    return X509_get_pubkey(certificate).flatMap { PublicKey(owning: $0) }
  }

  /// A certificate for a key, signed with the key itself; `nil` where libcrypto cannot make one.
  static func selfSigned(_ key: PrivateKey, name: String, from start: Date, to end: Date) -> [UInt8]? {
    guard let certificate = X509_new() else { return nil }
    defer { X509_free(certificate) }
    guard X509_set_version(certificate, 2) == 1, ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1,
      ASN1_TIME_set(X509_getm_notBefore(certificate), Int(start.timeIntervalSince1970)) != nil,
      ASN1_TIME_set(X509_getm_notAfter(certificate), Int(end.timeIntervalSince1970)) != nil,
      X509_set_pubkey(certificate, key.key) == 1, let subject = X509_get_subject_name(certificate),
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, Array(name.utf8), Int32(name.utf8.count), -1, 0) == 1,
      X509_set_issuer_name(certificate, subject) == 1, X509_sign(certificate, key.key, EVP_sha256()) > 0
    else { return nil }
    var bytes: UnsafeMutablePointer<UInt8>?
    let length = i2d_X509(certificate, &bytes)
    guard length > 0, let bytes else { return nil }
    defer { iamdrill_crypto_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(length)))
  }
}
