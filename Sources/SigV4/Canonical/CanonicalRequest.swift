package import HTTP

/// A request in the one form that signer and verifier agree on.
///
/// Source: AWS, "Create a signed AWS API request". The two path rules are S3's, which signs the path as it is sent, and
/// everybody else's, who normalize it and encode it once more.
package struct CanonicalRequest: Sendable {
  /// The UTF-8 bytes of the text whose hash is signed. Bytes, because every request that is served is put into this form.
  package let bytes: [UInt8]
  private let signedNames: Range<Int>

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
    let names = Self.sorted(signedHeaders)
    var writer = CanonicalWriter(capacity: 512 + request.target.utf8.count)
    writer.line(request.method)
    var target = request.target
    target.withUTF8 { target in
      let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.count
      writer.path(UnsafeBufferPointer(rebasing: target[..<mark]), rule: pathRule)
      writer.query(UnsafeBufferPointer(rebasing: target[mark...].dropFirst()), excluding: excludedQuery)
    }
    for name in names { writer.header(name, in: request.headers) }
    writer.line("")
    let start = writer.bytes.count
    for (index, name) in names.enumerated() {
      if index > 0 { writer.append(";") }
      writer.append(name)
    }
    signedNames = start..<writer.bytes.count
    writer.line("")
    writer.append(payloadHash)
    bytes = writer.bytes
  }

  /// Most clients list the names in their order.
  private static func sorted(_ names: [String]) -> [String] {
    let isBefore = { (left: String, right: String) in left.utf8.lexicographicallyPrecedes(right.utf8) }
    let isSorted = names.indices.dropFirst().allSatisfy { !isBefore(names[$0], names[$0 - 1]) }
    return isSorted ? names : names.sorted(by: isBefore)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The names of the signed headers, sorted and joined by semicolons.
  package var signedHeaders: String { String(decoding: bytes[signedNames], as: UTF8.self) }

  /// The UTF-8 bytes of the text that is signed, for this request at `date` in `scope`.
  package func stringToSign(date: String, scope: CredentialScope) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(192)
    text.append(utf8: "AWS4-HMAC-SHA256\n")
    text.append(utf8: date)
    text.append(UInt8(ascii: "\n"))
    text.append(scope)
    text.append(UInt8(ascii: "\n"))
    CryptoBytes.appendHex(of: DigestAlgorithm.sha256.digest(bytes), to: &text)
    return text
  }
}
