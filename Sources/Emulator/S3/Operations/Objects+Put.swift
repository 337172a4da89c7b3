import AWSAPI
import FoundationEssentials

extension S3Service {
  /// PutObject: the body is received outside of the lock, then the object takes its place if its conditions still hold.
  static func putObject(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    let bucket = try state.s3.bucket(call)
    let key = try ObjectKey.check(call.string("Key") ?? "")
    let conditions = try WritePreconditions(call)
    let properties = try ObjectProperties(call, in: bucket, state: state)
    try conditions.check(bucket.objects[UTF8Key(key)]?.object, key: key)
    let received = try ReceivedPayload(call, into: state.s3.payloads)
    let object = StoredObject(
      payload: received.payload, etag: received.etag, checksum: received.checksum, properties: properties)
    let written = writeAnswer(object)
    return { (state: inout EmulatorState) throws(AWSError) -> Answer in
      // What If-Match named was there when the request came.
      try conditions.check(
        try state.s3.bucket(call).objects[UTF8Key(key)]?.object, key: key, wasThere: conditions.ifMatch != nil)
      let id = try state.addVersion(of: key, object: object, call)
      var answer = written
      answer["VersionId"] = VersionID.shownAfterWrite(id)
      return Answer(answer)
    }
  }

  /// What PutObject tells of the object it made, besides its version.
  private static func writeAnswer(_ object: StoredObject) -> AWSStructure {
    var answer: AWSStructure = ["ETag": .string(object.etag.quoted)]
    answer.addEncryption(object.properties.encryption)
    if let checksum = object.checksum { answer.addChecksum(checksum) }
    return answer
  }
}

/// The rules for keys.
enum ObjectKey {
  /// Source: S3 User Guide, "Naming Amazon S3 objects".
  static let longest = 1024

  /// - Throws: `KeyTooLongError`.
  static func check(_ key: String) throws(AWSError) -> String {
    guard key.utf8.count <= longest else {
      throw AWSError(
        "KeyTooLongError", "Your key is too long", status: 400,
        fields: [
          AWSError.Field(name: "Size", value: String(key.utf8.count)),
          AWSError.Field(name: "MaxSizeAllowed", value: String(longest)),
        ])
    }
    return key
  }
}

extension EmulatorState {
  /// Puts a version, or with no object a delete marker, under `key` of the bucket that `call` names.
  /// - Returns: the version's id.
  mutating func addVersion(of key: String, object: StoredObject?, _ call: Call) throws(AWSError) -> String {
    var identifiers = identifiers
    let id = try s3.withBucket(call) { (bucket: inout Bucket) throws(AWSError) -> String in
      let isVersioned = bucket.settings.value.versioning == .enabled
      let id = isVersioned ? VersionID.next(&identifiers) : ObjectVersion.nullID
      let version = ObjectVersion(
        id: id, lastModified: call.now.inWholeSeconds, owner: object?.properties.owner ?? call.caller.accountID ?? "",
        object: object)
      if bucket.objects.update(UTF8Key(key), { $0.add(version) }) == nil {
        bucket.objects.updateValue(ObjectHistory(version), forKey: UTF8Key(key))
      }
      return id
    }
    self.identifiers = identifiers
    return id
  }
}

/// The form of version ids.
enum VersionID {
  static let length = 32
  static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"

  static func next(_ identifiers: inout IdentifierGenerator) -> String {
    var words = identifiers.words(.s3Version)
    return words.text(length, of: alphabet)
  }

  /// - Throws: `InvalidArgument` where `id` cannot be the id of a version.
  static func check(_ id: String) throws(AWSError) -> String {
    let isOurs = id.utf8.count == length && alphabet.withUTF8Buffer { id.utf8.allSatisfy($0.contains) }
    guard id == ObjectVersion.nullID || isOurs else { throw .invalidVersionID(id) }
    return id
  }

  /// The member `VersionId` of an answer to a write: told only where the write made a version of its own.
  static func shownAfterWrite(_ id: String) -> AWSValue? { id == ObjectVersion.nullID ? nil : .string(id) }
}
