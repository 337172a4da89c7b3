// Members that several operations of S3 have, in AWS's order.
extension StructureShape.Entry {
  /// A checksum by each algorithm, as headers.
  static let checksumHeaders = group(
    .optional("ChecksumCRC32", .string, at: .header("x-amz-checksum-crc32")),
    .optional("ChecksumCRC32C", .string, at: .header("x-amz-checksum-crc32c")),
    .optional("ChecksumCRC64NVME", .string, at: .header("x-amz-checksum-crc64nvme")),
    .optional("ChecksumSHA1", .string, at: .header("x-amz-checksum-sha1")),
    .optional("ChecksumSHA256", .string, at: .header("x-amz-checksum-sha256")),
    .optional("ChecksumSHA512", .string, at: .header("x-amz-checksum-sha512")),
    .optional("ChecksumMD5", .string, at: .header("x-amz-checksum-md5")),
    .optional("ChecksumXXHASH64", .string, at: .header("x-amz-checksum-xxhash64")),
    .optional("ChecksumXXHASH3", .string, at: .header("x-amz-checksum-xxhash3")),
    .optional("ChecksumXXHASH128", .string, at: .header("x-amz-checksum-xxhash128")))

  /// A checksum by each algorithm, as elements.
  static let checksums = group(
    .optional("ChecksumCRC32", .string),
    .optional("ChecksumCRC32C", .string),
    .optional("ChecksumCRC64NVME", .string),
    .optional("ChecksumSHA1", .string),
    .optional("ChecksumSHA256", .string),
    .optional("ChecksumSHA512", .string),
    .optional("ChecksumMD5", .string),
    .optional("ChecksumXXHASH64", .string),
    .optional("ChecksumXXHASH3", .string),
    .optional("ChecksumXXHASH128", .string))

  /// The key that the customer keeps and sends with each request.
  static let customerKey = group(
    .optional("SSECustomerAlgorithm", .string, at: .header("x-amz-server-side-encryption-customer-algorithm")),
    .optional("SSECustomerKey", S3Shape.sensitiveText, at: .header("x-amz-server-side-encryption-customer-key")),
    .optional("SSECustomerKeyMD5", .string, at: .header("x-amz-server-side-encryption-customer-key-MD5")))

  /// The same for the object that is copied.
  static let copySourceCustomerKey = group(
    .optional(
      "CopySourceSSECustomerAlgorithm", .string,
      at: .header("x-amz-copy-source-server-side-encryption-customer-algorithm")),
    .optional(
      "CopySourceSSECustomerKey", S3Shape.sensitiveText,
      at: .header("x-amz-copy-source-server-side-encryption-customer-key")),
    .optional(
      "CopySourceSSECustomerKeyMD5", .string, at: .header("x-amz-copy-source-server-side-encryption-customer-key-MD5")
    ))

  /// Under which conditions the object is copied.
  static let copySourceConditions = group(
    .optional("CopySourceIfMatch", .string, at: .header("x-amz-copy-source-if-match")),
    .optional("CopySourceIfModifiedSince", .timestamp(.httpDate), at: .header("x-amz-copy-source-if-modified-since")),
    .optional("CopySourceIfNoneMatch", .string, at: .header("x-amz-copy-source-if-none-match")),
    .optional(
      "CopySourceIfUnmodifiedSince", .timestamp(.httpDate), at: .header("x-amz-copy-source-if-unmodified-since")))

  /// Until when an object may not be changed or deleted.
  static let objectLock = group(
    .optional("ObjectLockMode", S3Shape.objectLockMode, at: .header("x-amz-object-lock-mode")),
    .optional("ObjectLockRetainUntilDate", .timestamp(.iso8601), at: .header("x-amz-object-lock-retain-until-date")),
    .optional(
      "ObjectLockLegalHoldStatus", S3Shape.objectLockLegalHoldStatus, at: .header("x-amz-object-lock-legal-hold")))

  /// To whom an object is granted, beside the canned lists.
  static let grants = group(
    .optional("GrantFullControl", .string, at: .header("x-amz-grant-full-control")),
    .optional("GrantRead", .string, at: .header("x-amz-grant-read")),
    .optional("GrantReadACP", .string, at: .header("x-amz-grant-read-acp")),
    .optional("GrantWriteACP", .string, at: .header("x-amz-grant-write-acp")))

  /// The key of KMS that encrypts.
  static let kmsKey = group(
    .optional("SSEKMSKeyId", S3Shape.sensitiveText, at: .header("x-amz-server-side-encryption-aws-kms-key-id")),
    .optional("SSEKMSEncryptionContext", S3Shape.sensitiveText, at: .header("x-amz-server-side-encryption-context")),
    .optional("BucketKeyEnabled", .boolean, at: .header("x-amz-server-side-encryption-bucket-key-enabled")))
}
