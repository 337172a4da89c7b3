package import HTTP

/// The signature that a request presents, taken apart and not yet believed.
package struct PresentedSignature: Sendable {
  package var accessKeyID: String
  package var scope: CredentialScope
  /// Lower-case names, as they were listed.
  package var signedHeaders: [String]
  package var signature: String
  /// `X-Amz-Date` as sent.
  package var date: String
  /// Seconds from `date`, where the signature stands in the query.
  package var expires: Int?
  package var sessionToken: String?
  /// The last part of the credential, which ought to be `aws4_request`.
  package var terminator: String

  /// Whether the signature stands in the query string.
  package var isPresigned: Bool { expires != nil }

  /// What `request` presents; `nil` where it is not signed at all.
  /// - Throws: ``SignatureFailure`` where it is signed, but not in the way that AWS reads.
  package static func read(from request: HTTPRequest) throws(SignatureFailure) -> PresentedSignature? {
    let query =
      request.query.utf8.count >= 6 && request.query.contains("X-Amz-")
      ? QueryItems(parsing: request.query, plusIsSpace: false) : nil
    let signedInQuery = query?["X-Amz-Algorithm"] != nil || query?["X-Amz-Signature"] != nil
    guard let header = request.headers["Authorization"] else {
      guard signedInQuery, let query else { return nil }
      return try PresentedSignature(query: query)
    }
    guard !signedInQuery else { throw .signedTwice }
    return try PresentedSignature(header: header, of: request)
  }

  private init(header: String, of request: HTTPRequest) throws(SignatureFailure) {
    // Bytes rather than characters: this is read for every request.
    let space = header.utf8.firstIndex(of: UInt8(ascii: " ")) ?? header.endIndex
    let algorithm = header[..<space]
    guard algorithm == "AWS4-HMAC-SHA256" else { throw .unsupportedAlgorithm(String(algorithm)) }
    var parameters: [String: String] = [:]
    for piece in header[space...].utf8.split(separator: UInt8(ascii: ",")) {
      let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
      let start = piece.firstIndex { !isSpace($0) } ?? piece.endIndex
      let end = piece.lastIndex { !isSpace($0) }.map(piece.index(after:)) ?? start
      let pair = header[start..<end]
      guard let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        throw .notAPair(piece: String(pair), header: header)
      }
      parameters[String(pair[..<equals])] = String(pair[pair.utf8.index(after: equals)...])
    }
    let date = request.headers["X-Amz-Date"] ?? request.headers["Date"]
    var missing = ["Credential", "Signature", "SignedHeaders"].filter { parameters[$0, default: ""].isEmpty }
    if date == nil { missing.append("X-Amz-Date") }
    guard missing.isEmpty, let date, let credential = parameters["Credential"], let signature = parameters["Signature"],
      let signedHeaders = parameters["SignedHeaders"]
    else { throw .missingParameters(missing, header: header) }
    try self.init(
      credential: credential, signedHeaders: signedHeaders, signature: signature, date: date, expires: nil,
      token: request.headers["X-Amz-Security-Token"])
  }

  private init(query: QueryItems) throws(SignatureFailure) {
    let algorithm = query["X-Amz-Algorithm"]
    if let algorithm, algorithm != "AWS4-HMAC-SHA256" { throw .unsupportedAlgorithm(algorithm) }
    let needed = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]
    let missing = needed.filter { (query[$0] ?? "").isEmpty }
    guard missing.isEmpty, let credential = query["X-Amz-Credential"], let signature = query["X-Amz-Signature"],
      let signedHeaders = query["X-Amz-SignedHeaders"], let date = query["X-Amz-Date"]
    else { throw .missingParameters(missing, header: nil) }
    // IAM and STS let the lifetime be left out; then the 15 minutes of a signed header hold.
    let text = query["X-Amz-Expires"] ?? "900"
    guard let expires = Int(text), (1...604_800).contains(expires) else { throw .invalidExpires(text) }
    try self.init(
      credential: credential, signedHeaders: signedHeaders, signature: signature, date: date, expires: expires,
      token: query["X-Amz-Security-Token"])
  }

  private init(
    credential: String, signedHeaders: String, signature: String, date: String, expires: Int?, token: String?
  ) throws(SignatureFailure) {
    self.signedHeaders = signedHeaders.utf8.split(separator: UInt8(ascii: ";")).map {
      String(Substring($0)).lowercased()
    }
    guard self.signedHeaders.contains("host") || self.signedHeaders.contains(":authority") else { throw .hostNotSigned }
    guard AmazonDate.parse(date) != nil else { throw .malformedDate(date) }
    let parts = credential.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    guard parts.count == 5 else { throw .malformedCredential(credential) }
    accessKeyID = parts[0]
    scope = CredentialScope(day: parts[1], region: parts[2], service: parts[3])
    terminator = parts[4]
    self.signature = signature
    self.date = date
    self.expires = expires
    sessionToken = token
  }
}
