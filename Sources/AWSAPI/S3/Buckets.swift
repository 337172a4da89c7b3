/// Buckets themselves.
extension Operation {
  static let listBuckets = Operation(
    .s3, "ListBuckets", binding: RESTBinding("GET", .service, root: "ListAllMyBucketsResult"),
    input: [
      .optional("MaxBuckets", .integer(1...10_000), at: .query("max-buckets")),
      .optional("ContinuationToken", .string, at: .query("continuation-token")),
      .optional("Prefix", .string, at: .query("prefix")),
      .optional("BucketRegion", .string, at: .query("bucket-region")),
    ],
    output: [
      .optional("Owner", S3Shape.owner),
      .optional("Buckets", .list(of: S3Shape.bucket, element: "Bucket")),
      .optional("ContinuationToken", .string),
      .optional("Prefix", .string),
    ],
    authorization: [AuthorizationRule("s3:ListAllMyBuckets", on: .any)])

  static let createBucket = Operation(
    .s3, "CreateBucket", binding: RESTBinding("PUT", .bucket),
    input: [
      .optional("ACL", S3Shape.bucketCannedACL, at: .header("x-amz-acl")),
      .required("Bucket", .string, at: .uri),
      .optional(
        "CreateBucketConfiguration", S3Shape.createBucketConfiguration, at: .payload("CreateBucketConfiguration")),
      .optional("GrantFullControl", .string, at: .header("x-amz-grant-full-control")),
      .optional("GrantRead", .string, at: .header("x-amz-grant-read")),
      .optional("GrantReadACP", .string, at: .header("x-amz-grant-read-acp")),
      .optional("GrantWrite", .string, at: .header("x-amz-grant-write")),
      .optional("GrantWriteACP", .string, at: .header("x-amz-grant-write-acp")),
      .optional("ObjectLockEnabledForBucket", .boolean, at: .header("x-amz-bucket-object-lock-enabled")),
      .optional("ObjectOwnership", S3Shape.objectOwnership, at: .header("x-amz-object-ownership")),
      .optional("BucketNamespace", S3Shape.bucketNamespace, at: .header("x-amz-bucket-namespace")),
    ],
    output: [
      .optional("Location", .string, at: .header("Location")),
      .optional("BucketArn", .string(1...128), at: .header("x-amz-bucket-arn")),
    ],
    authorization: [
      AuthorizationRule("s3:CreateBucket", on: .bucket),
      AuthorizationRule("s3:PutBucketAcl", on: .bucket, when: .present("ACL")),
      AuthorizationRule("s3:PutBucketOwnershipControls", on: .bucket, when: .present("ObjectOwnership")),
      AuthorizationRule(
        "s3:PutBucketObjectLockConfiguration", on: .bucket, when: .present("ObjectLockEnabledForBucket")),
    ],
    undo: Undo("DeleteBucket", ["Bucket": .parameter("Bucket")], emptiesFirst: true))

  static let headBucket = Operation(
    .s3, "HeadBucket", binding: RESTBinding("HEAD", .bucket),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("BucketArn", .string(1...128), at: .header("x-amz-bucket-arn")),
      .optional("BucketLocationType", S3Shape.locationType, at: .header("x-amz-bucket-location-type")),
      .optional("BucketLocationName", .string, at: .header("x-amz-bucket-location-name")),
      .optional("BucketRegion", .string(0...20), at: .header("x-amz-bucket-region")),
      .optional("AccessPointAlias", .boolean, at: .header("x-amz-access-point-alias")),
    ],
    authorization: [AuthorizationRule("s3:ListBucket", on: .bucket)])

  static let deleteBucket = Operation(
    .s3, "DeleteBucket", binding: RESTBinding("DELETE", .bucket, status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:DeleteBucket", on: .bucket)])

  static let getBucketLocation = Operation(
    .s3, "GetBucketLocation", binding: RESTBinding("GET", .bucket, selector: ["location"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    // The member is the document: S3 wraps nothing around it.
    output: [
      .optional("LocationConstraint", S3Shape.bucketLocationConstraint, at: .payload("LocationConstraint"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketLocation", on: .bucket)])
}
