package import FoundationEssentials
package import HTTP

extension PresentedSignature {
  /// How far a request's clock may be off, either way, in seconds. The same for all services.
  package static let allowedSkew: Double = 900
  /// The most that `X-Amz-Expires` may say: seven days in seconds.
  package static let longestLife = 604_800

  /// Holds the time of signing against `now`.
  ///
  /// IAM and STS give a presigned request the same 15 minutes as any other, whatever its `X-Amz-Expires` says (the makers of
  /// Kubernetes' authenticator for IAM found so); S3 gives it what it asks for.
  /// - Throws: ``SignatureFailure`` where the request is too old, ahead of its time, or past its presigned end.
  package func checkTime(now: Date) throws(SignatureFailure) {
    let age = now.timeIntervalSince(signedAt)
    if let expires {
      if age > Double(expires) { throw .presignedExpired(signed: signedAt, expires: expires, now: now) }
      if age < -Self.allowedSkew { throw .presignedNotYetValid(signed: signedAt, expires: expires, now: now) }
    } else {
      if age > Self.allowedSkew { throw .expired(signed: date, now: now) }
      if age < -Self.allowedSkew { throw .notYetCurrent(signed: date, now: now) }
    }
  }

  /// Holds the credential against the service that was asked and the region it answers for.
  /// - Throws: ``SignatureFailure/malformedCredential(_:_:)``, or ``SignatureFailure/wrongScope(_:_:)`` with everything
  ///   that is wrong with it.
  package func checkScope(service: String, region: String) throws(SignatureFailure) {
    guard isCredentialWellFormed, !(accessKeyID.isEmpty && service == "s3") else {
      throw .malformedCredential(credential, place)
    }
    var faults: [SignatureFailure.ScopeFault] = []
    if scope.region != region { faults.append(.region(given: scope.region, expected: region)) }
    if scope.service != service { faults.append(.service(given: scope.service, expected: service)) }
    if terminator != "aws4_request" { faults.append(.terminator(given: terminator)) }
    if !isDated(scope.day) {
      faults.append(.day(given: scope.day, expected: String(date.prefix(8)), stamp: date))
    }
    guard faults.isEmpty else { throw .wrongScope(faults, place) }
  }

  /// Whether the time of signing is on `day`.
  private func isDated(_ day: String) -> Bool {
    day.withBytes { day in date.withBytes { date in day.elementsEqual(date.prefix(8)) } }
  }

  /// Computes the signature that the secret access key of `keys` gives, and compares.
  /// - Parameter payloadHash: for S3 the announcement of ``s3Payload(of:)``, for other services the hash of the body.
  /// - Throws: ``SignatureFailure/mismatch(_:)``; for S3 also ``SignatureFailure/headersNotSigned(_:)``.
  package func checkSignature(
    of request: HTTPRequest, keys: SigningKeys, payloadHash: String
  ) throws(SignatureFailure) {
    let pathRule = CanonicalRequest.PathRule(service: scope.service)
    if pathRule == .s3 { try checkSignedHeaders(of: request) }
    let canonical = CanonicalRequest(
      request, signedHeaders: signedHeaders, payloadHash: payloadHash, pathRule: pathRule,
      excludedQuery: isPresigned ? "X-Amz-Signature" : nil)
    let stringToSign = canonical.stringToSign(date: date, scope: scope)
    let key = keys.key(for: scope)
    guard stringToSign.withBytes({ key.accepts(signature, of: $0) }) else {
      throw .mismatch(
        SignatureFailure.Mismatch(
          accessKeyID: accessKeyID, stringToSign: stringToSign.text,
          signatureProvided: signature, canonicalRequest: canonical.text))
    }
  }

  /// Every `x-amz-` header must be signed, lest whoever is given a presigned request adds to what it does. S3 makes an
  /// exception of `x-amz-content-sha256`, whose value is the last line of what is signed anyway.
  private func checkSignedHeaders(of request: HTTPRequest) throws(SignatureFailure) {
    var unsigned: [String] = []
    let fields = request.headers.fields
    for index in fields.indices where Self.isAmazon(fields[index].name) {
      guard !signedHeaders.contains(fields[index].name) else { continue }
      let name = fields[index].name.lowercased()
      if name != "x-amz-content-sha256", !unsigned.contains(name) { unsigned.append(name) }
    }
    guard unsigned.isEmpty else { throw .headersNotSigned(unsigned) }
  }

  private static func isAmazon(_ name: String) -> Bool {
    name.utf8.count > 6 && name.startsIgnoringASCIICase("x-amz-")
  }
}

// What the body is for the signature.
extension PresentedSignature {
  /// The payload as it is announced to S3.
  /// - Throws: ``SignatureFailure/missingPayloadHash``, ``SignatureFailure/invalidPayloadHash(_:)``.
  package func s3Payload(of request: HTTPRequest) throws(SignatureFailure) -> S3Payload {
    // Some SDKs move the header into the query of a presigned request.
    let announced = request.headers["x-amz-content-sha256"] ?? (isPresigned ? queryPayloadHash(of: request) : nil)
    guard let announced else {
      guard isPresigned else { throw .missingPayloadHash }
      return .unsigned
    }
    guard let payload = S3Payload(announcement: announced) else { throw .invalidPayloadHash(announced) }
    return payload
  }

  /// The payload hash that S3 verifies the signature with: what the request says of its body.
  /// - Throws: ``SignatureFailure/missingPayloadHash``, ``SignatureFailure/invalidPayloadHash(_:)``.
  package func s3PayloadHash(of request: HTTPRequest) throws(SignatureFailure) -> String {
    try s3Payload(of: request).announcement
  }

  /// The beginning of the chain of signatures that signed chunks carry on.
  package func chunkSigner(keys: SigningKeys) -> ChunkSigner {
    ChunkSigner(
      key: keys.key(for: scope), date: date, scope: scope, accessKeyID: accessKeyID,
      seed: signature)
  }

  private func queryPayloadHash(of request: HTTPRequest) -> String? {
    SignatureQuery(target: request.target)?["X-Amz-Content-Sha256"]
  }
}
