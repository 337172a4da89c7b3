/// Access control lists, ownership controls and the public access block.
extension Operation {
  static let getBucketAcl = Operation(
    .s3, "GetBucketAcl", binding: RESTBinding("GET", .bucket, selector: ["acl"], root: "AccessControlPolicy"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Owner", S3Shape.owner),
      .optional("Grants", .list(of: S3Shape.grant, element: "Grant"), at: .element("AccessControlList")),
    ],
    authorization: [AuthorizationRule("s3:GetBucketAcl", on: .bucket)])

  static let putBucketAcl = Operation(
    .s3, "PutBucketAcl", binding: RESTBinding("PUT", .bucket, selector: ["acl"], needsChecksum: true),
    input: [
      .optional("ACL", S3Shape.bucketCannedACL, at: .header("x-amz-acl")),
      .optional("AccessControlPolicy", S3Shape.accessControlPolicy, at: .payload("AccessControlPolicy")),
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("GrantFullControl", .string, at: .header("x-amz-grant-full-control")),
      .optional("GrantRead", .string, at: .header("x-amz-grant-read")),
      .optional("GrantReadACP", .string, at: .header("x-amz-grant-read-acp")),
      .optional("GrantWrite", .string, at: .header("x-amz-grant-write")),
      .optional("GrantWriteACP", .string, at: .header("x-amz-grant-write-acp")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketAcl", on: .bucket)])

  static let getObjectAcl = Operation(
    .s3, "GetObjectAcl", binding: RESTBinding("GET", .object, selector: ["acl"], root: "AccessControlPolicy"),
    input: [
      .required("Bucket", .string, at: .uri),
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("VersionId", .string, at: .query("versionId")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("Owner", S3Shape.owner),
      .optional("Grants", .list(of: S3Shape.grant, element: "Grant"), at: .element("AccessControlList")),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [
      AuthorizationRule("s3:GetObjectAcl", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:GetObjectVersionAcl", on: .object, when: .present("VersionId")),
    ])

  static let putObjectAcl = Operation(
    .s3, "PutObjectAcl", binding: RESTBinding("PUT", .object, selector: ["acl"], needsChecksum: true),
    input: [
      .optional("ACL", S3Shape.objectCannedACL, at: .header("x-amz-acl")),
      .optional("AccessControlPolicy", S3Shape.accessControlPolicy, at: .payload("AccessControlPolicy")),
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("GrantFullControl", .string, at: .header("x-amz-grant-full-control")),
      .optional("GrantRead", .string, at: .header("x-amz-grant-read")),
      .optional("GrantReadACP", .string, at: .header("x-amz-grant-read-acp")),
      .optional("GrantWrite", .string, at: .header("x-amz-grant-write")),
      .optional("GrantWriteACP", .string, at: .header("x-amz-grant-write-acp")),
      .required("Key", .string(1...Int.max), at: .uri),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("VersionId", .string, at: .query("versionId")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged"))
    ],
    authorization: [
      AuthorizationRule("s3:PutObjectAcl", on: .object, when: .absent("VersionId")),
      AuthorizationRule("s3:PutObjectVersionAcl", on: .object, when: .present("VersionId")),
    ])

  static let getBucketOwnershipControls = Operation(
    .s3, "GetBucketOwnershipControls", binding: RESTBinding("GET", .bucket, selector: ["ownershipControls"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("OwnershipControls", S3Shape.ownershipControls, at: .payload("OwnershipControls"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketOwnershipControls", on: .bucket)])

  static let putBucketOwnershipControls = Operation(
    .s3, "PutBucketOwnershipControls",
    binding: RESTBinding("PUT", .bucket, selector: ["ownershipControls"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .required("OwnershipControls", S3Shape.ownershipControls, at: .payload("OwnershipControls")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketOwnershipControls", on: .bucket)])

  static let deleteBucketOwnershipControls = Operation(
    .s3, "DeleteBucketOwnershipControls",
    binding: RESTBinding("DELETE", .bucket, selector: ["ownershipControls"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketOwnershipControls", on: .bucket)])

  static let getPublicAccessBlock = Operation(
    .s3, "GetPublicAccessBlock", binding: RESTBinding("GET", .bucket, selector: ["publicAccessBlock"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional(
        "PublicAccessBlockConfiguration", S3Shape.publicAccessBlockConfiguration,
        at: .payload("PublicAccessBlockConfiguration"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketPublicAccessBlock", on: .bucket)])

  static let putPublicAccessBlock = Operation(
    .s3, "PutPublicAccessBlock",
    binding: RESTBinding("PUT", .bucket, selector: ["publicAccessBlock"], needsChecksum: true),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .required(
        "PublicAccessBlockConfiguration", S3Shape.publicAccessBlockConfiguration,
        at: .payload("PublicAccessBlockConfiguration")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketPublicAccessBlock", on: .bucket)])

  static let deletePublicAccessBlock = Operation(
    .s3, "DeletePublicAccessBlock",
    binding: RESTBinding("DELETE", .bucket, selector: ["publicAccessBlock"], status: 204),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketPublicAccessBlock", on: .bucket)])

  static let getBucketAbac = Operation(
    .s3, "GetBucketAbac", binding: RESTBinding("GET", .bucket, selector: ["abac"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
    ],
    output: [
      .optional("AbacStatus", S3Shape.abacStatus, at: .payload("AbacStatus"))
    ],
    authorization: [AuthorizationRule("s3:GetBucketAbac", on: .bucket)])

  static let putBucketAbac = Operation(
    .s3, "PutBucketAbac", binding: RESTBinding("PUT", .bucket, selector: ["abac"]),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("ContentMD5", .string, at: .header("Content-MD5")),
      .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm, at: .header("x-amz-sdk-checksum-algorithm")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .required("AbacStatus", S3Shape.abacStatus, at: .payload("AbacStatus")),
    ],
    authorization: [AuthorizationRule("s3:PutBucketAbac", on: .bucket)])
}
