import AWSAPI

/// Buckets and what is in them.
package struct S3State: Sendable, Codable {
  /// By name: one name is one bucket, whoever owns it.
  var buckets: SortedMap<UTF8Key, Bucket> = [:]
  /// How many uploads were begun, to order those that began at the same moment.
  var uploadsBegun = 0
  /// Where the bytes of uploads are put.
  package var payloads: any PayloadStore {
    get { ownPayloads ?? MemoryPayloadStore() }
    set { ownPayloads = newValue }
  }
  @Unkept private var ownPayloads: (any PayloadStore)?

  package init() {}
}

extension S3State {
  /// The bucket a call names.
  /// - Throws: `NoSuchBucket`.
  func bucket(_ call: Call) throws(AWSError) -> Bucket {
    let name = call.string("Bucket") ?? ""
    guard let bucket = buckets[UTF8Key(name)] else { throw .noSuchBucket(name) }
    return bucket
  }

  /// Changes the bucket a call names, where it is. What `change` throws leaves the bucket as it was only if `change` looks
  /// before it changes.
  /// - Throws: `NoSuchBucket`, and what `change` throws.
  mutating func withBucket<R>(
    _ call: Call, _ change: (inout Bucket) throws(AWSError) -> R
  ) throws(AWSError) -> R {
    let name = call.string("Bucket") ?? ""
    guard let result = try buckets.update(UTF8Key(name), change) else { throw .noSuchBucket(name) }
    return result
  }
}
