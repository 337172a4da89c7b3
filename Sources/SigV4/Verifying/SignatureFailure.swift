package import FoundationEssentials

/// Why a request's signature was not accepted, as data; ``SignatureError`` is what a service answers to it.
///
/// The cases stand in the order in which IAM and STS look for them (a published chart of observed behaviour).
package enum SignatureFailure: Error, Sendable, Hashable {
  /// Both an `Authorization` header and a signature in the query.
  case signedTwice
  /// The `Authorization` header, or the query, names another algorithm.
  case unsupportedAlgorithm(String)
  /// A piece of the `Authorization` header is not `key=value`.
  case notAPair(piece: String, header: String)
  /// Parameters of the `Authorization` header, or of the query, that are not there.
  case missingParameters([String], header: String?)
  /// `Host` is not among the signed headers.
  case hostNotSigned
  /// `X-Amz-Date` is missing or not of the form `20260131T235959Z`.
  case malformedDate(String?)
  /// Signed more than 15 minutes before now, or a presigned request after its end.
  case expired(signed: String, now: Date)
  /// Signed more than 15 minutes ahead of now.
  case notYetCurrent(signed: String, now: Date)
  /// A presigned request after its end; S3 words it on its own.
  case presignedExpired(signed: String, expires: Int, now: Date)
  /// `X-Amz-Expires` is no number, or not between 1 and 604,800.
  case invalidExpires(String)
  /// The credential is not `key/day/region/service/aws4_request`.
  case malformedCredential(String)
  /// The scope names another day, region, service or terminator.
  case wrongScope([ScopeFault])
  /// No account knows this access key.
  case unknownKey(accessKeyID: String)
  /// The session token is not the one that came with the key, or is missing.
  case invalidToken(accessKeyID: String, token: String?)
  /// The temporary credentials have run out.
  case expiredToken(token: String?)
  /// The signature is another one than the secret gives.
  case mismatch(Mismatch)
  /// S3 wants `x-amz-content-sha256` on every request signed in headers.
  case missingPayloadHash
  /// The body is not the one whose hash was signed.
  case payloadMismatch(claimed: String, computed: String)

  /// What is wrong with one part of a credential scope.
  package enum ScopeFault: Sendable, Hashable {
    case region(given: String, expected: String)
    case service(given: String, expected: String)
    case terminator(given: String)
    case day(given: String, expected: String, stamp: String)
  }

  /// What S3 tells about a signature that does not fit, so that a client's author can compare.
  package struct Mismatch: Sendable, Hashable {
    package var accessKeyID: String
    package var stringToSign: String
    package var signatureProvided: String
    package var canonicalRequest: String
  }
}

/// A family of services that words signature failures alike.
package enum ServiceFamily: Sendable, Hashable {
  /// IAM and STS.
  case query
  case s3
}
