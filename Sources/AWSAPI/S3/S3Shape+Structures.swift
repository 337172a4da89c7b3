/// Structures of buckets, objects, listings and uploads.
extension S3Shape {
  static let bucket: Shape = .structure(
    .optional("Name", .string),
    .optional("CreationDate", .timestamp(.iso8601Milliseconds)),
    .optional("BucketRegion", .string),
    .optional("BucketArn", .string(1...128)))

  static let owner: Shape = .structure(
    .optional("ID", .string),
    .optional("DisplayName", .string))

  static let createBucketConfiguration: Shape = .structure(
    .optional("LocationConstraint", S3Shape.bucketLocationConstraint),
    .optional("Location", S3Shape.locationInfo),
    .optional("Bucket", S3Shape.bucketInfo),
    .optional("Tags", .list(of: S3Shape.tag, element: "Tag")))

  static let locationInfo: Shape = .structure(
    .optional("Type", S3Shape.locationType),
    .optional("Name", .string))

  static let bucketInfo: Shape = .structure(
    .optional("DataRedundancy", S3Shape.dataRedundancy),
    .optional("Type", S3Shape.bucketType))

  static let tag: Shape = .structure(
    .required("Key", .string(1...Int.max)),
    .required("Value", .string))

  static let object: Shape = .structure(
    .optional("Key", .string(1...Int.max)),
    .optional("LastModified", .timestamp(.iso8601Milliseconds)),
    .optional("ETag", .string),
    .optional("ChecksumAlgorithm", .flattened(of: S3Shape.checksumAlgorithm)),
    .optional("ChecksumType", S3Shape.checksumType),
    .optional("Size", .integer),
    .optional("Owner", S3Shape.owner),
    .optional("StorageClass", S3Shape.objectStorageClass),
    .optional("RestoreStatus", S3Shape.restoreStatus))

  static let restoreStatus: Shape = .structure(
    .optional("IsRestoreInProgress", .boolean),
    .optional("RestoreExpiryDate", .timestamp(.iso8601Milliseconds)))

  static let commonPrefix: Shape = .structure(
    .optional("Prefix", .string))

  static let objectVersion: Shape = .structure(
    .optional("Key", .string(1...Int.max)),
    .optional("VersionId", .string),
    .optional("IsLatest", .boolean),
    .optional("LastModified", .timestamp(.iso8601Milliseconds)),
    .optional("ETag", .string),
    .optional("ChecksumAlgorithm", .flattened(of: S3Shape.checksumAlgorithm)),
    .optional("ChecksumType", S3Shape.checksumType),
    .optional("Size", .integer),
    .optional("Owner", S3Shape.owner),
    .optional("StorageClass", S3Shape.objectVersionStorageClass),
    .optional("RestoreStatus", S3Shape.restoreStatus))

  static let deleteMarkerEntry: Shape = .structure(
    .optional("Key", .string(1...Int.max)),
    .optional("VersionId", .string),
    .optional("IsLatest", .boolean),
    .optional("LastModified", .timestamp(.iso8601Milliseconds)),
    .optional("Owner", S3Shape.owner))

  static let delete: Shape = .structure(
    .required("Objects", .flattened(of: S3Shape.objectIdentifier), at: .element("Object")),
    .optional("Quiet", .boolean))

  static let objectIdentifier: Shape = .structure(
    .required("Key", .string(1...Int.max)),
    .optional("VersionId", .string),
    .optional("ETag", .string),
    .optional("LastModifiedTime", .timestamp(.httpDate)),
    .optional("Size", .integer))

  static let deletedObject: Shape = .structure(
    .optional("Key", .string(1...Int.max)),
    .optional("VersionId", .string),
    .optional("DeleteMarker", .boolean),
    .optional("DeleteMarkerVersionId", .string))

  static let error: Shape = .structure(
    .optional("Key", .string(1...Int.max)),
    .optional("VersionId", .string),
    .optional("Code", .string),
    .optional("Message", .string))

  static let copyObjectResult: Shape = .structure(
    .optional("LastModified", .timestamp(.iso8601Milliseconds)),
    .optional("ETag", .string),
    .optional("ChecksumType", S3Shape.checksumType),
    .checksums)

  static let checksum: Shape = .structure(
    .checksums,
    .optional("ChecksumType", S3Shape.checksumType))

  static let getObjectAttributesParts: Shape = .structure(
    .optional("TotalPartsCount", .integer, at: .element("PartsCount")),
    .optional("PartNumberMarker", .integer),
    .optional("NextPartNumberMarker", .integer),
    .optional("MaxParts", .integer),
    .optional("IsTruncated", .boolean),
    .optional("Parts", .flattened(of: S3Shape.objectPart), at: .element("Part")))

  static let objectPart: Shape = .structure(
    .optional("PartNumber", .integer),
    .optional("Size", .integer),
    .checksums)

  static let copyPartResult: Shape = .structure(
    .optional("LastModified", .timestamp(.iso8601Milliseconds)),
    .optional("ETag", .string),
    .checksums)

  static let completedMultipartUpload: Shape = .structure(
    .optional("Parts", .flattened(of: S3Shape.completedPart), at: .element("Part")))

  static let completedPart: Shape = .structure(
    .optional("ETag", .string),
    .checksums,
    .optional("PartNumber", .integer))

  static let part: Shape = .structure(
    .optional("PartNumber", .integer),
    .optional("LastModified", .timestamp(.iso8601Milliseconds)),
    .optional("ETag", .string),
    .optional("Size", .integer),
    .checksums)

  static let initiator: Shape = .structure(
    .optional("ID", .string),
    .optional("DisplayName", .string))

  static let multipartUpload: Shape = .structure(
    .optional("Key", .string(1...Int.max)),
    .optional("UploadId", .string),
    .optional("Initiator", S3Shape.initiator),
    .optional("Owner", S3Shape.owner),
    .optional("StorageClass", S3Shape.storageClass),
    .optional("Initiated", .timestamp(.iso8601Milliseconds)),
    .optional("ChecksumAlgorithm", S3Shape.checksumAlgorithm),
    .optional("ChecksumType", S3Shape.checksumType))

  static let policyStatus: Shape = .structure(
    .optional("IsPublic", .boolean))

  static let grant: Shape = .structure(
    .optional("Grantee", S3Shape.grantee),
    .optional("Permission", S3Shape.permission))

  static let grantee: Shape = .structure(
    .optional("ID", .string),
    .optional("DisplayName", .string),
    .optional("EmailAddress", .string),
    .optional("URI", .string),
    .required("Type", S3Shape.typeName, at: .attribute("xsi:type")))

  static let accessControlPolicy: Shape = .structure(
    .optional("Owner", S3Shape.owner),
    .optional("Grants", .list(of: S3Shape.grant, element: "Grant"), at: .element("AccessControlList")))

  static let tagging: Shape = .structure(
    .required("TagSet", .list(of: S3Shape.tag, element: "Tag")))
}
