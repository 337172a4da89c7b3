import AWSAPI

/// Configurations that are only kept and told, and those a bucket of the emulator never has.
extension S3Service {
  static let documentHandlers: [String: Handler] = [
    "GetBucketCors": .read(getBucketCors),
    "PutBucketCors": .write(putBucketCors),
    "DeleteBucketCors": .write(deleteBucketCors),
    "GetBucketLogging": .read(getBucketLogging),
    "PutBucketLogging": .write(putBucketLogging),
    "GetBucketAccelerateConfiguration": .read(getBucketAccelerateConfiguration),
    "GetBucketRequestPayment": .read(getBucketRequestPayment),
    "GetBucketWebsite": .read(getBucketWebsite),
    "GetBucketReplication": .read(getBucketReplication),
    "GetObjectLockConfiguration": .read(getObjectLockConfiguration),
  ]

  // MARK: Cross-origin rules

  /// Source: S3 User Guide, "Elements of a CORS configuration".
  static let mostCORSRules = 100

  static func getBucketCors(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard let document = bucket.settings.value.documents[.cors] else {
      throw .notConfigured("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket: bucket.name)
    }
    return Answer(document)
  }

  static func putBucketCors(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let document = call.parameters["CORSConfiguration"]?.structure ?? [:]
    let rules = document["CORSRules"]?.list ?? []
    guard (1...mostCORSRules).contains(rules.count) else { throw .malformedXML }
    for rule in rules { try CORSRule(rule.structure ?? [:]).check() }
    return try state.s3.changeSettings(call) { $0.documents[.cors] = document }
  }

  static func deleteBucketCors(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.s3.changeSettings(call) { $0.documents[.cors] = nil }
  }

  // MARK: Access logging

  static func getBucketLogging(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    Answer(try state.s3.bucket(call).settings.value.documents[.logging] ?? [:])
  }

  static func putBucketLogging(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let document = call.parameters["BucketLoggingStatus"]?.structure ?? [:]
    let source = try state.s3.bucket(call)
    if let name = document["LoggingEnabled"]?.structure?["TargetBucket"]?.string {
      try checkLoggingTarget(name, for: source, in: state)
    }
    return try state.s3.changeSettings(call) { $0.documents[.logging] = document.isEmpty ? nil : document }
  }

  private static func checkLoggingTarget(
    _ name: String, for source: Bucket, in state: EmulatorState
  ) throws(AWSError) {
    guard let target = state.s3.buckets[UTF8Key(name)] else {
      throw AWSError(
        "InvalidTargetBucketForLogging", "The target bucket for logging does not exist", status: 400,
        fields: [AWSError.Field(name: "TargetBucket", value: name)])
    }
    guard target.owner == source.owner else {
      throw AWSError(
        "InvalidTargetBucketForLogging",
        "The owner for the bucket to be logged and the target bucket must be the same.", status: 400,
        fields: [AWSError.Field(name: "TargetBucket", value: name)])
    }
    guard target.region == source.region else {
      throw AWSError(
        "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", status: 403,
        fields: [
          AWSError.Field(name: "SourceBucketLocation", value: source.region),
          AWSError.Field(name: "TargetBucketLocation", value: target.region),
        ])
    }
  }

  // MARK: What a bucket never has here, because nothing sets it

  static func getBucketAccelerateConfiguration(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    _ = try state.s3.bucket(call)
    return Answer()
  }

  static func getBucketRequestPayment(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    _ = try state.s3.bucket(call)
    return Answer(["Payer": "BucketOwner"])
  }

  static func getBucketWebsite(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    throw .notConfigured(
      "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration",
      bucket: try state.s3.bucket(call).name)
  }

  static func getBucketReplication(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    throw .notConfigured(
      "ReplicationConfigurationNotFoundError", "The replication configuration was not found",
      bucket: try state.s3.bucket(call).name)
  }

  /// Only CreateBucket turns locking on; there is no default retention then.
  static func getObjectLockConfiguration(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard bucket.settings.value.objectLockEnabled else {
      throw .notConfigured(
        "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket",
        bucket: bucket.name)
    }
    return Answer(["ObjectLockConfiguration": ["ObjectLockEnabled": "Enabled"]])
  }
}
