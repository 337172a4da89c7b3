import AWSAPI
import FoundationEssentials

/// Whoever an identity provider vouches for, after all that was checked: what a trust policy is asked about, and what a session
/// of the role takes over.
struct FederatedIdentity: Sendable {
  /// The provider's ARN, which trust policies name.
  var provider: String
  /// The condition keys of the request.
  var context: [Permission.ContextValue] = []
  /// Those that the session's own requests have as well.
  var sessionContext: [Permission.ContextValue] = []
  var tags = SessionTags()
  var sourceIdentity: String?
  /// `nil` where the call names it.
  var sessionName: String?
  /// How long the provider would have the session at most, in seconds.
  var seconds: Int?
  /// The end beyond which the provider does not vouch.
  var end: Date?
  /// The members of the answer that tell of the identity.
  var answer: AWSStructure = [:]

  /// Source: IAM User Guide, "Pass session tags in AWS STS", and "IAM and AWS STS quotas".
  private static let mostTags = 50
  private static let longestTagKey = 128
  private static let longestTagValue = 256

  /// Tags as AWS takes them from tokens and assertions.
  func checkTags() throws(AWSError) {
    guard tags.list.count <= Self.mostTags else {
      throw .invalidIdentityToken("The token has more than \(Self.mostTags) session tags")
    }
    for tag in tags.list {
      guard (1...Self.longestTagKey).contains(tag.key.unicodeScalars.count),
        tag.value.unicodeScalars.count <= Self.longestTagValue, !tag.isReserved
      else { throw .invalidIdentityToken("The session tag \(tag.key) is not valid") }
    }
    try tags.check()
  }
}

/// The texts that names of sessions and source identities may be.
enum SessionNames {
  /// Source: API reference, `RoleSessionName` and `SourceIdentity`: 2 to 64 of `[\w+=,.@-]`.
  static func isWellFormed(_ name: String) -> Bool {
    (2...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_+=,.@-".utf8.contains(byte)
        }
      }
  }
}

extension AWSError {
  static func invalidIdentityToken(_ message: String) -> AWSError {
    AWSError("InvalidIdentityToken", message, status: 400)
  }

  static func expiredIdentityToken(_ message: String) -> AWSError {
    AWSError("ExpiredTokenException", message, status: 400)
  }
}
