/// Objects.
extension Operation {
  static let putObject = Operation(
    .s3, "PutObject", binding: RESTBinding("PUT", .object),
    input: [
      .optional("ACL", S3Shape.objectCannedACL, at: .header("x-amz-acl")),
      .optional("Body", .blob, at: .body),
      .required("Bucket", .string, at: .uri),
      .optional("CacheControl", .string, at: .header("Cache-Control")),
      .optional("ContentDisposition", .string, at: .header("Content-Disposition")),
      .optional("ContentEncoding", .string, at: .header("Content-Encoding")),
      .optional("ContentLanguage", .string, at: .header("Content-Language")),
      .optional("ContentLength", .integer, at: .header("Content-Length")),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ContentType", .string, at: .header("Content-Type")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .checksumHeaders,
      .optional("Expires", .string, at: .header("Expires")),
      .optional("IfMatch", .string, at: .header("If-Match")),
      .optional("IfNoneMatch", .string, at: .header("If-None-Match")),
      .grants,
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("WriteOffsetBytes", .integer, at: .header("x-amz-write-offset-bytes")),
      .optional("Metadata", .map(MapShape(value: .string)), at: .headerPrefix("x-amz-meta-")),
      .optional("ServerSideEncryption", S3Shape.serverSideEncryption, at: .header("x-amz-server-side-encryption")),
      .optional("StorageClass", S3Shape.storageClass, at: .header("x-amz-storage-class")),
      .optional("WebsiteRedirectLocation", .string, at: .header("x-amz-website-redirect-location")),
      .customerKey,
      .kmsKey,
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("Tagging", .string, at: .header("x-amz-tagging")),
      .objectLock,
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Expiration", .string, at: .header("x-amz-expiration")),
      .optional("ETag", .string, at: .header("ETag")),
      .checksumHeaders,
      .optional("ChecksumType", S3Shape.checksumType, at: .header("x-amz-checksum-type")),
      .optional("ServerSideEncryption", S3Shape.serverSideEncryption, at: .header("x-amz-server-side-encryption")),
      .optional("VersionId", .string, at: .header("x-amz-version-id")),
      .optional("SSECustomerAlgorithm", .string, at: .header("x-amz-server-side-encryption-customer-algorithm")),
      .optional("SSECustomerKeyMD5", .string, at: .header("x-amz-server-side-encryption-customer-key-MD5")),
      .kmsKey,
      .optional("Size", .integer, at: .header("x-amz-object-size")),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [
      AuthorizationRule("s3:PutObject", on: .object),
      AuthorizationRule("s3:PutObjectTagging", on: .object, when: .present("Tagging")),
      AuthorizationRule("s3:PutObjectAcl", on: .object, when: .present("ACL")),
      AuthorizationRule("s3:PutObjectRetention", on: .object, when: .present("ObjectLockRetainUntilDate")),
      AuthorizationRule("s3:PutObjectLegalHold", on: .object, when: .present("ObjectLockLegalHoldStatus")),
    ],
    undo: Undo(
      "DeleteObject", ["Bucket": .parameter("Bucket"), "Key": .parameter("Key"), "VersionId": .answer("VersionId")]))

  static let deleteObject = Operation(
    .s3, "DeleteObject", binding: RESTBinding("DELETE", .object, status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("MFA", .string, at: .header("x-amz-mfa")),
      .optional("VersionId", .string, at: .query("versionId")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("BypassGovernanceRetention", .boolean, at: .header("x-amz-bypass-governance-retention")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional("IfMatch", .string, at: .header("If-Match")),
      .optional("IfMatchLastModifiedTime", .timestamp(.httpDate), at: .header("x-amz-if-match-last-modified-time")),
      .optional("IfMatchSize", .integer, at: .header("x-amz-if-match-size")),
    ],
    output: [
      .optional("DeleteMarker", .boolean, at: .header("x-amz-delete-marker")),
      .optional("VersionId", .string, at: .header("x-amz-version-id")),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [
      AuthorizationRule("s3:DeleteObject", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:DeleteObjectVersion", on: .object, when: .present("VersionId")),
    ])

  static let deleteObjects = Operation(
    .s3, "DeleteObjects",
    binding: RESTBinding("POST", .bucket, selector: ["delete"], root: "DeleteResult", needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("Delete", S3Shape.delete, at: .payload("Delete")),
      .optional("MFA", .string, at: .header("x-amz-mfa")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("BypassGovernanceRetention", .boolean, at: .header("x-amz-bypass-governance-retention")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
    ],
    output: [
      .optional("Deleted", .flattened(of: S3Shape.deletedObject)),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
      .optional("Errors", .flattened(of: S3Shape.error), at: .element("Error")),
    ],
    authorization: [])
}
