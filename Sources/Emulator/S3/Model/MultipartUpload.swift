import FoundationEssentials

/// An upload in parts that is neither completed nor aborted yet.
struct MultipartUpload: Sendable, Codable {
  var id: String
  var key: String
  /// In whole seconds, as S3 tells it.
  var initiated: Date
  /// Orders uploads of one key that began in the same second.
  var sequence: Int
  var initiator: UploadInitiator
  var properties: ObjectProperties
  /// Whether there was an object under the key when the upload began.
  var hadObject: Bool?
  /// `nil` where the client asked for none: the object then gets a CRC64NVME, and its parts show none.
  var checksum: ChecksumKind?
  /// By the part's number; a part that is uploaded again replaces the former.
  var parts: SortedMap<Int, Shared<UploadedPart>> = [:]

  struct ChecksumKind: Sendable, Hashable, Codable {
    var algorithm: ChecksumAlgorithm
    var type: ChecksumType
  }
}

/// Who began an upload, as ListParts and ListMultipartUploads tell it.
struct UploadInitiator: Sendable, Hashable, Codable {
  /// The ARN of a user or a session; the canonical user id of an account's root user.
  var id: String
  var displayName: String?
}

/// A part that waits for its upload to be completed.
struct UploadedPart: Sendable, Codable {
  var number: Int
  var payload: ObjectPayload
  var etag: EntityTag
  var lastModified: Date
  /// As the client asked for it, or of the upload's algorithm.
  var checksum: ObjectChecksum?
  /// Where the upload has no algorithm of its own: what the object's default checksum is made of.
  var defaultCheck: UInt64?
}
