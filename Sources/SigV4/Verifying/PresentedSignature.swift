package import FoundationEssentials

/// The signature that a request presents, taken apart and not yet believed.
///
/// AWS looks for faults in a fixed order, which gives the order of the calls:
/// 1. ``read(from:)``: how it is signed, with which parameters, when;
/// 2. ``checkTime(now:)``;
/// 3. ``checkScope(service:region:)``: the credential and what it is for;
/// 4. the key and its session, which only the caller knows (``SignatureFailure/unknownKey(accessKeyID:)`` and the like);
/// 5. ``checkSignature(of:keys:payloadHash:)``.
package struct PresentedSignature: Sendable {
  package var accessKeyID: String
  /// Parts that the credential does not have are empty; ``checkScope(service:region:)`` finds them.
  package var scope: CredentialScope
  /// The last part of the credential, which ought to be `aws4_request`.
  package var terminator: String
  /// Whether the credential has its five parts.
  package var isCredentialWellFormed: Bool
  /// The credential as sent.
  package var credential: String
  package var signedHeaders: SignedHeaderNames
  package var signature: String
  /// The time of signing in the form in which it is signed, `20260131T235959Z`.
  package var date: String
  /// The same as a point in time.
  package var signedAt: Date
  /// `X-Amz-Expires`, seconds from ``signedAt``; only where S3 is asked by a presigned request.
  package var expires: Int?
  package var sessionToken: Secret?
  package var place: SignatureFailure.Place

  /// Whether the signature stands in the query string.
  package var isPresigned: Bool { place == .query }
}
