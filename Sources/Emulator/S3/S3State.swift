/// Buckets and what is in them.
package struct S3State: Sendable {
  /// By name: one name is one bucket, whoever owns it.
  var buckets: SortedMap<UTF8Key, Bucket> = [:]
  /// How many uploads were begun, to order those that began at the same moment.
  var uploadsBegun = 0
  /// Where the bytes of uploads are put.
  package var payloads: any PayloadStore = MemoryPayloadStore()

  package init() {}
}
