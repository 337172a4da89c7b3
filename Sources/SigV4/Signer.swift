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
    /// By the SHA-256 of the body, which is computed where it is not given.
    case hashed(hex: String? = nil)
    /// Not at all (`UNSIGNED-PAYLOAD`); S3 only.
    case unsigned
    /// By a value of `x-amz-content-sha256` that announces chunks.
    case streaming(String)
  }

  /// Adds `X-Amz-Date`, for temporary credentials `X-Amz-Security-Token`, for S3 `x-amz-content-sha256`, and
  /// `Authorization`. The request must have its `Host`.
  /// - Throws: what a streamed body throws while it is hashed.
  package func sign(_ request: HTTPRequest, at date: Date, payload: Payload = .hashed()) throws -> HTTPRequest {
    var request = request
    let stamp = AmazonDate.string(date)
    request.headers["X-Amz-Date"] = stamp
    request.headers["X-Amz-Security-Token"] = credentials.sessionToken?.reveal()
    let hash = try payloadHash(of: request, payload)
    if service == "s3" { request.headers["x-amz-content-sha256"] = hash }
    let names = signedHeaderNames(of: request)
    let canonical = CanonicalRequest(
      request, signedHeaders: names, payloadHash: hash, pathRule: CanonicalRequest.PathRule(service: service))
    let scope = scope(on: stamp)
    let signature = SigningKey.sign(
      canonical.stringToSign(date: stamp, scope: scope), secret: credentials.secretAccessKey, scope: scope)
    request.headers["Authorization"] =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
      + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
    return request
  }

  /// The request with its signature in the query string, for whoever is given the link.
  /// - Parameter expires: seconds from `date` until it ends; AWS accepts 1 to 604,800.
  package func presign(_ request: HTTPRequest, at date: Date, expires: Int) -> HTTPRequest {
    var request = request
    let stamp = AmazonDate.string(date)
    let scope = scope(on: stamp)
    let names = signedHeaderNames(of: request)
    var items = [
      QueryItems.Item(name: "X-Amz-Algorithm", value: "AWS4-HMAC-SHA256"),
      QueryItems.Item(name: "X-Amz-Credential", value: "\(credentials.accessKeyID)/\(scope)"),
      QueryItems.Item(name: "X-Amz-Date", value: stamp),
      QueryItems.Item(name: "X-Amz-Expires", value: String(expires)),
      QueryItems.Item(name: "X-Amz-SignedHeaders", value: names.sorted().joined(separator: ";")),
    ]
    if let token = credentials.sessionToken {
      items.append(QueryItems.Item(name: "X-Amz-Security-Token", value: token.reveal()))
    }
    request.target += (request.target.contains("?") ? "&" : "?") + QueryItems(items).encoded
    let hash = service == "s3" ? "UNSIGNED-PAYLOAD" : Self.emptyHash
    let canonical = CanonicalRequest(
      request, signedHeaders: names, payloadHash: hash, pathRule: CanonicalRequest.PathRule(service: service))
    let signature = SigningKey.sign(
      canonical.stringToSign(date: stamp, scope: scope), secret: credentials.secretAccessKey, scope: scope)
    request.target += "&X-Amz-Signature=\(signature)"
    return request
  }

  /// The SHA-256 of nothing.
  package static let emptyHash = CryptoBytes.hex(DigestAlgorithm.sha256.digest([]))

  private func scope(on stamp: String) -> CredentialScope {
    CredentialScope(day: String(stamp.prefix(8)), region: region, service: service)
  }

  private func payloadHash(of request: HTTPRequest, _ payload: Payload) throws -> String {
    switch payload {
    case .unsigned: return "UNSIGNED-PAYLOAD"
    case .streaming(let announcement): return announcement
    case .hashed(let known?): return known
    case .hashed(nil): return CryptoBytes.hex(DigestAlgorithm.sha256.digest(try request.body.collected()))
    }
  }

  /// All headers but those that proxies and clients change on the way, which botocore leaves out as well.
  private func signedHeaderNames(of request: HTTPRequest) -> [String] {
    let changing: Set<String> = [
      "expect", "user-agent", "x-amzn-trace-id", "transfer-encoding", "connection", "authorization",
    ]
    let names = Set(request.headers.fields.map { $0.name.lowercased() })
    return Array(names.subtracting(changing))
  }
}
