import FoundationEssentials

/// The words of IAM and STS. Source: a published chart of observed behaviour, and answers quoted in public.
extension SignatureFailure {
  var queryError: SignatureError {
    switch self {
    case .signedTwice: SignatureError("SignatureDoesNotMatch", "", status: 403)
    case .unsigned:
      SignatureError("MissingAuthenticationToken", "Request is missing Authentication Token", status: 403)
    case .unsupportedAlgorithm(let algorithm, _): .incomplete("Unsupported AWS 'algorithm': '\(algorithm)'.")
    case .notAPair(let piece, let header):
      .incomplete("'\(piece)' not a valid key=value pair (missing equal-sign) in Authorization header: '\(header)'.")
    case .missingParameters(let names, let header): .incomplete(Self.missing(names, header: header))
    case .hostNotSigned:
      SignatureError(
        "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        status: 403)
    case .malformedDate(let date, _):
      .incomplete("Date must be in ISO-8601 'basic format'. Got '\(date)'. See http://en.wikipedia.org/wiki/ISO_8601")
    case .expired(let signed, let now):
      .tooOld(signed: signed, now: now)
    case .presignedExpired(let signed, _, let now):
      .tooOld(signed: AmazonDate.string(signed), now: now)
    case .notYetCurrent(let signed, let now):
      .tooNew(signed: signed, now: now)
    case .presignedNotYetValid(let signed, _, let now):
      .tooNew(signed: AmazonDate.string(signed), now: now)
    case .malformedCredential(let credential, _):
      .incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '\(credential)'"
      )
    case .wrongScope(let faults, _):
      SignatureError("SignatureDoesNotMatch", faults.map(\.queryMessage).joined(separator: " "), status: 403)
    case .unknownKey:
      SignatureError("InvalidClientTokenId", "The security token included in the request is invalid.", status: 403)
    case .invalidToken:
      SignatureError("InvalidClientTokenId", "The security token included in the request is invalid", status: 403)
    case .expiredToken:
      SignatureError("ExpiredToken", "The security token included in the request is expired", status: 403)
    case .mismatch, .payload, .missingPayloadHash, .invalidPayloadHash, .invalidExpires, .headersNotSigned:
      // All but the first are S3's own.
      SignatureError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
          + "and signing method. Consult the service documentation for details.", status: 403)
    }
  }

  private static func missing(_ names: [String], header: String?) -> String {
    guard let header else {
      return
        (names.map { "AWS query-string parameters must include '\($0)'." } + ["Re-examine the query-string parameters."])
        .joined(separator: " ")
    }
    let sentences = names.map { name in
      name == "X-Amz-Date"
        ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        : "Authorization header requires '\(name)' parameter."
    }
    return (sentences + ["Authorization=\(header)"]).joined(separator: " ")
  }
}

extension SignatureError {
  fileprivate static func incomplete(_ message: String) -> SignatureError {
    SignatureError("IncompleteSignature", message, status: 400)
  }

  fileprivate static func tooOld(signed: String, now: Date) -> SignatureError {
    let bound = AmazonDate.string(now.addingTimeInterval(-PresentedSignature.allowedSkew))
    return SignatureError(
      "SignatureDoesNotMatch",
      "Signature expired: \(signed) is now earlier than \(bound) (\(AmazonDate.string(now)) - 15 min.)", status: 403)
  }

  fileprivate static func tooNew(signed: String, now: Date) -> SignatureError {
    let bound = AmazonDate.string(now.addingTimeInterval(PresentedSignature.allowedSkew))
    return SignatureError(
      "SignatureDoesNotMatch",
      "Signature not yet current: \(signed) is still later than \(bound) (\(AmazonDate.string(now)) + 15 min.)",
      status: 403)
  }
}

extension SignatureFailure.ScopeFault {
  fileprivate var queryMessage: String {
    switch self {
    case .region(let given, _): "Credential should be scoped to a valid region, not '\(given)'."
    case .service(_, let expected): "Credential should be scoped to correct service: '\(expected)'."
    case .terminator(let given): "Credential should be scoped with a valid terminator: 'aws4_request', not '\(given)'."
    case .day(let given, let expected, let stamp):
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '\(given)' != "
        + "'\(expected)', from '\(stamp)'."
    }
  }
}
