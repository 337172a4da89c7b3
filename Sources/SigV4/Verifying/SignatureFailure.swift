package import FoundationEssentials

/// Why a request's signature was not accepted, as data; ``SignatureError`` is what a service answers to it.
///
/// The cases stand in the order in which IAM and STS look for them (a published chart of observed behaviour).
package enum SignatureFailure: Error, Sendable, Hashable {
  /// Signed more than once: two `Authorization` headers, or one and a signature in the query.
  case signedTwice
  /// Not signed at all, where it must be.
  case unsigned
  /// The `Authorization` header, or the query, names another algorithm.
  case unsupportedAlgorithm(String, Place)
  /// A piece of the `Authorization` header is not `key=value`.
  case notAPair(piece: String, header: String)
  /// Parameters of the `Authorization` header (here as sent), or of the query, that are not there.
  case missingParameters([String], header: String?)
  /// `Host` is not among the signed headers.
  case hostNotSigned
  /// The time of signing is not of the form `20260131T235959Z`.
  case malformedDate(String, Place)
  /// `X-Amz-Expires` is no number, or not between 0 and 604,800; S3 only.
  case invalidExpires(String)
  /// Signed more than 15 minutes before now.
  case expired(signed: String, now: Date)
  /// Signed more than 15 minutes ahead of now.
  case notYetCurrent(signed: String, now: Date)
  /// A presigned request to S3 after its end.
  case presignedExpired(signed: Date, expires: Int, now: Date)
  /// A presigned request to S3 more than 15 minutes ahead of its beginning.
  case presignedNotYetValid(signed: Date, expires: Int, now: Date)
  /// The credential is not `key/day/region/service/aws4_request`.
  case malformedCredential(String, Place)
  /// The scope names another day, region, service or terminator.
  case wrongScope([ScopeFault], Place)
  /// S3 wants `x-amz-content-sha256` on every request signed in headers.
  case missingPayloadHash
  /// `x-amz-content-sha256` is nothing that S3 knows.
  case invalidPayloadHash(String)
  /// No account knows this access key.
  case unknownKey(accessKeyID: String)
  /// The session token is not the one that came with the key, or is missing.
  case invalidToken(accessKeyID: String, token: Secret?)
  /// The temporary credentials have run out.
  case expiredToken(token: Secret?)
  /// Headers that S3 wants signed are not.
  case headersNotSigned([String])
  /// The signature is another one than the secret gives.
  case mismatch(Mismatch)
  /// The body is not the one that was announced and signed.
  case payload(PayloadFailure)

  /// Where a request carries its signature.
  package enum Place: Sendable, Hashable {
    case header, query
  }

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
    /// A chunk has none.
    package var canonicalRequest: String?
  }
}

/// A family of services that words signature failures alike.
package enum ServiceFamily: Sendable, Hashable {
  /// IAM and STS.
  case query
  case s3
}
