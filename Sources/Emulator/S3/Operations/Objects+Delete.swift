import AWSAPI
import FoundationEssentials

extension S3Service {
  static func deleteObject(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let key = call.string("Key") ?? ""
    let deletion = ObjectDeletion(
      key: key, versionID: call.string("VersionId"), ifMatch: call.string("IfMatch"),
      bypassesGovernance: call.boolean("BypassGovernanceRetention") == true)
    let deleted = try deletion.perform(in: &state, call)
    return Answer([
      "DeleteMarker": deleted.isMarker ? true : nil, "VersionId": deleted.versionID.map { .string($0) },
    ])
  }
}

/// The removal of one object or of one version of it, by DeleteObject or as one of many by DeleteObjects.
struct ObjectDeletion {
  var key: String
  var versionID: String?
  var ifMatch: String?
  var bypassesGovernance = false

  /// What was done.
  struct Outcome {
    /// The version that was removed or, where only a delete marker was added, the marker's.
    var versionID: String?
    /// Whether that is a delete marker.
    var isMarker = false
  }

  /// Removes the version that is named or, where none is, the object as its bucket's versioning wants it.
  /// - Throws: `InvalidArgument`, `AccessDenied` where the version is locked, `PreconditionFailed`.
  func perform(in state: inout EmulatorState, _ call: Call) throws(AWSError) -> Outcome {
    let bucket = try state.s3.bucket(call)
    let history = bucket.objects[UTF8Key(key)]
    try checkCondition(history)
    if let versionID { return try remove(try VersionID.check(versionID), of: history, from: &state, call) }
    switch bucket.settings.value.versioning {
    case .never:
      guard let history else { return Outcome() }
      _ = try remove(history.current.value.id, of: history, from: &state, call)
      return Outcome()
    case .suspended:
      try checkLock(history?.version(ObjectVersion.nullID), call)
      fallthrough
    case .enabled:
      return Outcome(versionID: try state.addVersion(of: key, object: nil, call), isMarker: true)
    }
  }

  private func remove(
    _ id: String, of history: ObjectHistory?, from state: inout EmulatorState, _ call: Call
  ) throws(AWSError) -> Outcome {
    guard let history, let version = history.version(id) else { return Outcome(versionID: id) }
    try checkLock(version, call)
    try state.s3.withBucket(call) { (bucket: inout Bucket) throws(AWSError) in
      bucket.objects[UTF8Key(key)] = history.removing(id)
    }
    return Outcome(versionID: id, isMarker: version.isDeleteMarker)
  }

  private func checkLock(_ version: ObjectVersion?, _ call: Call) throws(AWSError) {
    guard let lock = version?.object?.properties.lock else { return }
    if lock.forbidsDeletion(at: call.now, bypassingGovernance: bypassesGovernance) { throw .objectLocked }
  }

  /// `If-Match` on a deletion holds the object that is there to be the one that is meant; `*` holds only that there is one.
  private func checkCondition(_ history: ObjectHistory?) throws(AWSError) {
    guard let ifMatch else { return }
    let version = versionID.map { history?.version($0) } ?? history?.current.value
    guard let object = version?.object else { throw .noSuchKey(key) }
    guard ifMatch == "*" || object.etag.matches(ifMatch) else { throw .preconditionFailed("If-Match") }
  }
}
