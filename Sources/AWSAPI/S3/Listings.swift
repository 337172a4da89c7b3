/// Listings of objects and versions. The members of their answers stand in the order in which S3 sends them.
extension Operation {
  static let listObjects = Operation(
    .s3, "ListObjects", binding: RESTBinding("GET", .bucket, root: "ListBucketResult"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("Delimiter", .string, at: .query("delimiter")),
      .optional("EncodingType", S3Shape.encodingType, at: .query("encoding-type")),
      .optional("Marker", .string, at: .query("marker")),
      .optional("MaxKeys", .integer, at: .query("max-keys")),
      .optional("Prefix", .string, at: .query("prefix")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional(
        "OptionalObjectAttributes", .list(of: S3Shape.optionalObjectAttributes, element: "member"),
        at: .header("x-amz-optional-object-attributes")),
    ],
    output: [
      .optional("Name", .string),
      .optional("Prefix", .string),
      .optional("Marker", .string),
      .optional("NextMarker", .string),
      .optional("MaxKeys", .integer),
      .optional("Delimiter", .string),
      .optional("EncodingType", S3Shape.encodingType),
      .optional("IsTruncated", .boolean),
      .optional("Contents", .flattened(of: S3Shape.object)),
      .optional("CommonPrefixes", .flattened(of: S3Shape.commonPrefix)),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [AuthorizationRule("s3:ListBucket", on: .bucket)])

  static let listObjectsV2 = Operation(
    .s3, "ListObjectsV2", binding: RESTBinding("GET", .bucket, selector: ["list-type=2"], root: "ListBucketResult"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("Delimiter", .string, at: .query("delimiter")),
      .optional("EncodingType", S3Shape.encodingType, at: .query("encoding-type")),
      .optional("MaxKeys", .integer, at: .query("max-keys")),
      .optional("Prefix", .string, at: .query("prefix")),
      .optional("ContinuationToken", .string, at: .query("continuation-token")),
      .optional("FetchOwner", .boolean, at: .query("fetch-owner")),
      .optional("StartAfter", .string, at: .query("start-after")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional(
        "OptionalObjectAttributes", .list(of: S3Shape.optionalObjectAttributes, element: "member"),
        at: .header("x-amz-optional-object-attributes")),
    ],
    output: [
      .optional("Name", .string),
      .optional("Prefix", .string),
      .optional("StartAfter", .string),
      .optional("ContinuationToken", .string),
      .optional("NextContinuationToken", .string),
      .optional("KeyCount", .integer),
      .optional("MaxKeys", .integer),
      .optional("Delimiter", .string),
      .optional("EncodingType", S3Shape.encodingType),
      .optional("IsTruncated", .boolean),
      .optional("Contents", .flattened(of: S3Shape.object)),
      .optional("CommonPrefixes", .flattened(of: S3Shape.commonPrefix)),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [AuthorizationRule("s3:ListBucket", on: .bucket)])

  static let listObjectVersions = Operation(
    .s3, "ListObjectVersions", binding: RESTBinding("GET", .bucket, selector: ["versions"], root: "ListVersionsResult"),
    input: [
      .required("Bucket", .string, at: .uri),
      .optional("Delimiter", .string, at: .query("delimiter")),
      .optional("EncodingType", S3Shape.encodingType, at: .query("encoding-type")),
      .optional("KeyMarker", .string, at: .query("key-marker")),
      .optional("MaxKeys", .integer, at: .query("max-keys")),
      .optional("Prefix", .string, at: .query("prefix")),
      .optional("VersionIdMarker", .string, at: .query("version-id-marker")),
      .optional("ExpectedBucketOwner", .string, at: .header("x-amz-expected-bucket-owner")),
      .optional("RequestPayer", S3Shape.requestPayer, at: .header("x-amz-request-payer")),
      .optional(
        "OptionalObjectAttributes", .list(of: S3Shape.optionalObjectAttributes, element: "member"),
        at: .header("x-amz-optional-object-attributes")),
    ],
    output: [
      .optional("Name", .string),
      .optional("Prefix", .string),
      .optional("KeyMarker", .string),
      .optional("VersionIdMarker", .string),
      .optional("NextKeyMarker", .string),
      .optional("NextVersionIdMarker", .string),
      .optional("MaxKeys", .integer),
      .optional("Delimiter", .string),
      .optional("EncodingType", S3Shape.encodingType),
      .optional("IsTruncated", .boolean),
      .optional("Versions", .flattened(of: S3Shape.objectVersion), at: .element("Version")),
      .optional("DeleteMarkers", .flattened(of: S3Shape.deleteMarkerEntry), at: .element("DeleteMarker")),
      .optional("CommonPrefixes", .flattened(of: S3Shape.commonPrefix)),
      .optional("RequestCharged", S3Shape.requestCharged, at: .header("x-amz-request-charged")),
    ],
    authorization: [AuthorizationRule("s3:ListBucketVersions", on: .bucket)])
}
