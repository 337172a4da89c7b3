package import FoundationEssentials
package import HTTP

/// Signs requests with one identity's credentials for one service in one region.
package struct Signer: Sendable {
  package var credentials: Credentials
  package var region: String
  /// The service's name in signatures: `iam`, `sts`, `s3`.
  package var service: String

  package init(credentials: Credentials, region: String, service: String) {
    self.credentials = credentials
    self.region = region
    self.service = service
  }

  /// How the payload enters the signature.
  package enum Payload: Sendable {
    /// By the SHA-256 of the body, which is computed where it is not given. A streamed body is read into memory for it.
    case hashed(hex: String? = nil)
    /// Not at all (`UNSIGNED-PAYLOAD`); S3 only.
    case unsigned
    /// As chunks; S3 only. The body must be what a ``ChunkedEncoder`` makes, with ``ChunkSigner`` of this signature.
    case chunked(ChunkedFormat)
  }

  /// Adds `X-Amz-Date`, for temporary credentials `X-Amz-Security-Token`, for S3 `x-amz-content-sha256`, and
  /// `Authorization`. The request must have its `Host`.
  /// - Throws: what a streamed body throws while it is hashed.
  package func sign(_ request: HTTPRequest, at date: Date, payload: Payload = .hashed()) throws -> HTTPRequest {
    var request = request
    let stamp = AmazonDate.string(date)
    request.headers["X-Amz-Date"] = stamp
    request.headers["X-Amz-Security-Token"] = credentials.sessionToken?.reveal()
    let hash = try payloadHash(of: &request, payload)
    if service == "s3" { request.headers["x-amz-content-sha256"] = hash }
    let canonical = CanonicalRequest(
      request, signedHeaders: Self.signedHeaderNames(of: request), payloadHash: hash,
      pathRule: CanonicalRequest.PathRule(service: service))
    let scope = scope(on: stamp)
    var authorization = ByteWriter(capacity: 320)
    authorization.append("AWS4-HMAC-SHA256 Credential=")
    authorization.append(utf8: credentials.accessKeyID)
    authorization.append(UInt8(ascii: "/"))
    authorization.append(scope)
    authorization.append(", SignedHeaders=")
    authorization.append(utf8: canonical.signedHeaders)
    authorization.append(", Signature=")
    authorization.append(utf8: signature(of: canonical, date: stamp, scope: scope))
    request.headers["Authorization"] = authorization.text
    return request
  }

  /// The request with its signature in the query string, for whoever is given the link.
  ///
  /// For S3 the body is not signed, because it is not known yet; for other services it must be in memory.
  /// - Parameter expires: seconds from `date` until it ends; S3 accepts 0 to 604,800, IAM and STS end it after 15 minutes.
  package func presign(_ request: HTTPRequest, at date: Date, expires: Int) -> HTTPRequest {
    var request = request
    let stamp = AmazonDate.string(date)
    let scope = scope(on: stamp)
    var hash = S3Payload.unsigned.announcement
    if service != "s3", case .bytes(let bytes) = request.body { hash = S3Payload.hash(of: bytes) }
    let names = Self.signedHeaderNames(of: request)
    var items = [
      QueryItems.Item(name: "X-Amz-Algorithm", value: "AWS4-HMAC-SHA256"),
      QueryItems.Item(name: "X-Amz-Credential", value: credentials.accessKeyID + "/" + scope.description),
      QueryItems.Item(name: "X-Amz-Date", value: stamp),
      QueryItems.Item(name: "X-Amz-Expires", value: String(expires)),
      QueryItems.Item(name: "X-Amz-SignedHeaders", value: names.sorted.text),
    ]
    if let token = credentials.sessionToken {
      items.append(QueryItems.Item(name: "X-Amz-Security-Token", value: token.reveal()))
    }
    request.target += (request.target.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + QueryItems(items).encoded
    let canonical = CanonicalRequest(
      request, signedHeaders: names, payloadHash: hash, pathRule: CanonicalRequest.PathRule(service: service))
    request.target += "&X-Amz-Signature=" + signature(of: canonical, date: stamp, scope: scope)
    return request
  }

  private func scope(on stamp: String) -> CredentialScope {
    CredentialScope(day: String(stamp.prefix(8)), region: region, service: service)
  }

  private func signature(of canonical: borrowing CanonicalRequest, date: String, scope: CredentialScope) -> String {
    let key = SigningKeys.of(credentials.secretAccessKey).key(for: scope)
    return canonical.stringToSign(date: date, scope: scope).withBytes { key.sign($0) }
  }

  private func payloadHash(of request: inout HTTPRequest, _ payload: Payload) throws -> String {
    switch payload {
    case .unsigned: return S3Payload.unsigned.announcement
    case .chunked(let format): return format.rawValue
    case .hashed(let known?): return known
    case .hashed(nil):
      let bytes = try request.body.collected()
      request.body = .bytes(bytes)
      return S3Payload.hash(of: bytes)
    }
  }

  /// All headers but those that proxies and clients change on the way, which botocore leaves out as well.
  private static func signedHeaderNames(of request: HTTPRequest) -> SignedHeaderNames {
    var names: [String] = []
    for field in request.headers.fields {
      let name = field.name.lowercased()
      if !changing.contains(name), !names.contains(name) { names.append(name) }
    }
    // In the order in which they enter the signature.
    names.sort { left, right in left.withBytes { left in right.withBytes { left.order($0) < 0 } } }
    return SignedHeaderNames(names)
  }

  private static let changing = [
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]
}
