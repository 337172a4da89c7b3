/// Reading objects, and what is known of them.
extension Operation {
  static let getObject = Operation(
    .s3, "GetObject", binding: RESTBinding("GET", .object),
    input: objectReading,
    output: [
      .optional("Body", .blob, at: .body),
      .optional("DeleteMarker", .boolean, at: .header("x-amz-delete-marker")),
      .optional("AcceptRanges", .string, at: .header("accept-ranges")),
      .optional("Expiration", .string, at: .header("x-amz-expiration")),
      .optional("Restore", .string, at: .header("x-amz-restore")),
      .optional("LastModified", .timestamp(.httpDate), at: .header("Last-Modified")),
      .optional("ContentLength", .integer, at: .header("Content-Length")),
      .optional("ETag", .string, at: .header("ETag")),
      .checksumHeaders,
      .optional("ChecksumType", S3Shape.checksumType, at: .header("x-amz-checksum-type")),
      .versionAndContentHeaders,
      .optional("ContentRange", .string, at: .header("Content-Range")),
      .optional("ContentType", .string, at: .header("Content-Type")),
      .storageHeaders,
    ],
    authorization: [
      AuthorizationRule("s3:GetObject", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:GetObjectVersion", on: .object, when: .present("VersionId")),
    ])

  static let headObject = Operation(
    .s3, "HeadObject", binding: RESTBinding("HEAD", .object),
    input: objectReading,
    output: [
      .optional("DeleteMarker", .boolean, at: .header("x-amz-delete-marker")),
      .optional("AcceptRanges", .string, at: .header("accept-ranges")),
      .optional("Expiration", .string, at: .header("x-amz-expiration")),
      .optional("Restore", .string, at: .header("x-amz-restore")),
      .optional("ArchiveStatus", S3Shape.archiveStatus, at: .header("x-amz-archive-status")),
      .optional("LastModified", .timestamp(.httpDate), at: .header("Last-Modified")),
      .optional("ContentLength", .integer, at: .header("Content-Length")),
      .checksumHeaders,
      .optional("ChecksumType", S3Shape.checksumType, at: .header("x-amz-checksum-type")),
      .optional("ETag", .string, at: .header("ETag")),
      .versionAndContentHeaders,
      .optional("ContentType", .string, at: .header("Content-Type")),
      .optional("ContentRange", .string, at: .header("Content-Range")),
      .storageHeaders,
    ],
    authorization: [
      AuthorizationRule("s3:GetObject", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:GetObjectVersion", on: .object, when: .present("VersionId")),
    ])

  /// What both say of which object is wanted, and in which form.
  private static let objectReading: StructureShape = [
    .required("Bucket", .string, at: .uri),
    .optional("IfMatch", .string, at: .header("If-Match")),
    .optional("IfModifiedSince", .timestamp(.httpDate), at: .header("If-Modified-Since")),
    .optional("IfNoneMatch", .string, at: .header("If-None-Match")),
    .optional("IfUnmodifiedSince", .timestamp(.httpDate), at: .header("If-Unmodified-Since")),
    .required("Key", .string(1...Int.max), at: .uri),
    .optional("Range", .string, at: .header("Range")),
    .optional("ResponseCacheControl", .string, at: .query("response-cache-control")),
    .optional("ResponseContentDisposition", .string, at: .query("response-content-disposition")),
    .optional("ResponseContentEncoding", .string, at: .query("response-content-encoding")),
    .optional("ResponseContentLanguage", .string, at: .query("response-content-language")),
    .optional("ResponseContentType", .string, at: .query("response-content-type")),
    .optional("ResponseExpires", .timestamp(.httpDate), at: .query("response-expires")),
    .optional("VersionId", .string, at: .query("versionId")),
    .customerKey,
    .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
    .optional("PartNumber", .integer, at: .query("partNumber")),
    .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    .optional("ChecksumMode", S3Shape.checksumMode, at: .header("x-amz-checksum-mode")),
  ]
}

extension StructureShape.Entry {
  /// Which version it is, and what its content is.
  fileprivate static let versionAndContentHeaders = group(
    .optional("MissingMeta", .integer, at: .header("x-amz-missing-meta")),
    .optional("VersionId", .string, at: .header("x-amz-version-id")),
    .optional("CacheControl", .string, at: .header("Cache-Control")),
    .optional("ContentDisposition", .string, at: .header("Content-Disposition")),
    .optional("ContentEncoding", .string, at: .header("Content-Encoding")),
    .optional("ContentLanguage", .string, at: .header("Content-Language")))

  /// How it is kept.
  fileprivate static let storageHeaders = group(
    .optional("Expires", .string, at: .header("Expires")),
    .optional("WebsiteRedirectLocation", .string, at: .header("x-amz-website-redirect-location")),
    .optional("ServerSideEncryption", S3Shape.serverSideEncryption, at: .header("x-amz-server-side-encryption")),
    .optional("Metadata", .map(MapShape(value: .string)), at: .headerPrefix("x-amz-meta-")),
    .optional("SSECustomerAlgorithm", .string, at: .header("x-amz-server-side-encryption-customer-algorithm")),
    .optional("SSECustomerKeyMD5", .string, at: .header("x-amz-server-side-encryption-customer-key-MD5")),
    .optional("SSEKMSKeyId", S3Shape.sensitiveText, at: .header("x-amz-server-side-encryption-aws-kms-key-id")),
    .optional("BucketKeyEnabled", .boolean, at: .header("x-amz-server-side-encryption-bucket-key-enabled")),
    .optional("StorageClass", S3Shape.storageClass, at: .header("x-amz-storage-class")),
    .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    .optional("ReplicationStatus", S3Shape.replicationStatus, at: .header("x-amz-replication-status")),
    .optional("PartsCount", .integer, at: .header("x-amz-mp-parts-count")),
    .optional("TagCount", .integer, at: .header("x-amz-tagging-count")),
    .objectLock)
}
