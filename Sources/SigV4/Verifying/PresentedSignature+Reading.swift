import FoundationEssentials
package import HTTP

extension PresentedSignature {
  /// What `request` presents; `nil` where it is not signed at all.
  /// - Throws: ``SignatureFailure`` where it is signed, but not in the way that AWS reads.
  package static func read(from request: HTTPRequest) throws(SignatureFailure) -> PresentedSignature? {
    let header = request.headers["Authorization"]
    let query = SignatureQuery(target: request.target)
    switch (header, query) {
    case (nil, nil): return nil
    case (let header?, nil) where !request.headers.repeats("Authorization"):
      return try read(header: header, in: request.headers)
    case (nil, let query?): return try read(query: query)
    default: throw .signedTwice
    }
  }

  /// The service that `request` says it is signed for, however badly the rest is signed: on an endpoint that serves many,
  /// it tells which of them words the answer.
  package static func claimedService(of request: HTTPRequest) -> String? {
    let credential = request.headers["Authorization"].map { header in
      header.split { $0 == " " || $0 == "," }.first { $0.hasPrefix("Credential=") }?.dropFirst("Credential=".count)
    }
    guard let credential = credential ?? SignatureQuery(target: request.target)?["X-Amz-Credential"].map({ $0[...] })
    else {
      return nil
    }
    let parts = credential.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 3 ? String(parts[3]) : nil
  }

  private static let algorithm = "AWS4-HMAC-SHA256"

  private static func read(
    header: String, in headers: HTTPHeaders
  ) throws(SignatureFailure) -> PresentedSignature {
    let parameters = try HeaderParameters.read(header)
    let amazonDate = headers["X-Amz-Date"]
    let stamp = amazonDate ?? headers["Date"] ?? ""
    if parameters.isIncomplete || stamp.isEmpty {
      let required = [
        ("Credential", parameters.credential), ("Signature", parameters.signature),
        ("SignedHeaders", parameters.signedHeaders), ("X-Amz-Date", stamp),
      ]
      throw .missingParameters(required.filter(\.1.isEmpty).map(\.0), header: header)
    }
    return try PresentedSignature(
      credential: parameters.credential, signedHeaders: parameters.signedHeaders, signature: parameters.signature,
      date: stamp, isHTTPDate: amazonDate == nil, token: headers["X-Amz-Security-Token"], place: .header)
  }

  private static func read(query: SignatureQuery) throws(SignatureFailure) -> PresentedSignature {
    if let algorithm = query["X-Amz-Algorithm"], algorithm != Self.algorithm {
      throw .unsupportedAlgorithm(algorithm, .query)
    }
    let names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]
    var missing = names.filter { (query[$0] ?? "").isEmpty }
    let isS3 =
      query["X-Amz-Credential"]?.utf8.split(separator: UInt8(ascii: "/")).dropFirst(3).first
      .map { $0.elementsEqual("s3".utf8) } ?? false
    // IAM and STS do not need it, and do not look at it: such a request lives for 15 minutes.
    if isS3, query["X-Amz-Expires"] == nil { missing.append("X-Amz-Expires") }
    guard missing.isEmpty else { throw .missingParameters(missing, header: nil) }
    var signature = try PresentedSignature(
      credential: query["X-Amz-Credential"] ?? "", signedHeaders: query["X-Amz-SignedHeaders"] ?? "",
      signature: query["X-Amz-Signature"] ?? "", date: query["X-Amz-Date"] ?? "", isHTTPDate: false,
      token: query["X-Amz-Security-Token"], place: .query)
    guard isS3, let text = query["X-Amz-Expires"] else { return signature }
    guard let expires = Int(text), (0...Self.longestLife).contains(expires) else { throw .invalidExpires(text) }
    signature.expires = expires
    return signature
  }

  private init(
    credential: String, signedHeaders: String, signature: String, date: String, isHTTPDate: Bool, token: String?,
    place: SignatureFailure.Place
  ) throws(SignatureFailure) {
    let names = SignedHeaderNames(list: signedHeaders)
    guard names.contains("host") || names.contains(":authority") else { throw .hostNotSigned }
    guard let (stamp, signedAt) = Self.time(date, isHTTPDate: isHTTPDate) else { throw .malformedDate(date, place) }
    let parts = CredentialParts(credential)
    accessKeyID = parts.accessKeyID
    scope = CredentialScope(day: parts.day, region: parts.region, service: parts.service)
    isCredentialWellFormed = parts.count == 5
    terminator = isCredentialWellFormed ? parts.terminator : ""
    self.credential = credential
    self.signedHeaders = names
    self.signature = signature
    self.date = stamp
    self.signedAt = signedAt
    sessionToken = token.map(Secret.init)
    self.place = place
  }

  /// The time of signing in the form in which it is signed, and as a point in time.
  private static func time(_ text: String, isHTTPDate: Bool) -> (stamp: String, Date)? {
    if let date = AmazonDate.parse(text) { return (text, date) }
    guard isHTTPDate, let date = AmazonDate.parseHTTPDate(text) else { return nil }
    return (AmazonDate.string(date), date)
  }
}
