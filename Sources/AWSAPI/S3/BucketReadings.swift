/// Settings that are read, for clients that ask for all of them.
extension Operation {
  static let getBucketWebsite = Operation(
    .s3, "GetBucketWebsite", binding: RESTBinding("GET", .bucket, selector: ["website"], root: "WebsiteConfiguration"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("RedirectAllRequestsTo", S3Shape.redirectAllRequestsTo),
      .optional("IndexDocument", S3Shape.indexDocument),
      .optional("ErrorDocument", S3Shape.errorDocument),
      .optional("RoutingRules", .list(of: S3Shape.routingRule, element: "RoutingRule")),
    ],
    authorization: [AuthorizationRule("s3:GetBucketWebsite", on: .bucket)])

  static let getBucketAccelerateConfiguration = Operation(
    .s3, "GetBucketAccelerateConfiguration",
    binding: RESTBinding("GET", .bucket, selector: ["accelerate"], root: "AccelerateConfiguration"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
    ],
    output: [
      .optional("Status", S3Shape.bucketAccelerateStatus),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [AuthorizationRule("s3:GetAccelerateConfiguration", on: .bucket)])

  static let getBucketRequestPayment = Operation(
    .s3, "GetBucketRequestPayment",
    binding: RESTBinding("GET", .bucket, selector: ["requestPayment"], root: "RequestPaymentConfiguration"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Payer", S3Shape.payer)
    ],
    authorization: [AuthorizationRule("s3:GetBucketRequestPayment", on: .bucket)])

  static let getBucketReplication = Operation(
    .s3, "GetBucketReplication", binding: RESTBinding("GET", .bucket, selector: ["replication"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("ReplicationConfiguration", S3Shape.replicationConfiguration, at: .payload("ReplicationConfiguration"))
    ],
    authorization: [AuthorizationRule("s3:GetReplicationConfiguration", on: .bucket)])

  static let getObjectLockConfiguration = Operation(
    .s3, "GetObjectLockConfiguration", binding: RESTBinding("GET", .bucket, selector: ["object-lock"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("ObjectLockConfiguration", S3Shape.objectLockConfiguration, at: .payload("ObjectLockConfiguration"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketObjectLockConfiguration", on: .bucket)])
}
