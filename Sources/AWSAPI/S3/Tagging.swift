/// Tags of buckets and objects.
extension Operation {
  static let getBucketTagging = Operation(
    .s3, "GetBucketTagging", binding: RESTBinding("GET", .bucket, selector: ["tagging"], root: "Tagging"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .required("TagSet", .list(of: S3Shape.tag, element: "Tag"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketTagging", on: .bucket)])

  static let putBucketTagging = Operation(
    .s3, "PutBucketTagging", binding: RESTBinding("PUT", .bucket, selector: ["tagging"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .required("Tagging", S3Shape.tagging, at: .payload("Tagging")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketTagging", on: .bucket)],
    undo: Undo("DeleteBucketTagging", same: "Bucket"))

  static let deleteBucketTagging = Operation(
    .s3, "DeleteBucketTagging", binding: RESTBinding("DELETE", .bucket, selector: ["tagging"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketTagging", on: .bucket)])

  static let getObjectTagging = Operation(
    .s3, "GetObjectTagging", binding: RESTBinding("GET", .object, selector: ["tagging"], root: "Tagging"),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("VersionId", .string, at: .query("versionId")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
    ],
    output: [
      .optional("VersionId", .string, at: .header("x-amz-version-id")),
      .required("TagSet", .list(of: S3Shape.tag, element: "Tag")),
    ],
    authorization: [
      AuthorizationRule("s3:GetObjectTagging", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:GetObjectVersionTagging", on: .object, when: .present("VersionId")),
    ])

  static let putObjectTagging = Operation(
    .s3, "PutObjectTagging", binding: RESTBinding("PUT", .object, selector: ["tagging"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("VersionId", .string, at: .query("versionId")),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .required("Tagging", S3Shape.tagging, at: .payload("Tagging")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
    ],
    output: [
      .optional("VersionId", .string, at: .header("x-amz-version-id"))
    ],
    authorization: [
      AuthorizationRule("s3:PutObjectTagging", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:PutObjectVersionTagging", on: .object, when: .present("VersionId")),
    ],
    undo: Undo("DeleteObjectTagging", same: "Bucket", "Key", "VersionId"))

  static let deleteObjectTagging = Operation(
    .s3, "DeleteObjectTagging", binding: RESTBinding("DELETE", .object, selector: ["tagging"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("VersionId", .string, at: .query("versionId")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("VersionId", .string, at: .header("x-amz-version-id"))
    ],
    authorization: [
      AuthorizationRule("s3:DeleteObjectTagging", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:DeleteObjectVersionTagging", on: .object, when: .present("VersionId")),
    ])
}
