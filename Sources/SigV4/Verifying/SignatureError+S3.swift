import FoundationEssentials

extension SignatureFailure {
  var s3Error: SignatureError {
    switch self {
    case .signedTwice:
      SignatureError(
        "InvalidArgument",
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or "
          + "the Authorization header should be specified", status: 400)
    case .unsupportedAlgorithm(let algorithm):
      SignatureError(
        "InvalidArgument", "Unsupported Authorization Type", status: 400,
        fields: [("ArgumentName", "Authorization"), ("ArgumentValue", algorithm)])
    case .notAPair(_, let header):
      Self.malformed(
        "The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.",
        header)
    case .missingParameters(let names, let header): Self.missing(names, header: header)
    case .hostNotSigned:
      SignatureError(
        "AccessDenied", "There were headers present in the request which were not signed", status: 403,
        fields: [("HeadersNotSigned", "host")])
    case .malformedDate:
      SignatureError(
        "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", status: 403)
    case .expired(let signed, let now), .notYetCurrent(let signed, let now):
      SignatureError(
        "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
        status: 403,
        fields: [
          ("RequestTime", signed), ("ServerTime", Self.extended(now)), ("MaxAllowedSkewMilliseconds", "900000"),
        ])
    case .presignedExpired(let signed, let expires, let now):
      SignatureError(
        "AccessDenied", "Request has expired", status: 403,
        fields: [
          ("X-Amz-Expires", String(expires)),
          ("Expires", Self.extended((AmazonDate.parse(signed) ?? now).addingTimeInterval(Double(expires)))),
          ("ServerTime", Self.extended(now)),
        ])
    case .invalidExpires(let text):
      SignatureError(
        "AuthorizationQueryParametersError",
        Int(text) == nil
          ? "X-Amz-Expires should be a number"
          : (Int(text) ?? 0) < 0
            ? "X-Amz-Expires must be non-negative"
            : "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
        status: 400)
    case .malformedCredential(let credential):
      SignatureError(
        "AuthorizationHeaderMalformed",
        "The authorization header is malformed; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
        status: 400, fields: [("Credential", credential)])
    case .wrongScope(let faults): Self.scope(faults)
    case .unknownKey(let key):
      SignatureError(
        "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403,
        fields: [("AWSAccessKeyId", key)])
    case .invalidToken(_, let token):
      SignatureError(
        "InvalidToken", "The provided token is malformed or otherwise invalid.", status: 400,
        fields: token.map { [("Token-0", $0)] } ?? [])
    case .expiredToken(let token):
      SignatureError(
        "ExpiredToken", "The provided token has expired.", status: 400, fields: token.map { [("Token-0", $0)] } ?? [])
    case .mismatch(let mismatch): mismatch.s3Error
    case .missingPayloadHash:
      SignatureError(
        "InvalidRequest", "Missing required header for this request: x-amz-content-sha256", status: 400)
    case .payloadMismatch(let claimed, let computed):
      SignatureError(
        "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
        status: 400,
        fields: [("ClientComputedContentSHA256", claimed), ("S3ComputedContentSHA256", computed)])
    }
  }

  private static func malformed(_ message: String, _ header: String) -> SignatureError {
    SignatureError("AuthorizationHeaderMalformed", message, status: 400)
  }

  private static func missing(_ names: [String], header: String?) -> SignatureError {
    guard let header else {
      return SignatureError(
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
          + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.", status: 400)
    }
    return names == ["X-Amz-Date"]
      ? SignatureError("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", status: 403)
      : malformed(
        "The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.",
        header)
  }

  private static func scope(_ faults: [ScopeFault]) -> SignatureError {
    guard let first = faults.first else { return malformed("The authorization header is malformed", "") }
    switch first {
    case .region(let given, let expected):
      return SignatureError(
        "AuthorizationHeaderMalformed",
        "The authorization header is malformed; the region '\(given)' is wrong; expecting '\(expected)'", status: 400,
        fields: [("Region", expected)])
    case .service(let given, let expected):
      return malformed(
        "The authorization header is malformed; incorrect service \"\(given)\". This endpoint belongs to \"\(expected)\".",
        "")
    case .terminator(let given):
      return malformed(
        "The authorization header is malformed; incorrect terminal \"\(given)\". This endpoint uses \"aws4_request\".",
        "")
    case .day(let given, let expected, _):
      return malformed(
        "The authorization header is malformed; Invalid credential date \"\(given)\". This date is not the same as X-Amz-Date: \"\(expected)\".",
        "")
    }
  }

  /// `2026-01-31T23:59:59Z`
  private static func extended(_ date: Date) -> String {
    let basic = Array(AmazonDate.string(date))
    return String(basic[0..<4]) + "-" + String(basic[4..<6]) + "-" + String(basic[6..<11]) + ":"
      + String(basic[11..<13])
      + ":" + String(basic[13...])
  }
}

extension SignatureFailure.Mismatch {
  fileprivate var s3Error: SignatureError {
    SignatureError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      status: 403,
      fields: [
        ("AWSAccessKeyId", accessKeyID), ("StringToSign", stringToSign), ("SignatureProvided", signatureProvided),
        ("StringToSignBytes", Self.spaced(stringToSign)), ("CanonicalRequest", canonicalRequest),
        ("CanonicalRequestBytes", Self.spaced(canonicalRequest)),
      ])
  }

  private static func spaced(_ text: String) -> String {
    text.utf8.map { CryptoBytes.hex([$0]) }.joined(separator: " ")
  }
}
