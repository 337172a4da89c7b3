import AWSAPI
import HTTP

/// Which region a bucket is in, and which a request was meant for.
///
/// The emulator has one address for all regions, so the region a request is signed for stands for the endpoint it was sent
/// to.
enum BucketRegion {
  /// The region that has no location constraint, and whose endpoint makes buckets anywhere.
  static let original = "us-east-1"

  /// The commercial regions that take buckets without being enabled first or after it.
  ///
  /// Source: AWS General Reference, "Amazon Simple Storage Service endpoints and quotas".
  static let all: Set<String> = [
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
    "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1",
    "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1",
    "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
  ]

  /// The region of a bucket to be made, from the location constraint of the request.
  /// - Throws: `InvalidLocationConstraint`, `IllegalLocationConstraintException`.
  static func asked(_ constraint: String?, endpoint: String) throws(AWSError) -> String {
    guard let constraint, !constraint.isEmpty else {
      guard endpoint == original else { throw .illegalLocationConstraint("unspecified") }
      return original
    }
    let region = constraint == "EU" ? "eu-west-1" : constraint
    guard endpoint == original || endpoint == region else { throw .illegalLocationConstraint(constraint) }
    // The original region is asked for by asking for none.
    guard region != original, all.contains(region) else { throw .invalidLocationConstraint(constraint) }
    return region
  }

  /// Refuses a request that was sent to another region than the bucket's.
  /// - Throws: `AuthorizationHeaderMalformed` where the original region was asked, `PermanentRedirect` elsewhere.
  static func check(_ bucket: Bucket, _ call: Call) throws(AWSError) {
    let endpoint = call.region
    guard endpoint != bucket.region, call.caller.kind != .anonymous else { return }
    let headers: HTTPHeaders = ["x-amz-bucket-region": bucket.region]
    if endpoint == original {
      throw AWSError(
        "AuthorizationHeaderMalformed",
        "The authorization header is malformed; the region '\(endpoint)' is wrong; expecting '\(bucket.region)'",
        status: 400, fields: [AWSError.Field(name: "Region", value: bucket.region)], headers: headers)
    }
    throw AWSError(
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future "
        + "requests to this endpoint.", status: 301,
      fields: [
        AWSError.Field(name: "Endpoint", value: "\(bucket.name).s3-\(bucket.region).amazonaws.com"),
        AWSError.Field(name: "Bucket", value: bucket.name),
      ], headers: headers)
  }
}
