import FoundationEssentials

/// The words of S3. Source: answers quoted in public issue trackers and in the S3 documentation's list of error codes.
extension SignatureFailure {
  var s3Error: SignatureError {
    switch self {
    case .signedTwice:
      SignatureError(
        "InvalidArgument",
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or "
          + "the Authorization header should be specified", status: 400, fields: ["ArgumentName": "Authorization"])
    case .unsigned: SignatureError("AccessDenied", "Access Denied", status: 403)
    case .unsupportedAlgorithm(let algorithm, let place): Self.unsupported(algorithm, place)
    case .notAPair: .malformed(Self.threeComponents, .header)
    case .missingParameters(let names, let header): Self.missing(names, isInHeader: header != nil)
    case .hostNotSigned: .notSigned(["host"])
    case .headersNotSigned(let names): .notSigned(names)
    case .malformedDate(_, .header): .noDate
    case .malformedDate(_, .query):
      .malformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
    case .invalidExpires(let text): Self.invalidExpires(text)
    case .expired, .notYetCurrent, .presignedExpired, .presignedNotYetValid: timeError
    case .malformedCredential(let credential, let place):
      .malformed(
        credential.hasPrefix("/")
          ? "a non-empty Access Key (AKID) must be provided in the credential."
          : "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".", place)
    case .wrongScope(let faults, let place): Self.scope(faults, place)
    case .missingPayloadHash:
      SignatureError(
        "InvalidRequest", "Missing required header for this request: x-amz-content-sha256", status: 400)
    case .invalidPayloadHash(let text): Self.invalidPayloadHash(text)
    case .unknownKey(let key):
      SignatureError(
        "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403,
        fields: ["AWSAccessKeyId": key])
    case .invalidToken(_, let token):
      .token("InvalidToken", "The provided token is malformed or otherwise invalid.", token)
    case .expiredToken(let token): .token("ExpiredToken", "The provided token has expired.", token)
    case .mismatch(let mismatch): mismatch.s3Error
    case .payload(let failure): failure.s3Error
    }
  }

  private var timeError: SignatureError {
    switch self {
    case .expired(let signed, let now), .notYetCurrent(let signed, let now):
      SignatureError(
        "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
        status: 403,
        fields: [
          "RequestTime": signed, "ServerTime": AmazonDate.extended(now),
          "MaxAllowedSkewMilliseconds": String(Int(PresentedSignature.allowedSkew * 1000)),
        ])
    case .presignedNotYetValid(let signed, let expires, let now):
      SignatureError(
        "AccessDenied", "Request is not yet valid", status: 403,
        fields: [
          // Milliseconds since 1970, where the element's name promises another form.
          "X-Amz-Date": String(Int64(signed.timeIntervalSince1970) * 1000),
          "Expires": AmazonDate.extended(signed.addingTimeInterval(Double(expires))),
          "ServerTime": AmazonDate.extended(now),
        ])
    case .presignedExpired(let signed, let expires, let now):
      SignatureError(
        "AccessDenied", "Request has expired", status: 403,
        fields: [
          "X-Amz-Expires": String(expires),
          "Expires": AmazonDate.extended(signed.addingTimeInterval(Double(expires))),
          "ServerTime": AmazonDate.extended(now),
        ])
    default: SignatureError("AccessDenied", "Access Denied", status: 403)
    }
  }

  private static let threeComponents =
    "the authorization header requires three components: Credential, SignedHeaders, and Signature."

  private static func unsupported(_ algorithm: String, _ place: Place) -> SignatureError {
    if place == .query { return .malformedQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"") }
    if algorithm == "AWS" {
      return SignatureError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.", status: 400)
    }
    return SignatureError(
      "InvalidArgument", "Unsupported Authorization Type", status: 400,
      fields: ["ArgumentName": "Authorization", "ArgumentValue": algorithm])
  }

  private static func missing(_ names: [String], isInHeader: Bool) -> SignatureError {
    guard isInHeader else {
      return .malformedQuery(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
          + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
    }
    return names == ["X-Amz-Date"] ? .noDate : .malformed(threeComponents, .header)
  }

  private static func invalidExpires(_ text: String) -> SignatureError {
    guard let seconds = Int(text) else { return .malformedQuery("X-Amz-Expires should be a number") }
    return .malformedQuery(
      seconds < 0
        ? "X-Amz-Expires must be non-negative"
        : "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 "
          + "seconds")
  }

  private static func invalidPayloadHash(_ text: String) -> SignatureError {
    SignatureError(
      "InvalidArgument",
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
        + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
        + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 "
        + "value.", status: 400, fields: ["ArgumentName": "x-amz-content-sha256", "ArgumentValue": text])
  }

  /// S3 tells of one fault only.
  private static func scope(_ faults: [ScopeFault], _ place: Place) -> SignatureError {
    for case .region(let given, let expected) in faults {
      return .malformed(
        "the region '\(given)' is wrong; expecting '\(expected)'", place, fields: ["Region": expected])
    }
    return switch faults.first {
    case .service(let given, let expected):
      .malformed("incorrect service \"\(given)\". This endpoint belongs to \"\(expected)\".", place)
    case .terminator(let given):
      .malformed("incorrect terminal \"\(given)\". This endpoint uses \"aws4_request\".", place)
    case .day(let given, let expected, _):
      .malformed(
        "Invalid credential date \"\(given)\". This date is not the same as X-Amz-Date: \"\(expected)\".", place)
    case .region, nil: .malformed(threeComponents, place)
    }
  }
}

extension SignatureError {
  fileprivate static let noDate = SignatureError(
    "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", status: 403)

  fileprivate static func notSigned(_ names: [String]) -> SignatureError {
    SignatureError(
      "AccessDenied", "There were headers present in the request which were not signed", status: 403,
      fields: ["HeadersNotSigned": names.joined(separator: ", ")])
  }

  /// The same fault has another code and beginning where the signature stands in the query.
  fileprivate static func malformed(
    _ fault: String, _ place: SignatureFailure.Place, fields: KeyValuePairs<String, String> = [:]
  ) -> SignatureError {
    switch place {
    case .header:
      SignatureError(
        "AuthorizationHeaderMalformed", "The authorization header is malformed; " + fault, status: 400, fields: fields)
    case .query: malformedQuery("Error parsing the X-Amz-Credential parameter; " + fault, fields: fields)
    }
  }

  fileprivate static func malformedQuery(
    _ message: String, fields: KeyValuePairs<String, String> = [:]
  ) -> SignatureError {
    SignatureError("AuthorizationQueryParametersError", message, status: 400, fields: fields)
  }

  fileprivate static func token(_ code: String, _ message: String, _ token: Secret?) -> SignatureError {
    guard let token else { return SignatureError(code, message, status: 400) }
    return SignatureError(code, message, status: 400, fields: ["Token-0": token.reveal()])
  }
}
