import AWSAPI

/// Tags of objects.
extension S3Service {
  static let objectTaggingHandlers: [String: Handler] = [
    "GetObjectTagging": .read(getObjectTagging),
    "PutObjectTagging": .write(putObjectTagging),
    "DeleteObjectTagging": .write(deleteObjectTagging),
  ]

  static func getObjectTagging(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let found = try FoundObject(call, in: try state.s3.bucket(call))
    return Answer([
      "VersionId": found.shownVersionID.map { .string($0) }, "TagSet": Tagging.answer(found.object.properties.tags),
    ])
  }

  static func putObjectTagging(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let tags = try Tagging.tags(of: call.parameters["Tagging"]?.structure?["TagSet"])
    try Tagging.checkObject(tags)
    return try setTags(tags, in: &state, call)
  }

  static func deleteObjectTagging(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try setTags([], in: &state, call)
  }

  private static func setTags(
    _ tags: [ResourceTag], in state: inout EmulatorState, _ call: Call
  ) throws(AWSError) -> Answer {
    let found = try FoundObject(call, in: try state.s3.bucket(call))
    try state.s3.changeObject(call, version: found.versionID) { $0.properties.tags = tags }
    return Answer(["VersionId": found.shownVersionID.map { .string($0) }])
  }
}
