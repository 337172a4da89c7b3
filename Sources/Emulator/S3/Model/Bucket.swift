import FoundationEssentials

/// A bucket and what is in it.
struct Bucket: Sendable, Codable {
  private let identity: Shared<Identity>
  var settings: Shared<BucketSettings>
  var objects: SortedMap<UTF8Key, ObjectHistory> = [:]
  /// By the upload's id.
  var uploads: SortedMap<UTF8Key, MultipartUpload> = [:]

  private struct Identity: Sendable, Codable {
    var name: String
    var owner: String
    var region: String
    var created: Date
  }

  init(name: String, owner: String, region: String, created: Date) {
    identity = Shared(Identity(name: name, owner: owner, region: region, created: created))
    settings = Shared(BucketSettings(owner: owner))
  }

  var name: String { identity.value.name }
  /// The account that owns the bucket.
  var owner: String { identity.value.owner }
  var region: String { identity.value.region }
  /// In whole seconds.
  var created: Date { identity.value.created }
  var arn: String { "arn:aws:s3:::\(name)" }

  func arn(ofObject key: String) -> String { "arn:aws:s3:::\(name)/\(key)" }
}
