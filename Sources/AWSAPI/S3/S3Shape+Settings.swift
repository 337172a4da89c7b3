/// Structures of a bucket's settings.
extension S3Shape {
  static let ownershipControls: Shape = .structure(
    .required("Rules", .flattened(of: S3Shape.ownershipControlsRule), at: .element("Rule")))

  static let ownershipControlsRule: Shape = .structure(
    .required("ObjectOwnership", S3Shape.objectOwnership))

  static let publicAccessBlockConfiguration: Shape = .structure(
    .optional("BlockPublicAcls", .boolean),
    .optional("IgnorePublicAcls", .boolean),
    .optional("BlockPublicPolicy", .boolean),
    .optional("RestrictPublicBuckets", .boolean))

  static let abacStatus: Shape = .structure(
    .optional("Status", S3Shape.bucketAbacStatus))

  static let versioningConfiguration: Shape = .structure(
    .optional("MFADelete", S3Shape.mfaDelete, at: .element("MfaDelete")),
    .optional("Status", S3Shape.bucketVersioningStatus))

  static let serverSideEncryptionConfiguration: Shape = .structure(
    .required("Rules", .flattened(of: S3Shape.serverSideEncryptionRule), at: .element("Rule")))

  static let serverSideEncryptionRule: Shape = .structure(
    .optional("ApplyServerSideEncryptionByDefault", S3Shape.serverSideEncryptionByDefault),
    .optional("BucketKeyEnabled", .boolean),
    .optional("BlockedEncryptionTypes", S3Shape.blockedEncryptionTypes))

  static let serverSideEncryptionByDefault: Shape = .structure(
    .required("SSEAlgorithm", S3Shape.serverSideEncryption),
    .optional("KMSMasterKeyID", S3Shape.sensitiveText))

  static let blockedEncryptionTypes: Shape = .structure(
    .optional("EncryptionType", .flattened(of: S3Shape.encryptionType)))

  static let corsRule: Shape = .structure(
    .optional("ID", .string),
    .optional("AllowedHeaders", .flattened(of: .string), at: .element("AllowedHeader")),
    .required("AllowedMethods", .flattened(of: .string), at: .element("AllowedMethod")),
    .required("AllowedOrigins", .flattened(of: .string), at: .element("AllowedOrigin")),
    .optional("ExposeHeaders", .flattened(of: .string), at: .element("ExposeHeader")),
    .optional("MaxAgeSeconds", .integer))

  static let corsConfiguration: Shape = .structure(
    .required("CORSRules", .flattened(of: S3Shape.corsRule), at: .element("CORSRule")))

  static let lifecycleRule: Shape = .structure(
    .optional("Expiration", S3Shape.lifecycleExpiration),
    .optional("ID", .string),
    .optional("Prefix", .string),
    .optional("Filter", S3Shape.lifecycleRuleFilter),
    .required("Status", S3Shape.expirationStatus),
    .optional("Transitions", .flattened(of: S3Shape.transition), at: .element("Transition")),
    .optional(
      "NoncurrentVersionTransitions", .flattened(of: S3Shape.noncurrentVersionTransition),
      at: .element("NoncurrentVersionTransition")),
    .optional("NoncurrentVersionExpiration", S3Shape.noncurrentVersionExpiration),
    .optional("AbortIncompleteMultipartUpload", S3Shape.abortIncompleteMultipartUpload))

  static let lifecycleExpiration: Shape = .structure(
    .optional("Date", .timestamp(.iso8601Milliseconds)),
    .optional("Days", .integer),
    .optional("ExpiredObjectDeleteMarker", .boolean))

  static let lifecycleRuleFilter: Shape = .structure(
    .optional("Prefix", .string),
    .optional("Tag", S3Shape.tag),
    .optional("ObjectSizeGreaterThan", .integer),
    .optional("ObjectSizeLessThan", .integer),
    .optional("And", S3Shape.lifecycleRuleAndOperator))

  static let lifecycleRuleAndOperator: Shape = .structure(
    .optional("Prefix", .string),
    .optional("Tags", .list(of: S3Shape.tag, element: "Tag"), at: .element("Tag")),
    .optional("ObjectSizeGreaterThan", .integer),
    .optional("ObjectSizeLessThan", .integer))

  static let transition: Shape = .structure(
    .optional("Date", .timestamp(.iso8601Milliseconds)),
    .optional("Days", .integer),
    .optional("StorageClass", S3Shape.transitionStorageClass))

  static let noncurrentVersionTransition: Shape = .structure(
    .optional("NoncurrentDays", .integer),
    .optional("StorageClass", S3Shape.transitionStorageClass),
    .optional("NewerNoncurrentVersions", .integer))

  static let noncurrentVersionExpiration: Shape = .structure(
    .optional("NoncurrentDays", .integer),
    .optional("NewerNoncurrentVersions", .integer))

  static let abortIncompleteMultipartUpload: Shape = .structure(
    .optional("DaysAfterInitiation", .integer))

  static let bucketLifecycleConfiguration: Shape = .structure(
    .required("Rules", .flattened(of: S3Shape.lifecycleRule), at: .element("Rule")))

