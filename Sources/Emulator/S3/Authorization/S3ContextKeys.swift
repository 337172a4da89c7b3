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

  /// Parameters that stand in the query, with the names of their keys.
  private static let parameters = [("Prefix", "s3:prefix"), ("Delimiter", "s3:delimiter")]

  /// The keys that a request has by itself.
  static func ofRequest(_ call: Call) -> [Permission.ContextValue] {
    var keys = ofSignature(call)
    for field in call.request.headers.fields {
      guard let key = keysOfHeaders[field.name.lowercased()] else { continue }
      keys.append(Permission.ContextValue(key, field.value))
    }
    for (parameter, key) in parameters {
      if let value = call.string(parameter) { keys.append(Permission.ContextValue(key, value)) }
    }
    if let number = call.integer("MaxKeys") { keys.append(Permission.ContextValue("s3:max-keys", String(number))) }
    if let until = call.parameters["ObjectLockRetainUntilDate"]?.timestamp {
      let days = Int((until.timeIntervalSince(call.now) / 86_400).rounded(.up))
      keys.append(Permission.ContextValue("s3:object-lock-remaining-retention-days", String(days)))
    }
    return keys + tagsInRequest(call)
  }

  /// How the request was signed, and how long ago.
  private static func ofSignature(_ call: Call) -> [Permission.ContextValue] {
    guard call.caller.kind != .anonymous else { return [] }
    var keys = [Permission.ContextValue("s3:signatureversion", "AWS4-HMAC-SHA256")]
    if call.request.headers["Authorization"] != nil {
      keys.append(Permission.ContextValue("s3:authType", "REST-HEADER"))
      return keys
    }
    keys.append(Permission.ContextValue("s3:authType", "REST-QUERY-STRING"))
    let query = QueryItems(parsing: call.request.query, plusIsSpace: false)
    if let signed = query?["X-Amz-Date"].flatMap(AmazonDate.parse) {
      let age = max(0, Int(call.now.timeIntervalSince(signed) * 1000))
      keys.append(Permission.ContextValue("s3:signatureAge", String(age)))
    }
    return keys
  }

  private static func tagsInRequest(_ call: Call) -> [Permission.ContextValue] {
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
  static func requestTags(_ tags: [ResourceTag], service: String, key: String) -> [Permission.ContextValue] {
    guard !tags.isEmpty else { return [] }
    let keysName = service == "s3" ? "s3:RequestObjectTagKeys" : "aws:TagKeys"
    return tags.map { Permission.ContextValue("\(service):\(key)/\($0.key)", $0.value) }
      + [Permission.ContextValue(keysName, tags.map(\.key))]
  }

  /// The keys of a bucket: its owner and, where it takes part in attribute-based access control, its tags.
  static func ofBucket(_ bucket: Bucket) -> [Permission.ContextValue] {
    var keys = [Permission.ContextValue("s3:ResourceAccount", bucket.owner)]
    guard bucket.settings.value.usesTagsForAccess else { return keys }
    for tag in bucket.settings.value.tags ?? [] {
      keys.append(Permission.ContextValue("aws:ResourceTag/\(tag.key)", tag.value))
      keys.append(Permission.ContextValue("s3:BucketTag/\(tag.key)", tag.value))
    }
    return keys
  }

  /// The tags of an object, for the actions that know `s3:ExistingObjectTag/…`.
  static func ofObject(_ version: ObjectVersion?, for action: String) -> [Permission.ContextValue] {
    guard let tags = version?.object?.properties.tags, !tags.isEmpty else { return [] }
    return known(tags.map { Permission.ContextValue("s3:ExistingObjectTag/\($0.key)", $0.value) }, to: action)
  }
}
