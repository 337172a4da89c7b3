import AWSAPI
import HTTP
import IAMPolicy

/// Bucket policies and what they amount to.
extension S3Service {
  static let policyHandlers: [String: Handler] = [
    "GetBucketPolicy": .read(getBucketPolicy),
    "PutBucketPolicy": .write(putBucketPolicy),
    "DeleteBucketPolicy": .write(deleteBucketPolicy),
    "GetBucketPolicyStatus": .read(getBucketPolicyStatus),
  ]

  static func getBucketPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try ownedBucket(state, call)
    guard let policy = bucket.settings.value.policy else { throw .noSuchBucketPolicy(bucket.name) }
    return Answer(["Policy": .string(policy.currentText(in: state))])
  }

  static func putBucketPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try ownedBucket(state, call)
    let policy = try StoredPolicy(bucketPolicy: call.string("Policy") ?? "", of: bucket, in: state)
    if bucket.settings.value.publicAccessBlock?.blockPublicPolicy == true, PublicPolicy.isPublic(policy) {
      throw .publicPolicyBlocked(call, action: "s3:PutBucketPolicy", resource: bucket.arn)
    }
    return try state.s3.changeSettings(call, status: 204) { $0.policy = policy }
  }

  static func deleteBucketPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    _ = try ownedBucket(state, call)
    return try state.s3.changeSettings(call) { $0.policy = nil }
  }

  static func getBucketPolicyStatus(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try ownedBucket(state, call)
    guard let policy = bucket.settings.value.policy else { throw .noSuchBucketPolicy(bucket.name) }
    return Answer(["PolicyStatus": ["IsPublic": .boolean(PublicPolicy.isPublic(policy))]])
  }

  /// Only the account that owns a bucket reads and writes its policy, whomever the policy allows it.
  ///
  /// Source: S3 API reference, PutBucketPolicy: "If you have the correct permissions, but you're not using an identity that
  /// belongs to the bucket owner's account, Amazon S3 returns a 405 Method Not Allowed error."
  private static func ownedBucket(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Bucket {
    let bucket = try state.s3.bucket(call)
    guard bucket.owner == call.caller.accountID else {
      throw .methodNotAllowed(call.request.method, on: "BUCKETPOLICY")
    }
    return bucket
  }
}

extension AWSError {
  static func noSuchBucketPolicy(_ bucket: String) -> AWSError {
    notConfigured("NoSuchBucketPolicy", "The bucket policy does not exist", bucket: bucket)
  }
}
