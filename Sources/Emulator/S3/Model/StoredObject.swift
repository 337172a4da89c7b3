import AWSAPI
import FoundationEssentials

/// What one version of a key holds. Of the headers only those that were sent are kept.
struct StoredObject: Sendable, Codable {
  var payload: ObjectPayload
  var etag: EntityTag
  var checksum: ObjectChecksum?
  var properties: ObjectProperties
  /// The parts of a multipart upload, in order; empty for an object that came in one piece.
  var parts: [ObjectPart] = []

  var size: Int64 { payload.size }
}

/// A part of a completed upload, as GetObject by part number and GetObjectAttributes show it.
struct ObjectPart: Sendable, Hashable, Codable {
  var number: Int
  var size: Int64
  /// Kept only where the object's checksum is made of those of its parts.
  var checksum: ObjectChecksum?
}

/// What a client says of an object besides its bytes, in PutObject, CreateMultipartUpload and CopyObject.
struct ObjectProperties: Sendable, Codable {
  /// Cache-Control, Content-Type and the like by the name of their member, `ContentType`.
  var headers: [AWSStructure.Member] = []
  /// `x-amz-meta-…` without the prefix, in lower case.
  var metadata: [Text] = []
  /// `STANDARD` is not sent, as S3 does not.
  var storageClass = "STANDARD"
  var encryption = ObjectEncryption.s3
  var tags: [ResourceTag] = []
  /// The account that owns the object: the uploader's or, where the bucket enforces it, the bucket owner's.
  var owner: String
  /// `nil` where only the owner has any right, as with `private`.
  var acl: AccessControlList?
  var lock = ObjectLockState()

  struct Text: Sendable, Hashable, Codable {
    var name: String
    var value: String
  }
}

/// How an object is encrypted, as far as a client can see it.
struct ObjectEncryption: Sendable, Hashable, Codable {
  /// `AES256`, `aws:kms` or `aws:kms:dsse`.
  var algorithm: String
  var keyID: String?
  var bucketKeyEnabled: Bool?

  static let s3 = ObjectEncryption(algorithm: "AES256")
  /// What a new bucket does.
  static let bucketDefault = ObjectEncryption(algorithm: "AES256", bucketKeyEnabled: false)
}

/// Retention and legal hold of one version.
struct ObjectLockState: Sendable, Hashable, Codable {
  /// `GOVERNANCE` or `COMPLIANCE`.
  var mode: String?
  var retainUntil: Date?
  /// `ON` or `OFF`; `nil` where it was never set.
  var legalHold: String?
}

/// A tag of a bucket or an object.
struct ResourceTag: Sendable, Hashable, Codable {
  var key: String
  var value: String
}
