package import HTTP

/// A request in the one form that signer and verifier agree on.
///
/// Rules: AWS, "Create a signed AWS API request"; the two path rules are S3's, which signs the path as it is sent, and
/// everybody else's, who normalize it and encode it once more.
package struct CanonicalRequest: Sendable {
  package var method: String
  package var path: String
  package var query: String
  /// Lower-case names and trimmed values, sorted by name.
  package var headers: [(name: String, value: String)]
  package var payloadHash: String

  /// How the path is put into the canonical form.
  package enum PathRule: Sendable {
    /// As sent, each byte encoded at most once. Keys like `a//b` and `../x` are legal and stay what they are.
    case s3
    /// Empty and dot segments removed, and what is sent encoded once more.
    case normalized

    package init(service: String) {
      self = service == "s3" || service == "s3express" || service == "s3-object-lambda" ? .s3 : .normalized
    }
  }

  /// The canonical form of `request` with just the headers named in `signedHeaders` (lower case).
  /// - Parameter excludedQuery: query parameters that are left out, as a presigned request leaves out its signature.
  package init(
    _ request: HTTPRequest, signedHeaders: [String], payloadHash: String, pathRule: PathRule,
    excludedQuery: String? = nil
  ) {
    method = request.method
    path = Self.path(request.path, rule: pathRule)
    query = Self.query(request.query, excluding: excludedQuery)
    headers = signedHeaders.sorted().map { name in
      (name, request.headers.values(name).map(Self.trimmed).joined(separator: ","))
    }
    self.payloadHash = payloadHash
  }

  /// The names of the signed headers joined by semicolons.
  package var signedHeaders: String { headers.map(\.name).joined(separator: ";") }

  /// The text whose hash is signed.
  package var text: String {
    var text = method + "\n" + path + "\n" + query + "\n"
    for header in headers { text += header.name + ":" + header.value + "\n" }
    return text + "\n" + signedHeaders + "\n" + payloadHash
  }

  /// The text that is signed, for this request at `date` in `scope`.
  package func stringToSign(date: String, scope: CredentialScope) -> String {
    let hash = CryptoBytes.hex(DigestAlgorithm.sha256.digest(text.utf8))
    return "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(hash)"
  }

  // MARK: Parts

  static func path(_ sent: Substring, rule: PathRule) -> String {
    switch rule {
    case .s3:
      // Decoding first makes one form of what clients encode more or less of, `~` and `%7E`.
      let path = PercentEncoding.encode(bytes: PercentEncoding.decodeBytes(sent), keeping: "/")
      return path.isEmpty ? "/" : path
    case .normalized:
      var segments: [Substring] = []
      for segment in sent.split(separator: "/") where segment != "." {
        if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
      }
      let path = "/" + segments.map { PercentEncoding.encode($0) }.joined(separator: "/")
      return path != "/" && sent.utf8.last == UInt8(ascii: "/") ? path + "/" : path
    }
  }

  static func query(_ sent: Substring, excluding excluded: String?) -> String {
    guard !sent.isEmpty else { return "" }
    var pairs: [(name: String, value: String)] = sent.split(separator: "&").map { piece in
      let equals = piece.firstIndex(of: "=")
      let value = equals.map { piece[piece.index(after: $0)...] } ?? ""
      return (recoded(piece[..<(equals ?? piece.endIndex)]), recoded(value))
    }
    if let excluded { pairs.removeAll { $0.name == excluded } }
    pairs.sort { left, right in
      left.name == right.name
        ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    return pairs.map { $0.name + "=" + $0.value }.joined(separator: "&")
  }

  private static func recoded(_ text: Substring) -> String {
    PercentEncoding.encode(bytes: PercentEncoding.decodeBytes(text))
  }

  /// Without white space at its ends, and with runs of it inside made one space.
  static func trimmed(_ value: String) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == 10 || $0 == 13 }
    guard value.utf8.contains(where: isSpace) else { return value }
    let words = value.utf8.split(whereSeparator: isSpace)
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}
