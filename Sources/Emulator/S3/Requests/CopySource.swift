import AWSAPI
import HTTP

/// What `x-amz-copy-source` names: `/bucket/key?versionId=id`, percent-encoded, the first slash at will.
struct CopySource: Sendable, Hashable {
  var bucket: String
  var key: String
  var versionID: String?

  /// - Throws: `InvalidArgument` where it names no object.
  init(_ call: Call) throws(AWSError) {
    let header = call.string("CopySource") ?? ""
    let refusal = AWSError.invalidArgument(
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", name: "x-amz-copy-source",
      value: header)
    guard !header.hasPrefix("arn:") else {
      throw .notImplemented(header: "x-amz-copy-source", "Access points are not supported")
    }
    let parts = header.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, let decoded = PercentEncoding.decode(path.hasPrefix("/") ? path.dropFirst() : path),
      let slash = decoded.firstIndex(of: "/")
    else { throw refusal }
    bucket = String(decoded[..<slash])
    key = String(decoded[decoded.index(after: slash)...])
    guard !bucket.isEmpty else { throw refusal }
    guard !key.isEmpty else {
      throw .invalidArgument("Invalid copy source object key", name: "x-amz-copy-source", value: header)
    }
    guard parts.count > 1 else { return }
    guard let query = QueryItems(parsing: parts[1], plusIsSpace: false) else { throw refusal }
    versionID = query["versionId"]
  }
}

extension S3Service {
  /// The right to read what is copied, from a bucket that may be another account's, and its tags where they go along.
  static func copySourcePermissions(_ call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    let source = try CopySource(call)
    guard let bucket = state.s3.buckets[UTF8Key(source.bucket)] else { throw .noSuchBucket(source.bucket) }
    try checkExpectedOwner(of: bucket, header: "x-amz-source-expected-bucket-owner", call)
    let isVersion = source.versionID != nil
    let scope = PermissionScope(call, bucket: bucket)
    var permissions = [
      scope.object(isVersion ? "s3:GetObjectVersion" : "s3:GetObject", key: source.key, versionID: source.versionID)
    ]
    let history = bucket.objects[UTF8Key(source.key)]
    let version = source.versionID.map { history?.version($0) } ?? history?.current.value
    if call.operation.name == "CopyObject", call.string("TaggingDirective") != "REPLACE",
      version?.object?.properties.tags.isEmpty == false
    {
      let action = isVersion ? "s3:GetObjectVersionTagging" : "s3:GetObjectTagging"
      permissions.append(scope.object(action, key: source.key, versionID: source.versionID))
    }
    if version?.object == nil, !isVersion { permissions.append(scope.bucket("s3:ListBucket")) }
    return permissions
  }
}
