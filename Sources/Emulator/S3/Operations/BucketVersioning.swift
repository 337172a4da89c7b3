import AWSAPI

/// Whether a bucket keeps versions.
extension S3Service {
  static let versioningHandlers: [String: Handler] = [
    "GetBucketVersioning": .read(getBucketVersioning),
    "PutBucketVersioning": .write(putBucketVersioning),
  ]

  static func getBucketVersioning(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let settings = try state.s3.bucket(call).settings.value
    guard settings.versioning != .never else { return Answer() }
    return Answer([
      "Status": .string(settings.versioning.rawValue),
      "MFADelete": settings.mfaDelete.map { .string($0 ? "Enabled" : "Disabled") },
    ])
  }

  static func putBucketVersioning(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let configuration = call.parameters["VersioningConfiguration"]?.structure
    let named = configuration?["Status"]?.string.flatMap { Versioning(rawValue: $0) }
    guard let versioning = named, versioning != .never else {
      throw AWSError(
        "IllegalVersioningConfigurationException", "The Versioning element must be specified", status: 400)
    }
    let mfaDelete = configuration?["MFADelete"]?.string
    // A device would have to prove itself in `x-amz-mfa`, and only the root user's may.
    guard mfaDelete != "Enabled" else {
      throw AWSError("AccessDenied", "Mfa Authentication must be used for this request", status: 403)
    }
    return try state.s3.changeSettings(call) { (settings: inout BucketSettings) throws(AWSError) in
      guard versioning == .enabled || !settings.objectLockEnabled else {
        throw AWSError(
          "InvalidBucketState",
          "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
          status: 409)
      }
      settings.versioning = versioning
      if mfaDelete != nil { settings.mfaDelete = false }
    }
  }
}

extension S3State {
  /// Changes what is configured on the bucket a call names.
  /// - Returns: the answer without content that such changes have.
  mutating func changeSettings(
    _ call: Call, status: Int? = nil, _ change: (inout BucketSettings) throws(AWSError) -> Void
  ) throws(AWSError) -> Answer {
    try withBucket(call) { (bucket: inout Bucket) throws(AWSError) in
      var settings = bucket.settings.value
      try change(&settings)
      settings.deriveEffectivePolicy(of: bucket)
      bucket.settings.value = settings
    }
    return Answer(status: status)
  }
}
