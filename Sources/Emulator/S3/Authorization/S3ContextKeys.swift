import AWSAPI
import FoundationEssentials
import HTTP
import SigV4

/// The condition keys of S3, from the request, the bucket and the object.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
enum S3ContextKeys {
  /// Headers whose values stand under `s3:` and their own name.
  private static let headers = [
    "x-amz-acl", "x-amz-content-sha256", "x-amz-copy-source", "x-amz-grant-full-control", "x-amz-grant-read",
    "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp", "x-amz-metadata-directive",
    "x-amz-object-ownership", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm", "x-amz-storage-class", "x-amz-website-redirect-location",
  ]

  /// Other headers, with the names of their keys.
  private static let renamedHeaders = [
    "x-amz-object-lock-mode": "s3:object-lock-mode",
    "x-amz-object-lock-retain-until-date": "s3:object-lock-retain-until-date",
    "x-amz-object-lock-legal-hold": "s3:object-lock-legal-hold",
    "if-match": "s3:if-match", "if-none-match": "s3:if-none-match",
  ]

  /// The keys of all headers that have one, by their names in lower case.
  private static let keysOfHeaders = renamedHeaders.merging(headers.map { ($0, "s3:\($0)") }) { $1 }
    .mapValues(S3ConditionKey.init)

  /// Parameters that stand in the query, with their keys.
  private static let parameters = [
    ("Prefix", S3ConditionKey("s3:prefix")), ("Delimiter", S3ConditionKey("s3:delimiter")),
  ]

  private static let signatureVersion = S3ConditionKey("s3:signatureversion")
  private static let authenticationType = S3ConditionKey("s3:authType")
  private static let resourceAccount = S3ConditionKey("s3:ResourceAccount")

  /// The keys that a request has by itself.
  static func ofRequest(_ call: Call) -> [S3ConditionValue] {
    var keys: [S3ConditionValue] = []
    // Most requests have fewer, and room for those of the bucket is left then.
    keys.reserveCapacity(10)
    addSignature(of: call, to: &keys)
    for field in call.request.headers.fields {
      // All of them are `x-amz-…` or `if-…`, which spares most names the lookup.
      guard let first = field.name.utf8.first, first | 0x20 == UInt8(ascii: "x") || first | 0x20 == UInt8(ascii: "i"),
        let key = keysOfHeaders[field.name.lowercased()]
      else { continue }
      keys.append(S3ConditionValue(key, field.value))
    }
    for (parameter, key) in parameters {
      if let value = call.string(parameter) { keys.append(S3ConditionValue(key, value)) }
    }
    if let number = call.integer("MaxKeys") { keys.append(S3ConditionValue("s3:max-keys", String(number))) }
    if let until = call.parameters["ObjectLockRetainUntilDate"]?.timestamp {
      let days = Int((until.timeIntervalSince(call.now) / 86_400).rounded(.up))
      keys.append(S3ConditionValue("s3:object-lock-remaining-retention-days", String(days)))
    }
    keys += tagsInRequest(call)
    return keys
  }

  /// How the request was signed, and how long ago.
  private static func addSignature(of call: Call, to keys: inout [S3ConditionValue]) {
    guard call.caller.kind != .anonymous else { return }
    keys.append(S3ConditionValue(signatureVersion, "AWS4-HMAC-SHA256"))
    if call.request.headers["Authorization"] != nil {
      keys.append(S3ConditionValue(authenticationType, "REST-HEADER"))
      return
    }
    keys.append(S3ConditionValue(authenticationType, "REST-QUERY-STRING"))
    let query = QueryItems(parsing: call.request.query, plusIsSpace: false)
    if let signed = query?["X-Amz-Date"].flatMap(AmazonDate.parse) {
      let age = max(0, Int(call.now.timeIntervalSince(signed) * 1000))
      keys.append(S3ConditionValue("s3:signatureAge", String(age)))
    }
  }

  private static func tagsInRequest(_ call: Call) -> [S3ConditionValue] {
    let isBucketCall = call.operation.binding?.target == .bucket
    let tags: [ResourceTag]
    switch call.parameters["Tagging"] {
    case .string(let header): tags = (try? Tagging.tags(ofHeader: header)) ?? []
    case .structure(let tagging): tags = (try? Tagging.tags(of: tagging["TagSet"])) ?? []
    default: return []
    }
    return isBucketCall
      ? requestTags(tags, service: "aws", key: "RequestTag") : requestTags(tags, service: "s3", key: "RequestObjectTag")
  }

  /// One key for each tag and one with all their keys: `s3:RequestObjectTag/…` with `s3:RequestObjectTagKeys`, or
  /// `aws:RequestTag/…` with `aws:TagKeys`.
  static func requestTags(_ tags: [ResourceTag], service: String, key: String) -> [S3ConditionValue] {
    guard !tags.isEmpty else { return [] }
    let keysName = service == "s3" ? "s3:RequestObjectTagKeys" : "aws:TagKeys"
    return tags.map { S3ConditionValue("\(service):\(key)/\($0.key)", $0.value) }
      + [S3ConditionValue(keysName, tags.map(\.key))]
  }

  /// Adds the keys of a bucket: its owner and, where it takes part in attribute-based access control, its tags.
  static func add(_ bucket: Bucket, to keys: inout [S3ConditionValue]) {
    keys.append(S3ConditionValue(resourceAccount, bucket.owner))
    guard bucket.settings.value.usesTagsForAccess else { return }
    for tag in bucket.settings.value.tags ?? [] {
      keys.append(S3ConditionValue("aws:ResourceTag/\(tag.key)", tag.value))
      keys.append(S3ConditionValue("s3:BucketTag/\(tag.key)", tag.value))
    }
  }

  /// The tags of an object.
  static func ofObject(_ version: ObjectVersion?) -> [S3ConditionValue] {
    guard let tags = version?.object?.properties.tags else { return [] }
    return tags.map { S3ConditionValue("s3:ExistingObjectTag/\($0.key)", $0.value) }
  }
}
