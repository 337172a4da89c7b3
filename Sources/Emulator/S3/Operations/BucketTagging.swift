import AWSAPI

/// Tags of buckets, and whether they take part in access control.
extension S3Service {
  static let bucketTaggingHandlers: [String: Handler] = [
    "GetBucketTagging": .read(getBucketTagging),
    "PutBucketTagging": .write(putBucketTagging),
    "DeleteBucketTagging": .write(deleteBucketTagging),
    "GetBucketAbac": .read(getBucketAbac),
    "PutBucketAbac": .write(putBucketAbac),
  ]

  static func getBucketTagging(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard let tags = bucket.settings.value.tags else {
      throw .notConfigured("NoSuchTagSet", "The TagSet does not exist", bucket: bucket.name)
    }
    return Answer(["TagSet": Tagging.answer(tags)])
  }

  static func putBucketTagging(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let tags = try Tagging.tags(of: call.parameters["Tagging"]?.structure?["TagSet"])
    try Tagging.checkBucket(tags)
    return try state.s3.changeSettings(call, status: 204) { $0.tags = tags }
  }

  static func deleteBucketTagging(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.s3.changeSettings(call) { $0.tags = nil }
  }

  static func getBucketAbac(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let isEnabled = try state.s3.bucket(call).settings.value.usesTagsForAccess
    return Answer(["AbacStatus": ["Status": .string(isEnabled ? "Enabled" : "Disabled")]])
  }

  static func putBucketAbac(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let isEnabled = call.parameters["AbacStatus"]?.structure?["Status"]?.string == "Enabled"
    return try state.s3.changeSettings(call) { $0.usesTagsForAccess = isEnabled }
  }
}
