import CLibSSL
import Glibc

/// A certificate for this machine's own names that is its own authority, with its key.
package struct SelfSignedCertificate: ~Copyable {
  let certificate: OpaquePointer
  let key: OpaquePointer

  /// Long enough for any test run, short enough for nobody to keep it.
  private static let days: Int = 30
  /// Names that lead to this machine; the second level lets virtual-hosted buckets be asked (`bucket.s3.localhost`).
  private static let names =
    "DNS:localhost,DNS:*.localhost,DNS:s3.localhost,DNS:*.s3.localhost,IP:127.0.0.1,IP:::1"

  /// - Throws: ``TLSContext/Failure``.
  package init() throws(TLSContext.Failure) {
    let (key, certificate) = (iamdrill_ssl_new_key(), X509_new())
    guard let key, let certificate, Self.fill(certificate, key), X509_sign(certificate, key, EVP_sha256()) != 0 else {
      X509_free(certificate)
      EVP_PKEY_free(key)
      throw .current
    }
    self.key = key
    self.certificate = certificate
  }

  deinit {
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  private static func fill(_ certificate: OpaquePointer, _ key: OpaquePointer) -> Bool {
    guard let serial = BN_new() else { return false }
    defer { BN_free(serial) }
    guard BN_rand(serial, 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1,
      BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)) != nil,
      // Version 3 is written as 2.
      X509_set_version(certificate, 2) == 1,
      X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) != nil,
      X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86_400) != nil,
      X509_set_pubkey(certificate, key) == 1, let name = X509_get_subject_name(certificate),
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, "iamdrill", -1, -1, 0) == 1,
      X509_set_issuer_name(certificate, name) == 1
    else { return false }
    let extensions: [(Int32, String)] = [
      (NID_basic_constraints, "critical,CA:TRUE"), (NID_subject_alt_name, names),
      (NID_key_usage, "critical,digitalSignature,keyCertSign"), (NID_ext_key_usage, "serverAuth"),
    ]
    return extensions.allSatisfy { add($0.0, $0.1, to: certificate) }
  }

  private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) -> Bool {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
    guard let made = X509V3_EXT_conf_nid(nil, &context, kind, value) else { return false }
    defer { X509_EXTENSION_free(made) }
    return X509_add_ext(certificate, made, -1) == 1
  }

  /// The certificate in PEM, for clients that are to trust it.
  package var pem: String {
    guard let memory = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(memory) }
    guard PEM_write_bio_X509(memory, certificate) == 1 else { return "" }
    var text = [UInt8](repeating: 0, count: Int(BIO_ctrl_pending(memory)))
    let count = BIO_read(memory, &text, Int32(clamping: text.count))
    return String(decoding: text.prefix(max(Int(count), 0)), as: UTF8.self)
  }
}
