import AWSAPI

/// How a bucket encrypts what does not say otherwise.
extension S3Service {
  static let encryptionHandlers: [String: Handler] = [
    "GetBucketEncryption": .read(getBucketEncryption),
    "PutBucketEncryption": .write(putBucketEncryption),
    "DeleteBucketEncryption": .write(deleteBucketEncryption),
  ]

  static func getBucketEncryption(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let encryption = try state.s3.bucket(call).settings.value.encryption
    let rule: AWSValue = [
      "ApplyServerSideEncryptionByDefault": [
        "SSEAlgorithm": .string(encryption.algorithm), "KMSMasterKeyID": encryption.keyID.map { .string($0) },
      ],
      "BucketKeyEnabled": .boolean(encryption.bucketKeyEnabled ?? false),
    ]
    return Answer(["ServerSideEncryptionConfiguration": ["Rules": [rule]]])
  }

  static func putBucketEncryption(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let rules = call.parameters["ServerSideEncryptionConfiguration"]?.structure?["Rules"]?.list ?? []
    guard rules.count == 1, let rule = rules.first?.structure else { throw .malformedXML }
    let byDefault = rule["ApplyServerSideEncryptionByDefault"]?.structure
    guard let algorithm = byDefault?["SSEAlgorithm"]?.string, ObjectEncryption.algorithms.contains(algorithm) else {
      throw .malformedXML
    }
    let keyID = byDefault?["KMSMasterKeyID"]?.string
    guard keyID == nil || algorithm != "AES256" else {
      throw .invalidArgument(
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
        name: "ApplyServerSideEncryptionByDefault", value: nil)
    }
    let encryption = ObjectEncryption(
      algorithm: algorithm, keyID: keyID, bucketKeyEnabled: rule["BucketKeyEnabled"]?.boolean ?? false)
    return try state.s3.changeSettings(call) { $0.encryption = encryption }
  }

  /// Since January 2023 there is always some encryption: deleting the configuration brings back S3's own keys.
  static func deleteBucketEncryption(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.s3.changeSettings(call) { $0.encryption = .bucketDefault }
  }
}
