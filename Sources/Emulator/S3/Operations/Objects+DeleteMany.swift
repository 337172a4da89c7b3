import AWSAPI
import IAMPolicy

extension S3Service {
  /// Source: S3 API reference, DeleteObjects.
  static let mostDeletions = 1000

  /// DeleteObjects: each object is a permission of its own, and what is refused is told beside what was done.
  static func deleteObjects(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    let bucket = try state.s3.bucket(call)
    let request = call.parameters["Delete"]?.structure ?? [:]
    let named = request["Objects"]?.list ?? []
    guard (1...mostDeletions).contains(named.count) else { throw .malformedXML }
    let authorizer = Authorizer(call, in: state)
    let scope = PermissionScope(call, bucket: bucket)
    var deletions: [(deletion: ObjectDeletion, refusal: AWSError?)] = []
    for item in named {
      let deletion = try ObjectDeletion(item, call)
      deletions.append((deletion, deletion.refusal(authorizer, scope, call, state)))
    }
    let (all, isQuiet) = (deletions, request["Quiet"]?.boolean == true)
    return { (state: inout EmulatorState) throws(AWSError) -> Answer in
      var deleted: [AWSValue] = []
      var errors: [AWSValue] = []
      for (deletion, refusal) in all {
        do throws(AWSError) {
          if let refusal { throw refusal }
          let outcome = try deletion.perform(in: &state, call)
          if !isQuiet { deleted.append(deletion.answer(outcome)) }
        } catch {
          errors.append(deletion.answer(error))
        }
      }
      return Answer([
        "Deleted": deleted.isEmpty ? nil : .list(deleted), "Errors": errors.isEmpty ? nil : .list(errors),
      ])
    }
  }
}

extension ObjectDeletion {
  init(_ item: AWSValue, _ call: Call) throws(AWSError) {
    guard let key = item.structure?["Key"]?.string, !key.isEmpty else { throw .malformedXML }
    self.init(
      key: key, versionID: item.structure?["VersionId"]?.string, ifMatch: item.structure?["ETag"]?.string,
      bypassesGovernance: call.boolean("BypassGovernanceRetention") == true)
  }

  /// Why the caller may not delete this; `nil` where it may.
  fileprivate func refusal(
    _ authorizer: Authorizer, _ scope: PermissionScope, _ call: Call, _ state: EmulatorState
  ) -> AWSError? {
    var actions = [versionID == nil ? "s3:DeleteObject" : "s3:DeleteObjectVersion"]
    if bypassesGovernance { actions.append("s3:BypassGovernanceRetention") }
    for action in actions {
      let check = authorizer.check(scope.object(action, key: key, versionID: versionID))
      if !check.decision.isAllowed { return S3Service.refusal(of: check, for: call, in: state) }
    }
    return nil
  }

  /// What DeleteObjects tells of a deletion: of a version that was named, the version; of a marker, the marker too.
  fileprivate func answer(_ outcome: Outcome) -> AWSValue {
    [
      "Key": .string(key), "VersionId": versionID.map { .string($0) }, "DeleteMarker": outcome.isMarker ? true : nil,
      "DeleteMarkerVersionId": outcome.isMarker ? outcome.versionID.map { .string($0) } : nil,
    ]
  }

  fileprivate func answer(_ error: AWSError) -> AWSValue {
    [
      "Key": .string(key), "VersionId": versionID.map { .string($0) }, "Code": .string(error.code),
      "Message": .string(error.message),
    ]
  }
}