  static let loggingEnabled: Shape = .structure(
    .required("TargetBucket", .string),
    .optional("TargetGrants", .list(of: S3Shape.targetGrant, element: "Grant")),
    .required("TargetPrefix", .string),
    .optional("TargetObjectKeyFormat", S3Shape.targetObjectKeyFormat))

  static let targetGrant: Shape = .structure(
    .optional("Grantee", S3Shape.grantee),
    .optional("Permission", S3Shape.bucketLogsPermission))

  static let targetObjectKeyFormat: Shape = .structure(
    .optional("SimplePrefix", S3Shape.simplePrefix),
    .optional("PartitionedPrefix", S3Shape.partitionedPrefix))

  static let simplePrefix: Shape = .structure()

  static let partitionedPrefix: Shape = .structure(
    .optional("PartitionDateSource", S3Shape.partitionDateSource))

  static let bucketLoggingStatus: Shape = .structure(
    .optional("LoggingEnabled", S3Shape.loggingEnabled))

  static let redirectAllRequestsTo: Shape = .structure(
    .required("HostName", .string),
    .optional("Protocol", S3Shape.protocolName))

  static let indexDocument: Shape = .structure(
    .required("Suffix", .string))

  static let errorDocument: Shape = .structure(
    .required("Key", .string(1...Int.max)))

  static let routingRule: Shape = .structure(
    .optional("Condition", S3Shape.condition),
    .required("Redirect", S3Shape.redirect))

  static let condition: Shape = .structure(
    .optional("HttpErrorCodeReturnedEquals", .string),
    .optional("KeyPrefixEquals", .string))

  static let redirect: Shape = .structure(
    .optional("HostName", .string),
    .optional("HttpRedirectCode", .string),
    .optional("Protocol", S3Shape.protocolName),
    .optional("ReplaceKeyPrefixWith", .string),
    .optional("ReplaceKeyWith", .string))

  static let replicationConfiguration: Shape = .structure(
    .required("Role", .string),
    .required("Rules", .flattened(of: S3Shape.replicationRule), at: .element("Rule")))

  static let replicationRule: Shape = .structure(
    .optional("ID", .string),
    .optional("Priority", .integer),
    .optional("Prefix", .string),
    .optional("Filter", S3Shape.replicationRuleFilter),
    .required("Status", S3Shape.replicationRuleStatus),
    .optional("SourceSelectionCriteria", S3Shape.sourceSelectionCriteria),
    .optional("ExistingObjectReplication", S3Shape.existingObjectReplication),
    .required("Destination", S3Shape.destination),
    .optional("DeleteMarkerReplication", S3Shape.deleteMarkerReplication))

  static let replicationRuleFilter: Shape = .structure(
    .optional("Prefix", .string),
    .optional("Tag", S3Shape.tag),
    .optional("And", S3Shape.replicationRuleAndOperator))

  static let replicationRuleAndOperator: Shape = .structure(
    .optional("Prefix", .string),
    .optional("Tags", .list(of: S3Shape.tag, element: "Tag"), at: .element("Tag")))

  static let sourceSelectionCriteria: Shape = .structure(
    .optional("SseKmsEncryptedObjects", S3Shape.sseKmsEncryptedObjects),
    .optional("ReplicaModifications", S3Shape.replicaModifications))

  static let sseKmsEncryptedObjects: Shape = .structure(
    .required("Status", S3Shape.sseKmsEncryptedObjectsStatus))

  static let replicaModifications: Shape = .structure(
    .required("Status", S3Shape.replicaModificationsStatus))

  static let existingObjectReplication: Shape = .structure(
    .required("Status", S3Shape.existingObjectReplicationStatus))

  static let destination: Shape = .structure(
    .required("Bucket", .string),
    .optional("Account", .string),
    .optional("StorageClass", S3Shape.storageClass),
    .optional("AccessControlTranslation", S3Shape.accessControlTranslation),
    .optional("EncryptionConfiguration", S3Shape.encryptionConfiguration),
    .optional("ReplicationTime", S3Shape.replicationTime),
    .optional("Metrics", S3Shape.metrics))

  static let accessControlTranslation: Shape = .structure(
    .required("Owner", S3Shape.ownerOverride))

  static let encryptionConfiguration: Shape = .structure(
    .optional("ReplicaKmsKeyID", .string))

  static let replicationTime: Shape = .structure(
    .required("Status", S3Shape.replicationTimeStatus),
    .required("Time", S3Shape.replicationTimeValue))

  static let replicationTimeValue: Shape = .structure(
    .optional("Minutes", .integer))

  static let metrics: Shape = .structure(
    .required("Status", S3Shape.metricsStatus),
    .optional("EventThreshold", S3Shape.replicationTimeValue))

  static let deleteMarkerReplication: Shape = .structure(
    .optional("Status", S3Shape.deleteMarkerReplicationStatus))

  static let objectLockConfiguration: Shape = .structure(
    .optional("ObjectLockEnabled", S3Shape.objectLockEnabled),
    .optional("Rule", S3Shape.objectLockRule))

  static let objectLockRule: Shape = .structure(
    .optional("DefaultRetention", S3Shape.defaultRetention))

  static let defaultRetention: Shape = .structure(
    .optional("Mode", S3Shape.objectLockRetentionMode),
    .optional("Days", .integer),
    .optional("Years", .integer))
}
