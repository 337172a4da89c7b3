import FoundationEssentials

/// A signature failure as a service answers it.
package struct SignatureError: Error, Sendable, Hashable {
  package var code: String
  package var message: String
  package var status: Int
  /// S3's further elements, in order.
  package var fields: [(name: String, value: String)]

  package init(_ code: String, _ message: String, status: Int, fields: [(name: String, value: String)] = []) {
    self.code = code
    self.message = message
    self.status = status
    self.fields = fields
  }

  package static func == (left: SignatureError, right: SignatureError) -> Bool {
    left.code == right.code && left.message == right.message && left.status == right.status
      && left.fields.elementsEqual(right.fields) { $0.name == $1.name && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(message)
  }
}

extension SignatureFailure {
  /// The answer of a service of this family. Wordings are those recorded from AWS.
  package func error(for family: ServiceFamily) -> SignatureError {
    switch family {
    case .query: queryError
    case .s3: s3Error
    }
  }

  private static let skew = "15 min."

  private var queryError: SignatureError {
    switch self {
    case .signedTwice: SignatureError("SignatureDoesNotMatch", "", status: 403)
    case .unsupportedAlgorithm(let algorithm):
      SignatureError("IncompleteSignature", "Unsupported AWS 'algorithm': '\(algorithm)'.", status: 400)
    case .notAPair(let piece, let header):
      SignatureError(
        "IncompleteSignature",
        "'\(piece)' not a valid key=value pair (missing equal-sign) in Authorization header: '\(header)'.", status: 400)
    case .missingParameters(let names, let header): Self.incomplete(names, header: header)
    case .hostNotSigned:
      SignatureError(
        "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        status: 403)
    case .malformedDate(let date):
      SignatureError(
        "IncompleteSignature",
        "Date must be in ISO-8601 'basic format'. Got '\(date ?? "")'. See http://en.wikipedia.org/wiki/ISO_8601",
        status: 400)
    case .expired(let signed, let now):
      SignatureError(
        "SignatureDoesNotMatch",
        "Signature expired: \(signed) is now earlier than \(Self.stamp(now, -900)) (\(AmazonDate.string(now)) - \(Self.skew))",
        status: 403)
    case .notYetCurrent(let signed, let now):
      SignatureError(
        "SignatureDoesNotMatch",
        "Signature not yet current: \(signed) is still later than \(Self.stamp(now, 900)) (\(AmazonDate.string(now)) + \(Self.skew))",
        status: 403)
    case .presignedExpired(let signed, let expires, let now):
      SignatureError(
        "SignatureDoesNotMatch",
        "Signature expired: \(signed) is now earlier than \(Self.stamp(now, -Double(expires))) (\(AmazonDate.string(now)) - \(expires) sec.)",
        status: 403)
    case .invalidExpires(let text):
      SignatureError(
        "IncompleteSignature", "X-Amz-Expires must be a number between 1 and 604800, not '\(text)'", status: 400)
    case .malformedCredential(let credential):
      SignatureError(
        "IncompleteSignature",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '\(credential)'",
        status: 400)
    case .wrongScope(let faults):
      SignatureError("SignatureDoesNotMatch", faults.map(\.message).joined(separator: " "), status: 403)
    case .unknownKey:
      SignatureError("InvalidClientTokenId", "The security token included in the request is invalid.", status: 403)
    case .invalidToken:
      SignatureError("InvalidClientTokenId", "The security token included in the request is invalid", status: 403)
    case .expiredToken:
      SignatureError("ExpiredToken", "The security token included in the request is expired", status: 403)
    case .mismatch, .payloadMismatch, .missingPayloadHash:
      SignatureError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
          + "and signing method. Consult the service documentation for details.", status: 403)
    }
  }

  private static func incomplete(_ names: [String], header: String?) -> SignatureError {
    guard let header else {
      let sentences = names.map { "AWS query-string parameters must include '\($0)'." }
      return SignatureError(
        "IncompleteSignature", sentences.joined(separator: " ") + " Re-examine the query-string parameters.",
        status: 400)
    }
    let sentences = names.map {
      $0 == "X-Amz-Date"
        ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        : "Authorization header requires '\($0)' parameter."
    }
    return SignatureError(
      "IncompleteSignature", sentences.joined(separator: " ") + " Authorization=\(header)", status: 400)
  }

  private static func stamp(_ date: Date, _ offset: Double) -> String {
    AmazonDate.string(date.addingTimeInterval(offset))
  }
}

extension SignatureFailure.ScopeFault {
  var message: String {
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
