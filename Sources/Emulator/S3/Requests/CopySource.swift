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
  /// The right to read what is copied, from a bucket that may be another account's.
  static func copySourcePermission(_ call: Call, in state: EmulatorState) throws(AWSError) -> Permission {
    let source = try CopySource(call)
    guard let bucket = state.s3.buckets[UTF8Key(source.bucket)] else { throw .noSuchBucket(source.bucket) }
    try checkExpectedOwner(of: bucket, header: "x-amz-source-expected-bucket-owner", call)
    return PermissionScope(call, bucket: bucket).object(
      source.versionID == nil ? "s3:GetObject" : "s3:GetObjectVersion", key: source.key, versionID: source.versionID)
  }
}
