import AWSAPI
import FoundationEssentials

/// Lifecycle rules: kept, checked and told. Nothing expires by them.
extension S3Service {
  static let lifecycleHandlers: [String: Handler] = [
    "GetBucketLifecycleConfiguration": .read(getBucketLifecycleConfiguration),
    "PutBucketLifecycleConfiguration": .write(putBucketLifecycleConfiguration),
    "DeleteBucketLifecycle": .write(deleteBucketLifecycle),
  ]

  static func getBucketLifecycleConfiguration(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard let document = bucket.settings.value.documents[.lifecycle] else {
      throw .notConfigured(
        "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket: bucket.name)
    }
    return Answer(document)
  }

  static func putBucketLifecycleConfiguration(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let given = call.parameters["LifecycleConfiguration"]?.structure?["Rules"]?.list ?? []
    var rules: [AWSValue] = []
    var ids: Set<String> = []
    guard (1...LifecycleRule.mostRules).contains(given.count) else { throw .malformedXML }
    for rule in given {
      var structure = rule.structure ?? [:]
      try LifecycleRule.check(structure)
      let id = structure["ID"]?.string ?? ""
      guard id.isEmpty || ids.insert(id).inserted else {
        throw .invalidArgument("Rule ID must be unique. Found same ID for more than one rule", name: "ID", value: id)
      }
      if id.isEmpty {
        var words = state.identifiers.words(.other)
        structure["ID"] = .string(words.text(LifecycleRule.idLength, of: .base64))
      }
      rules.append(.structure(structure))
    }
    let minimum = call.string("TransitionDefaultMinimumObjectSize") ?? "all_storage_classes_128K"
    let document: AWSStructure = ["Rules": .list(rules), "TransitionDefaultMinimumObjectSize": .string(minimum)]
    var answer = try state.s3.changeSettings(call) { $0.documents[.lifecycle] = document }
    answer.output["TransitionDefaultMinimumObjectSize"] = .string(minimum)
    return answer
  }

  static func deleteBucketLifecycle(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.s3.changeSettings(call) { $0.documents[.lifecycle] = nil }
  }
}

/// The rules for lifecycle rules.
enum LifecycleRule {
  /// Source: S3 User Guide, "Lifecycle configuration elements".
  static let mostRules = 1000
  static let longestID = 255
  /// Of the ids that S3 makes where a rule has none.
  static let idLength = 48

  static let actions = [
    "Expiration", "Transitions", "NoncurrentVersionExpiration", "NoncurrentVersionTransitions",
    "AbortIncompleteMultipartUpload",
  ]

  static func check(_ rule: AWSStructure) throws(AWSError) {
    guard rule["Status"]?.string != nil, (rule["Filter"] != nil) != (rule["Prefix"] != nil) else { throw .malformedXML }
    if let id = rule["ID"]?.string, id.utf8.count > longestID {
      throw .invalidArgument("ID length should not exceed allowed limit of 255", name: "ID", value: id)
    }
    guard actions.contains(where: { rule[$0] != nil }) else {
      throw .invalidRequest("At least one action needs to be specified in a rule")
    }
    if let filter = rule["Filter"]?.structure {
      guard filter.members.count <= 1 else { throw .malformedXML }
    }
    let dates =
      [rule["Expiration"]?.structure?["Date"]] + (rule["Transitions"]?.list ?? []).map { $0.structure?["Date"] }
    for case .timestamp(let date)? in dates
    where date.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) != 0 {
      throw .invalidArgument(
        "'Date' must be at midnight GMT", name: "Date", value: AWSTimestamp.text(date, .iso8601Milliseconds))
    }
    if let expiration = rule["Expiration"]?.structure {
      guard expiration.members.count == 1 else { throw .malformedXML }
      if let days = expiration["Days"]?.integer, days <= 0 {
        throw .invalidArgument(
          "'Days' for Expiration action must be a positive integer", name: "Days", value: String(days))
      }
    }
  }
}
