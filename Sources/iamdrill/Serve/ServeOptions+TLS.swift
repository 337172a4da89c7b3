import HTTPServer

extension ServeOptions.Encryption {
  /// What the server encrypts with; `nil` where it does not.
  /// - Parameter path: where a certificate that is made is written to, for clients to trust it.
  /// - Throws: ``TLSContext/Failure``.
  func context(writingTo path: String?) throws(TLSContext.Failure) -> TLSContext? {
    switch self {
    case .none: return nil
    case .files(let certificate, let key): return try TLSContext(certificate: certificate, key: key)
    case .selfSigned:
      let certificate = try SelfSignedCertificate()
      if let path, let problem = TextFile.write(certificate.pem, to: path) {
        throw TLSContext.Failure(reason: "\(path): \(problem)")
      }
      return try TLSContext(certificate)
    }
  }
}
