/// Bucket policies.
extension Operation {
  static let getBucketPolicy = Operation(
    .s3, "GetBucketPolicy", binding: RESTBinding("GET", .bucket, selector: ["policy"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Policy", .string, at: .body)
    ],
    authorization: [AuthorizationRule("s3:GetBucketPolicy", on: .bucket)])

  static let putBucketPolicy = Operation(
    .s3, "PutBucketPolicy", binding: RESTBinding("PUT", .bucket, selector: ["policy"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("ConfirmRemoveSelfBucketAccess", .boolean, at: .header("x-amz-confirm-remove-self-bucket-access")),
      .required("Policy", .string, at: .body),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketPolicy", on: .bucket)],
    undo: Undo("DeleteBucketPolicy", same: "Bucket"))

  static let deleteBucketPolicy = Operation(
    .s3, "DeleteBucketPolicy", binding: RESTBinding("DELETE", .bucket, selector: ["policy"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:DeleteBucketPolicy", on: .bucket)])

  static let getBucketPolicyStatus = Operation(
    .s3, "GetBucketPolicyStatus", binding: RESTBinding("GET", .bucket, selector: ["policyStatus"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("PolicyStatus", S3Shape.policyStatus, at: .payload("PolicyStatus"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketPolicyStatus", on: .bucket)])
}
