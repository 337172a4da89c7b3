/// The shapes that several of S3's operations share: first the texts of which S3 accepts only some.
enum S3Shape {
  /// A key that a customer encrypts with: not to be shown.
  static let sensitiveText: Shape = .string(StringConstraint(isSensitive: true))

  static let bucketCannedACL: Shape = .oneOf("private", "public-read", "public-read-write", "authenticated-read")

  static let bucketLocationConstraint: Shape = .oneOf(
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
    "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "EU",
    "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
    "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-2", "us-gov-east-1",
    "us-gov-west-1", "us-west-1", "us-west-2")

  static let locationType: Shape = .oneOf("AvailabilityZone", "LocalZone")

  static let dataRedundancy: Shape = .oneOf("SingleAvailabilityZone", "SingleLocalZone")

  static let bucketType: Shape = .oneOf("Directory")

  static let objectOwnership: Shape = .oneOf("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced")

  static let bucketNamespace: Shape = .oneOf("account-regional", "global")

  static let encodingType: Shape = .oneOf("url")

  static let requestPayer: Shape = .oneOf("requester")

  static let optionalObjectAttributes: Shape = .oneOf("RestoreStatus")

  static let checksumAlgorithm: Shape = .oneOf(
    "CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME", "SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128")

  static let checksumType: Shape = .oneOf("COMPOSITE", "FULL_OBJECT")

  static let objectStorageClass: Shape = .oneOf(
    "STANDARD", "REDUCED_REDUNDANCY", "GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE",
    "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP")

  static let requestCharged: Shape = .oneOf("requester")

  static let objectVersionStorageClass: Shape = .oneOf("STANDARD")

  static let objectCannedACL: Shape = .oneOf(
    "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read",
    "bucket-owner-full-control")

  static let serverSideEncryption: Shape = .oneOf("AES256", "aws:fsx", "aws:kms", "aws:kms:dsse")

  static let storageClass: Shape = .oneOf(
    "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
    "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP")

  static let objectLockMode: Shape = .oneOf("GOVERNANCE", "COMPLIANCE")

  static let objectLockLegalHoldStatus: Shape = .oneOf("ON", "OFF")

  static let checksumMode: Shape = .oneOf("ENABLED")

  static let replicationStatus: Shape = .oneOf("COMPLETE", "PENDING", "FAILED", "REPLICA", "COMPLETED")

  static let archiveStatus: Shape = .oneOf("ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS")

  static let metadataDirective: Shape = .oneOf("COPY", "REPLACE")

  static let taggingDirective: Shape = .oneOf("COPY", "REPLACE")

  static let objectAttributes: Shape = .oneOf("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize")

  static let typeName: Shape = .oneOf("CanonicalUser", "AmazonCustomerByEmail", "Group")

  static let permission: Shape = .oneOf("FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP")

  static let bucketAbacStatus: Shape = .oneOf("Enabled", "Disabled")

  static let bucketVersioningStatus: Shape = .oneOf("Enabled", "Suspended")

  static let mfaDeleteStatus: Shape = .oneOf("Enabled", "Disabled")

  static let mfaDelete: Shape = .oneOf("Enabled", "Disabled")

  static let encryptionType: Shape = .oneOf("NONE", "SSE-C")

  static let expirationStatus: Shape = .oneOf("Enabled", "Disabled")

  static let transitionStorageClass: Shape = .oneOf(
    "GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR")

  static let transitionDefaultMinimumObjectSize: Shape = .oneOf("varies_by_storage_class", "all_storage_classes_128K")

  static let bucketLogsPermission: Shape = .oneOf("FULL_CONTROL", "READ", "WRITE")

  static let partitionDateSource: Shape = .oneOf("EventTime", "DeliveryTime")

  static let protocolName: Shape = .oneOf("http", "https")

  static let bucketAccelerateStatus: Shape = .oneOf("Enabled", "Suspended")

  static let payer: Shape = .oneOf("Requester", "BucketOwner")

  static let replicationRuleStatus: Shape = .oneOf("Enabled", "Disabled")

  static let sseKmsEncryptedObjectsStatus: Shape = .oneOf("Enabled", "Disabled")

  static let replicaModificationsStatus: Shape = .oneOf("Enabled", "Disabled")

  static let existingObjectReplicationStatus: Shape = .oneOf("Enabled", "Disabled")

  static let ownerOverride: Shape = .oneOf("Destination")

  static let replicationTimeStatus: Shape = .oneOf("Enabled", "Disabled")

  static let metricsStatus: Shape = .oneOf("Enabled", "Disabled")

  static let deleteMarkerReplicationStatus: Shape = .oneOf("Enabled", "Disabled")

  static let objectLockEnabled: Shape = .oneOf("Enabled")

  static let objectLockRetentionMode: Shape = .oneOf("GOVERNANCE", "COMPLIANCE")
}
