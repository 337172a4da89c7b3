import AWSAPI
import HTTP

/// The errors of S3, each with the message and the further fields that S3 was seen to send.
extension AWSError {
  private static func s3(
    _ code: String, _ status: Int, _ message: String, _ fields: KeyValuePairs<String, String> = [:]
  ) -> AWSError {
    AWSError(code, message, status: status, fields: fields.map { Field(name: $0.key, value: $0.value) })
  }

  // MARK: Buckets

  static func noSuchBucket(_ name: String) -> AWSError {
    s3("NoSuchBucket", 404, "The specified bucket does not exist", ["BucketName": name])
  }

  static func invalidBucketName(_ name: String) -> AWSError {
    s3("InvalidBucketName", 400, "The specified bucket is not valid.", ["BucketName": name])
  }

  static func bucketAlreadyExists(_ name: String) -> AWSError {
    s3(
      "BucketAlreadyExists", 409,
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
        + "Please select a different name and try again.", ["BucketName": name])
  }

  static func bucketAlreadyOwnedByYou(_ name: String) -> AWSError {
    s3(
      "BucketAlreadyOwnedByYou", 409,
      "Your previous request to create the named bucket succeeded and you already own it.", ["BucketName": name])
  }

  static func bucketNotEmpty(_ name: String, isVersioned: Bool) -> AWSError {
    s3(
      "BucketNotEmpty", 409,
      isVersioned
        ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
        : "The bucket you tried to delete is not empty", ["BucketName": name])
  }

  /// A configuration that a bucket does not have.
  static func notConfigured(_ code: String, _ message: String, bucket: String) -> AWSError {
    s3(code, 404, message, ["BucketName": bucket])
  }

  static func invalidLocationConstraint(_ location: String) -> AWSError {
    s3(
      "InvalidLocationConstraint", 400, "The specified location-constraint is not valid",
      ["LocationConstraint": location])
  }

  static func illegalLocationConstraint(_ location: String) -> AWSError {
    s3(
      "IllegalLocationConstraintException", 400,
      "The \(location) location constraint is incompatible for the region specific endpoint this request was sent to.")
  }

  static func invalidExpectedOwner(_ owner: String) -> AWSError {
    s3(
      "InvalidBucketOwnerAWSAccountID", 400,
      "The value of the expected bucket owner parameter must be an AWS Account ID... [\(owner)]")
  }

  // MARK: Objects

  static func noSuchKey(_ key: String) -> AWSError {
    s3("NoSuchKey", 404, "The specified key does not exist.", ["Key": key])
  }

  static func noSuchVersion(_ version: String, key: String) -> AWSError {
    s3("NoSuchVersion", 404, "The specified version does not exist.", ["Key": key, "VersionId": version])
  }

  static func invalidVersionID(_ version: String) -> AWSError {
    invalidArgument("Invalid version id specified", name: "versionId", value: version)
  }

  static func methodNotAllowed(_ method: String, on resource: String) -> AWSError {
    s3(
      "MethodNotAllowed", 405, "The specified method is not allowed against this resource.",
      ["Method": method, "ResourceType": resource])
  }

  static func preconditionFailed(_ condition: String) -> AWSError {
    s3(
      "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold",
      ["Condition": condition])
  }

  static func conditionalConflict(_ condition: String, key: String) -> AWSError {
    s3(
      "ConditionalRequestConflict", 409,
      "The conditional request cannot succeed due to a conflicting operation against this resource.",
      ["Condition": condition, "Key": key])
  }

  static func invalidRange(_ range: String, size: Int64) -> AWSError {
    s3(
      "InvalidRange", 416, "The requested range is not satisfiable",
      ["RangeRequested": range, "ActualObjectSize": String(size)])
  }

  static func invalidPartNumber(_ number: Int, count: Int) -> AWSError {
    s3(
      "InvalidPartNumber", 416, "The requested partnumber is not satisfiable",
      ["PartNumberRequested": String(number), "ActualPartCount": String(count)])
  }

  static func invalidObjectState(_ storageClass: String) -> AWSError {
    s3(
      "InvalidObjectState", 403, "The operation is not valid for the object's storage class",
      ["StorageClass": storageClass])
  }

  static let objectLocked = s3("AccessDenied", 403, "Access Denied because object protected by object lock.")

  // MARK: Payloads

  static func badDigest(of algorithm: ChecksumAlgorithm) -> AWSError {
    s3("BadDigest", 400, "The \(algorithm.rawValue) you specified did not match the calculated checksum.")
  }

  static func badMD5(expected: String, calculated: String) -> AWSError {
    s3(
      "BadDigest", 400, "The Content-MD5 you specified did not match what we received.",
      ["ExpectedDigest": expected, "CalculatedDigest": calculated])
  }

  static func invalidMD5(_ value: String) -> AWSError {
    s3("InvalidDigest", 400, "The Content-MD5 you specified was invalid.", ["Content-MD5": value])
  }

  static func entityTooLarge(_ size: Int64, largest: Int64) -> AWSError {
    s3(
      "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size",
      ["ProposedSize": String(size), "MaxSizeAllowed": String(largest)])
  }

  static let incompleteBody = s3(
    "IncompleteBody", 400, "You did not provide the number of bytes specified by the Content-Length HTTP header")

  static let internalError = s3("InternalError", 500, "We encountered an internal error. Please try again.")

  // MARK: Multipart uploads

  static func noSuchUpload(_ id: String) -> AWSError {
    s3(
      "NoSuchUpload", 404,
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
        + "completed.", ["UploadId": id])
  }

  static func invalidPart(upload: String, number: Int, etag: String) -> AWSError {
    s3(
      "InvalidPart", 400,
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
        + "entity tag may not match the part's entity tag.",
      ["UploadId": upload, "PartNumber": String(number), "ETag": etag])
  }

  static func invalidPartOrder(upload: String) -> AWSError {
    s3(
      "InvalidPartOrder", 400,
      "The list of parts was not in ascending order. Parts must be ordered by part number.", ["UploadId": upload])
  }

  static func entityTooSmall(_ size: Int64, smallest: Int64, number: Int, etag: String) -> AWSError {
    s3(
      "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size",
      [
        "ProposedSize": String(size), "MinSizeAllowed": String(smallest), "PartNumber": String(number), "ETag": etag,
      ])
  }

  // MARK: Any request

  static func invalidArgument(_ message: String, name: String, value: String?) -> AWSError {
    var error = s3("InvalidArgument", 400, message, ["ArgumentName": name])
    if let value { error.fields.append(Field(name: "ArgumentValue", value: value)) }
    return error
  }

  static func invalidRequest(_ message: String) -> AWSError { s3("InvalidRequest", 400, message) }

  static let malformedXML = s3(
    "MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema")

  static let accessDenied = s3("AccessDenied", 403, "Access Denied")

  /// A request that asks for what the emulator does not do: better refused than ignored.
  static func notImplemented(header: String, _ more: String) -> AWSError {
    s3(
      "NotImplemented", 501, "A header you provided implies functionality that is not implemented",
      ["Header": header, "additionalMessage": more])
  }

  static func invalidTag(_ message: String, key: String, value: String? = nil) -> AWSError {
    var error = s3("InvalidTag", 400, message, ["TagKey": key])
    if let value { error.fields.append(Field(name: "TagValue", value: value)) }
    return error
  }
}
