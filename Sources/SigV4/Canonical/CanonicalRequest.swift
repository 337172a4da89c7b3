package import HTTP

/// A request in the one form that signer and verifier agree on.
///
/// Source: AWS, "Create a signed AWS API request". The two path rules are S3's, which signs the path as it is sent, and
/// everybody else's, who normalize it and encode it once more.
package struct CanonicalRequest: Sendable {
  /// The UTF-8 bytes of the text whose hash is signed. Bytes, because every request that is served is put into this form.
  package let bytes: [UInt8]
  /// The names of the signed headers, sorted and joined by semicolons.
  package let signedHeaders: String

  /// How the path is put into the canonical form.
  package enum PathRule: Sendable {
    /// Every byte encoded at most once, nothing removed. Keys like `a//b` and `../x` are legal and stay what they are.
    case s3
    /// Empty and dot segments removed, and what is sent encoded once more.
    case normalized

    package init(service: String) {
      self = service == "s3" || service == "s3express" || service == "s3-object-lambda" ? .s3 : .normalized
    }
  }

  /// The canonical form of `request` with just the headers named in `signedHeaders` (lower case).
  /// - Parameter excludedQuery: the query parameter that is left out, as a presigned request leaves out its signature.
  package init(
    _ request: HTTPRequest, signedHeaders: [String], payloadHash: String, pathRule: PathRule,
    excludedQuery: String? = nil
  ) {
    let target = Array(request.target.utf8)
    let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    let names = signedHeaders.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var writer = CanonicalWriter(capacity: 512 + target.count)
    writer.line(request.method)
    writer.path(target[..<mark], rule: pathRule)
    writer.query(target[mark...].dropFirst(), excluding: excludedQuery)
    for name in names { writer.header(name, in: request.headers) }
    self.signedHeaders = names.joined(separator: ";")
    writer.line("")
    writer.line(self.signedHeaders)
    writer.append(payloadHash.utf8)
    bytes = writer.bytes
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text that is signed, for this request at `date` in `scope`.
  package func stringToSign(date: String, scope: CredentialScope) -> String {
    "AWS4-HMAC-SHA256\n" + date + "\n" + scope.description + "\n"
      + CryptoBytes.hex(DigestAlgorithm.sha256.digest(bytes))
  }
}
