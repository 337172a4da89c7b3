package import FoundationEssentials
package import HTTP

extension PresentedSignature {
  /// How far a request's clock may be off, either way. The same for all services.
  package static let allowedSkew: Double = 900

  /// Holds the time of signing against `now`.
  /// - Throws: ``SignatureFailure`` where the request is too old, ahead of its time, or past its presigned end.
  package func checkTime(now: Date) throws(SignatureFailure) {
    guard let signed = AmazonDate.parse(date) else { throw .malformedDate(date) }
    let age = now.timeIntervalSince(signed)
    if let expires {
      if age > Double(expires) { throw .presignedExpired(signed: date, expires: expires, now: now) }
    } else if age > Self.allowedSkew {
      throw .expired(signed: date, now: now)
    }
    if age < -Self.allowedSkew { throw .notYetCurrent(signed: date, now: now) }
  }

  /// Holds the credential scope against the service that was asked and the regions it accepts.
  /// - Throws: ``SignatureFailure/wrongScope(_:)`` with everything that is wrong with it.
  package func checkScope(service: String, region: String) throws(SignatureFailure) {
    var faults: [SignatureFailure.ScopeFault] = []
    if scope.region != region { faults.append(.region(given: scope.region, expected: region)) }
    if scope.service != service { faults.append(.service(given: scope.service, expected: service)) }
    if terminator != "aws4_request" { faults.append(.terminator(given: terminator)) }
    if !date.hasPrefix(scope.day) || scope.day.utf8.count != 8 {
      faults.append(.day(given: scope.day, expected: String(date.prefix(8)), stamp: date))
    }
    guard faults.isEmpty else { throw .wrongScope(faults) }
  }

  /// Computes the signature that `secret` gives and compares.
  /// - Parameter payloadHash: for S3 what `x-amz-content-sha256` says, for other services the hash of the body.
  /// - Throws: ``SignatureFailure/mismatch(_:)``.
  package func checkSignature(of request: HTTPRequest, secret: Secret, payloadHash: String) throws(SignatureFailure) {
    let canonical = CanonicalRequest(
      request, signedHeaders: signedHeaders, payloadHash: payloadHash,
      pathRule: CanonicalRequest.PathRule(service: scope.service), excludedQuery: isPresigned ? "X-Amz-Signature" : nil)
    let stringToSign = canonical.stringToSign(date: date, scope: scope)
    let expected = SigningKey.sign(stringToSign, secret: secret, scope: scope)
    guard CryptoBytes.areEqual(Array(expected.utf8), Array(signature.utf8)) else {
      throw .mismatch(
        SignatureFailure.Mismatch(
          accessKeyID: accessKeyID, stringToSign: stringToSign, signatureProvided: signature,
          canonicalRequest: canonical.text))
    }
  }

  /// The payload hash that S3 verifies the signature with: what the request says of its body.
  /// - Throws: ``SignatureFailure/missingPayloadHash``.
  package func s3PayloadHash(of request: HTTPRequest) throws(SignatureFailure) -> String {
    if let claimed = request.headers["x-amz-content-sha256"] { return claimed }
    guard isPresigned else { throw .missingPayloadHash }
    return "UNSIGNED-PAYLOAD"
  }
}
