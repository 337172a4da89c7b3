import AWSAPI

/// Ownership controls and the public access block.
extension S3Service {
  static let ownershipHandlers: [String: Handler] = [
    "GetBucketOwnershipControls": .read(getBucketOwnershipControls),
    "PutBucketOwnershipControls": .write(putBucketOwnershipControls),
    "DeleteBucketOwnershipControls": .write(deleteBucketOwnershipControls),
    "GetPublicAccessBlock": .read(getPublicAccessBlock),
    "PutPublicAccessBlock": .write(putPublicAccessBlock),
    "DeletePublicAccessBlock": .write(deletePublicAccessBlock),
  ]

  static func getBucketOwnershipControls(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard let ownership = bucket.settings.value.ownership else {
      throw .notConfigured(
        "OwnershipControlsNotFoundError", "The bucket ownership controls were not found", bucket: bucket.name)
    }
    return Answer(["OwnershipControls": ["Rules": [["ObjectOwnership": .string(ownership.rawValue)]]]])
  }

  static func putBucketOwnershipControls(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let rules = call.parameters["OwnershipControls"]?.structure?["Rules"]?.list ?? []
    guard rules.count == 1, let text = rules.first?.structure?["ObjectOwnership"]?.string,
      let ownership = ObjectOwnership(rawValue: text)
    else { throw .malformedXML }
    let owner = try state.s3.bucket(call).owner
    return try state.s3.changeSettings(call) { (settings: inout BucketSettings) throws(AWSError) in
      guard ownership != .bucketOwnerEnforced || settings.acl.grantsOnly(owner) else {
        throw .invalidACLWithOwnership
      }
      settings.ownership = ownership
    }
  }

  static func deleteBucketOwnershipControls(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.s3.changeSettings(call) { $0.ownership = nil }
  }

  static func getPublicAccessBlock(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard let block = bucket.settings.value.publicAccessBlock else {
      throw .notConfigured(
        "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found",
        bucket: bucket.name)
    }
    return Answer([
      "PublicAccessBlockConfiguration": [
        "BlockPublicAcls": .boolean(block.blockPublicACLs), "IgnorePublicAcls": .boolean(block.ignorePublicACLs),
        "BlockPublicPolicy": .boolean(block.blockPublicPolicy),
        "RestrictPublicBuckets": .boolean(block.restrictPublicBuckets),
      ]
    ])
  }

  static func putPublicAccessBlock(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let configuration = call.parameters["PublicAccessBlockConfiguration"]?.structure ?? [:]
    func isOn(_ name: String) -> Bool { configuration[name]?.boolean ?? false }
    let block = PublicAccessBlock(
      blockPublicACLs: isOn("BlockPublicAcls"), ignorePublicACLs: isOn("IgnorePublicAcls"),
      blockPublicPolicy: isOn("BlockPublicPolicy"), restrictPublicBuckets: isOn("RestrictPublicBuckets"))
    return try state.s3.changeSettings(call) { $0.publicAccessBlock = block }
  }

  static func deletePublicAccessBlock(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.s3.changeSettings(call) { $0.publicAccessBlock = nil }
  }
}

extension AccessControlList {
  /// Whether nobody but `account` is granted anything.
  func grantsOnly(_ account: String) -> Bool { grants.allSatisfy { $0.grantee == .account(account) } }
}

extension AWSError {
  static let invalidACLWithOwnership = AWSError(
    "InvalidBucketAclWithObjectOwnership",
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting", status: 400)
}
