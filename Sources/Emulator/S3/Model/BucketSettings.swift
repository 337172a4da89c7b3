import AWSAPI

/// What is configured on a bucket.
struct BucketSettings: Sendable, Codable {
  var policy: StoredPolicy?
  var versioning = Versioning.never
  /// Only ever told, never enforced: the emulator has no devices for a bucket's root user.
  var mfaDelete: Bool?
  /// `nil` once it was deleted; a new bucket blocks everything since April 2023.
  var publicAccessBlock: PublicAccessBlock? = .everything
  /// `nil` once it was deleted, which means ``ObjectOwnership/objectWriter``.
  var ownership: ObjectOwnership? = .bucketOwnerEnforced
  var acl: AccessControlList
  /// `nil` where there never were any, or they were deleted.
  var tags: [ResourceTag]?
  var encryption = ObjectEncryption.bucketDefault
  var objectLockEnabled = false
  /// What is stored and returned as it came, by what it is.
  var documents: [BucketDocument: AWSStructure] = [:]

  init(owner: String) {
    acl = .ownerOnly(owner)
  }

  /// Whether the bucket's tags are condition keys (`aws:ResourceTag/…`).
  var usesTagsForAccess = false

  /// What decides as the bucket's policy: the policy itself, the grants of the access control list, and what the public
  /// access block adds to them. Derived from the rest whenever that changes.
  @Unkept var effectivePolicy: StoredPolicy?

  /// Whether access control lists have any effect (on everything else the bucket owner's policies decide).
  var honorsACLs: Bool { ownership != .bucketOwnerEnforced }
}

/// Whether a bucket keeps versions. A bucket that ever did never goes back to ``never``.
enum Versioning: String, Sendable, Hashable, Codable {
  case never = ""
  case enabled = "Enabled"
  case suspended = "Suspended"
}

/// Who owns what others upload.
enum ObjectOwnership: String, Sendable, Hashable, Codable {
  case bucketOwnerPreferred = "BucketOwnerPreferred"
  case objectWriter = "ObjectWriter"
  case bucketOwnerEnforced = "BucketOwnerEnforced"
}

/// S3 Block Public Access of one bucket.
struct PublicAccessBlock: Sendable, Hashable, Codable {
  var blockPublicACLs: Bool
  var ignorePublicACLs: Bool
  var blockPublicPolicy: Bool
  var restrictPublicBuckets: Bool

  static let everything = PublicAccessBlock(
    blockPublicACLs: true, ignorePublicACLs: true, blockPublicPolicy: true, restrictPublicBuckets: true)
  static let nothing = PublicAccessBlock(
    blockPublicACLs: false, ignorePublicACLs: false, blockPublicPolicy: false, restrictPublicBuckets: false)
}

/// Configurations that the emulator keeps as they came.
enum BucketDocument: Sendable, Hashable, Codable {
  case cors, lifecycle, logging
}
