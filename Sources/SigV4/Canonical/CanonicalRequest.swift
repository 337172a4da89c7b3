package import HTTP

/// A request in the one form that signer and verifier agree on.
///
/// Source: AWS, "Create a signed AWS API request". The two path rules are S3's, which signs the path as it is sent, and
/// everybody else's, who normalize it and encode it once more.
package struct CanonicalRequest: ~Copyable, Sendable {
  /// The text whose hash is signed, in UTF-8.
  private let bytes: ByteWriter
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

  /// The canonical form of `request` with just the headers named in `signedHeaders`.
  /// - Parameter excludedQuery: the query parameter that is left out, as a presigned request leaves out its signature.
  package init(
    _ request: HTTPRequest, signedHeaders: SignedHeaderNames, payloadHash: String, pathRule: PathRule,
    excludedQuery: String? = nil
  ) {
    let names = signedHeaders.sorted
    var writer = CanonicalWriter(capacity: 512 + request.target.utf8.count)
    writer.line(request.method)
    request.target.withBytes { target in
      let mark = target.end(before: UInt8(ascii: "?"))
      writer.path(target.part(..<mark), rule: pathRule)
      writer.query(UnsafeBufferPointer(rebasing: target[mark...].dropFirst()), excluding: excludedQuery)
    }
    names.forEach { writer.header($0, in: request.headers) }
    writer.line("")
    writer.line(names.text)
    writer.append(payloadHash)
    bytes = writer.written()
    self.signedHeaders = names.text
  }

  package var text: String { bytes.text }

  /// The text that is signed, in UTF-8, for this request at `date` in `scope`.
  func stringToSign(date: String, scope: CredentialScope) -> ByteWriter {
    var text = ByteWriter(capacity: 256)
    text.append("AWS4-HMAC-SHA256\n")
    text.append(utf8: date)
    text.append(UInt8(ascii: "\n"))
    text.append(scope)
    text.append(UInt8(ascii: "\n"))
    bytes.withBytes { bytes in
      DigestAlgorithm.sha256.withDigest(of: bytes) { digest in CryptoBytes.withHex(of: digest) { text.append($0) } }
    }
    return text
  }
}
