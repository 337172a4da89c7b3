import AWSAPI
import HTTP
import IAMPolicy

/// Bucket policies and what they amount to.
extension S3Service {
  static let policyHandlers: [String: Handler] = [
    "GetBucketPolicy": .read(getBucketPolicy),
    "PutBucketPolicy": .write(putBucketPolicy),
    "DeleteBucketPolicy": .write(deleteBucketPolicy),
    "GetBucketPolicyStatus": .read(getBucketPolicyStatus),
  ]

  static func getBucketPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try ownedBucket(state, call)
    guard let policy = bucket.settings.value.policy else { throw .noSuchBucketPolicy(bucket.name) }
    return Answer(["Policy": .string(policy.currentText(in: state))])
  }

  static func putBucketPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try ownedBucket(state, call)
    let policy = try StoredPolicy(bucketPolicy: call.string("Policy") ?? "", of: bucket, in: state)
    if bucket.settings.value.publicAccessBlock?.blockPublicPolicy == true, PublicPolicy.isPublic(policy) {
      throw .publicPolicyBlocked(call, action: "s3:PutBucketPolicy", resource: bucket.arn)
    }
    return try state.s3.changeSettings(call, status: 204) { $0.policy = policy }
  }

  static func deleteBucketPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    _ = try ownedBucket(state, call)
    return try state.s3.changeSettings(call) { $0.policy = nil }
  }

  static func getBucketPolicyStatus(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try ownedBucket(state, call)
    guard let policy = bucket.settings.value.policy else { throw .noSuchBucketPolicy(bucket.name) }
    return Answer(["PolicyStatus": ["IsPublic": .boolean(PublicPolicy.isPublic(policy))]])
  }

  /// Only the account that owns a bucket reads and writes its policy, whomever the policy allows it.
  ///
  /// Source: S3 API reference, PutBucketPolicy: "If you have the correct permissions, but you're not using an identity that
  /// belongs to the bucket owner's account, Amazon S3 returns a 405 Method Not Allowed error."
  private static func ownedBucket(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Bucket {
    let bucket = try state.s3.bucket(call)
    guard bucket.owner == call.caller.accountID else {
      throw .methodNotAllowed(call.request.method, on: "BUCKETPOLICY")
    }
    return bucket
  }
}

extension StoredPolicy {
  /// Source: S3 User Guide, "Bucket policies": 20 KB.
  static let largestBucketPolicy = 20 * 1024

  /// A bucket's policy, held against what S3 accepts.
  /// - Throws: `MalformedPolicy` in S3's words.
  init(bucketPolicy text: String, of bucket: Bucket, in state: EmulatorState) throws(AWSError) {
    guard text.utf8.first(where: { $0 != 32 && !(9...13).contains($0) }) == UInt8(ascii: "{") else {
      throw .malformedBucketPolicy("Policies must be valid JSON and the first byte must be '{'")
    }
    let document: PolicyDocument
    do throws(PolicyError) {
      document = try PolicyDocument(parsing: Array(text.utf8))
    } catch {
      throw .malformedBucketPolicy(Self.wording(of: error))
    }
    for statement in document.statements { try Self.check(statement, of: bucket) }
    do throws(UnknownPrincipal) {
      try self.init(text: text, naming: document, in: state)
    } catch {
      throw .malformedBucketPolicy("Invalid principal in policy", detail: "\"\(error.kind)\" : \"\(error.name)\"")
    }
    guard size <= Self.largestBucketPolicy else {
      throw .malformedBucketPolicy(
        "Normalized policy document exceeds the maximum allowed size of \(Self.largestBucketPolicy) bytes.")
    }
  }

  private static func wording(of error: PolicyError) -> String {
    let known = ["Missing required field", "Invalid Condition type"]
    if known.contains(where: error.message.hasPrefix) { return error.message }
    if error.message.hasPrefix("not JSON") { return "Policies must be valid JSON and the first byte must be '{'" }
    if error.path == "Version" { return "The policy must contain a valid version string" }
    if error.path.hasSuffix(".Effect") { return "Invalid effect" }
    return "This policy contains invalid Json"
  }

  private static func check(_ statement: PolicyDocument.Statement, of bucket: Bucket) throws(AWSError) {
    guard let principal = statement.principal else { throw .malformedBucketPolicy("Missing required field Principal") }
    guard !principal.entries.isEmpty else { throw .malformedBucketPolicy("Invalid principal in policy") }
    guard let resource = statement.resource else { throw .malformedBucketPolicy("Missing required field Resource") }
    for action in statement.action.patterns {
      let name = action.text.lowercased()
      guard name == "*" || name.hasPrefix("s3:") else {
        throw .malformedBucketPolicy("Policy has invalid action", detail: action.text)
      }
    }
    for pattern in resource.patterns where !names(pattern.text, bucket) {
      throw .malformedBucketPolicy("Policy has invalid resource", detail: pattern.text)
    }
    guard statement.action.isNegated || resource.isNegated || someActionFits(statement, resource) else {
      throw .malformedBucketPolicy("Action does not apply to any resource(s) in statement")
    }
  }

  /// Whether a resource is the bucket or objects of it.
  private static func names(_ resource: String, _ bucket: Bucket) -> Bool {
    resource == bucket.arn || resource.hasPrefix(bucket.arn + "/") || resource == bucket.arn + "*" || resource == "*"
      || resource.contains("${")
  }

  /// Whether the statement has an action on objects with a resource that is objects, or one on the bucket with the bucket.
  private static func someActionFits(
    _ statement: PolicyDocument.Statement, _ resource: PolicyDocument.ListElement
  ) -> Bool {
    let isObjects = resource.patterns.map { $0.text.contains("/") || $0.text.hasSuffix("*") || $0.text.contains("${") }
    let isBucket = resource.patterns.map { !$0.text.contains("/") }
    return statement.action.patterns.contains { action in
      guard let actsOnObjects = S3Actions.actsOnObjects(action.text) else { return true }
      return (actsOnObjects ? isObjects : isBucket).contains(true)
    }
  }
}

extension AWSError {
  static func noSuchBucketPolicy(_ bucket: String) -> AWSError {
    notConfigured("NoSuchBucketPolicy", "The bucket policy does not exist", bucket: bucket)
  }

  static func malformedBucketPolicy(_ message: String, detail: String? = nil) -> AWSError {
    AWSError(
      "MalformedPolicy", message, status: 400, fields: detail.map { [Field(name: "Detail", value: $0)] } ?? [])
  }
}
