/// Settings that change what a bucket does.
extension Operation {
  static let getBucketVersioning = Operation(
    .s3, "GetBucketVersioning",
    binding: RESTBinding("GET", .bucket, selector: ["versioning"], root: "VersioningConfiguration"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Status", S3Shape.bucketVersioningStatus),
      .optional("MFADelete", S3Shape.mfaDeleteStatus, at: .element("MfaDelete")),
    ],
    authorization: [AuthorizationRule("s3:GetBucketVersioning", on: .bucket)])

  static let putBucketVersioning = Operation(
    .s3, "PutBucketVersioning", binding: RESTBinding("PUT", .bucket, selector: ["versioning"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("MFA", .string, at: .header("x-amz-mfa")),
      .required("VersioningConfiguration", S3Shape.versioningConfiguration, at: .payload("VersioningConfiguration")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketVersioning", on: .bucket)])

  static let getBucketEncryption = Operation(
    .s3, "GetBucketEncryption", binding: RESTBinding("GET", .bucket, selector: ["encryption"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional(
        "ServerSideEncryptionConfiguration", S3Shape.serverSideEncryptionConfiguration,
        at: .payload("ServerSideEncryptionConfiguration"))
    ],
    authorization: [AuthorizationRule("s3:GetEncryptionConfiguration", on: .bucket)])

  static let putBucketEncryption = Operation(
    .s3, "PutBucketEncryption", binding: RESTBinding("PUT", .bucket, selector: ["encryption"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .required(
        "ServerSideEncryptionConfiguration", S3Shape.serverSideEncryptionConfiguration,
        at: .payload("ServerSideEncryptionConfiguration")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutEncryptionConfiguration", on: .bucket)])

  static let deleteBucketEncryption = Operation(
    .s3, "DeleteBucketEncryption", binding: RESTBinding("DELETE", .bucket, selector: ["encryption"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutEncryptionConfiguration", on: .bucket)])

  static let getBucketCors = Operation(
    .s3, "GetBucketCors", binding: RESTBinding("GET", .bucket, selector: ["cors"], root: "CORSConfiguration"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("CORSRules", .flattened(of: S3Shape.corsRule), at: .element("CORSRule"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketCORS", on: .bucket)])

  static let putBucketCors = Operation(
    .s3, "PutBucketCors", binding: RESTBinding("PUT", .bucket, selector: ["cors"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("CORSConfiguration", S3Shape.corsConfiguration, at: .payload("CORSConfiguration")),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketCORS", on: .bucket)],
    undo: Undo("DeleteBucketCors", same: "Bucket"))

  static let deleteBucketCors = Operation(
    .s3, "DeleteBucketCors", binding: RESTBinding("DELETE", .bucket, selector: ["cors"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketCORS", on: .bucket)])

  static let getBucketLifecycleConfiguration = Operation(
    .s3, "GetBucketLifecycleConfiguration",
    binding: RESTBinding("GET", .bucket, selector: ["lifecycle"], root: "LifecycleConfiguration"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Rules", .flattened(of: S3Shape.lifecycleRule), at: .element("Rule")),
      .optional(
        "TransitionDefaultMinimumObjectSize", S3Shape.transitionDefaultMinimumObjectSize,
        at: .header("x-amz-transition-default-minimum-object-size")),
    ],
    authorization: [AuthorizationRule("s3:GetLifecycleConfiguration", on: .bucket)])

  static let putBucketLifecycleConfiguration = Operation(
    .s3, "PutBucketLifecycleConfiguration",
    binding: RESTBinding("PUT", .bucket, selector: ["lifecycle"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("LifecycleConfiguration", S3Shape.bucketLifecycleConfiguration, at: .payload("LifecycleConfiguration")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional(
        "TransitionDefaultMinimumObjectSize", S3Shape.transitionDefaultMinimumObjectSize,
        at: .header("x-amz-transition-default-minimum-object-size")),
    ],
    output: [
      .optional(
        "TransitionDefaultMinimumObjectSize", S3Shape.transitionDefaultMinimumObjectSize,
        at: .header("x-amz-transition-default-minimum-object-size"))
    ],
    authorization: [AuthorizationRule("s3:PutLifecycleConfiguration", on: .bucket)],
    undo: Undo("DeleteBucketLifecycle", same: "Bucket"))

  static let deleteBucketLifecycle = Operation(
    .s3, "DeleteBucketLifecycle", binding: RESTBinding("DELETE", .bucket, selector: ["lifecycle"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutLifecycleConfiguration", on: .bucket)])

  static let getBucketLogging = Operation(
    .s3, "GetBucketLogging", binding: RESTBinding("GET", .bucket, selector: ["logging"], root: "BucketLoggingStatus"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("LoggingEnabled", S3Shape.loggingEnabled)
    ],
    authorization: [AuthorizationRule("s3:GetBucketLogging", on: .bucket)])

  static let putBucketLogging = Operation(
    .s3, "PutBucketLogging", binding: RESTBinding("PUT", .bucket, selector: ["logging"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("BucketLoggingStatus", S3Shape.bucketLoggingStatus, at: .payload("BucketLoggingStatus")),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketLogging", on: .bucket)])
}
