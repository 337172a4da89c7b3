import AWSAPI
import FoundationEssentials

/// Buckets as such: making, finding, listing and removing them.
extension S3Service {
  static let bucketHandlers: [String: Handler] = [
    "ListBuckets": .read(listBuckets),
    "CreateBucket": .write(createBucket),
    "HeadBucket": .read(headBucket),
    "DeleteBucket": .write(deleteBucket),
    "GetBucketLocation": .read(getBucketLocation),
  ]

  /// Source: S3 API reference, ListBuckets, `max-buckets`.
  static let bucketsPerPage = 10_000

  static func listBuckets(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let caller = call.caller.accountID ?? ""
    let names = ["MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion"]
    let isNarrowed = names.contains { call.parameters[$0] != nil }
    var listing = KeyListing(
      prefix: call.string("Prefix") ?? "", limit: min(call.integer("MaxBuckets") ?? bucketsPerPage, bucketsPerPage))
    if let token = call.string("ContinuationToken") { listing.start = .entry(try ContinuationToken.decode(token)) }
    let region = call.string("BucketRegion")
    let page = listing.page(of: state.s3.buckets) { _, bucket in
      bucket.owner == caller && (region == nil || bucket.region == region) ? bucket : nil
    }
    let buckets = page.entries.compactMap { entry -> AWSValue? in
      guard case .key(_, let bucket) = entry else { return nil }
      return [
        "Name": .string(bucket.name), "CreationDate": .timestamp(bucket.created),
        "BucketRegion": isNarrowed ? .string(bucket.region) : nil, "BucketArn": isNarrowed ? .string(bucket.arn) : nil,
      ]
    }
    return Answer([
      "Buckets": .list(buckets), "Owner": ["ID": .string(CanonicalUser.id(ofAccount: caller))],
      "ContinuationToken": page.isTruncated
        ? page.entries.last.map { .string(ContinuationToken.encode($0.name)) } : nil,
      "Prefix": call.string("Prefix").map { .string($0) },
    ])
  }

  static func createBucket(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let name = call.string("Bucket") ?? ""
    let owner = call.caller.accountID ?? ""
    guard BucketName.isValid(name) else { throw .invalidBucketName(name) }
    let configuration = call.parameters["CreateBucketConfiguration"]?.structure
    let region = try BucketRegion.asked(
      configuration?["LocationConstraint"]?.string, endpoint: call.region)
    if let existing = state.s3.buckets[UTF8Key(name)] {
      guard existing.owner == owner else { throw .bucketAlreadyExists(name) }
      guard existing.region == BucketRegion.original, region == BucketRegion.original else {
        throw .bucketAlreadyOwnedByYou(name)
      }
      return created(existing)
    }
    var bucket = Bucket(name: name, owner: owner, region: region, created: call.now.inWholeSeconds)
    var settings = bucket.settings.value
    try applyCreationSettings(call, to: &settings, of: bucket, state: state)
    let tags = try Tagging.tags(of: configuration?["Tags"])
    if !tags.isEmpty {
      try Tagging.checkNewBucket(tags)
      settings.tags = tags
    }
    settings.deriveEffectivePolicy(of: bucket)
    bucket.settings.value = settings
    state.s3.buckets[UTF8Key(name)] = bucket
    return created(bucket)
  }

  private static func created(_ bucket: Bucket) -> Answer {
    let location =
      bucket.region == BucketRegion.original ? "/\(bucket.name)" : "http://\(bucket.name).s3.amazonaws.com/"
    return Answer(["Location": .string(location), "BucketArn": .string(bucket.arn)])
  }

  /// Ownership, access control list and object lock, as the headers of CreateBucket ask for them.
  private static func applyCreationSettings(
    _ call: Call, to settings: inout BucketSettings, of bucket: Bucket, state: EmulatorState
  ) throws(AWSError) {
    if let text = call.string("ObjectOwnership") {
      guard let ownership = ObjectOwnership(rawValue: text) else {
        throw .invalidArgument(
          "Invalid x-amz-object-ownership header: \(text)", name: "x-amz-object-ownership", value: text)
      }
      settings.ownership = ownership
    }
    let acl = try AccessControlList(call, owner: bucket.owner, bucketOwner: bucket.owner, state: state)
    if let acl, acl != .ownerOnly(bucket.owner) {
      guard settings.honorsACLs else {
        throw .invalidACLWithOwnership
      }
      if acl.isPublic { throw .publicACLBlocked(call, action: "s3:CreateBucket", resource: bucket.arn) }
      settings.acl = acl
    }
    if call.boolean("ObjectLockEnabledForBucket") == true {
      settings.objectLockEnabled = true
      settings.versioning = .enabled
    }
  }

  static func headBucket(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    return Answer([
      "BucketArn": .string(bucket.arn), "BucketRegion": .string(bucket.region), "AccessPointAlias": false,
    ])
  }

  static func deleteBucket(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    guard bucket.objects.isEmpty else {
      throw .bucketNotEmpty(bucket.name, isVersioned: bucket.settings.value.versioning != .never)
    }
    state.s3.buckets[UTF8Key(bucket.name)] = nil
    return Answer()
  }

  static func getBucketLocation(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let region = try state.s3.bucket(call).region
    return Answer(["LocationConstraint": .string(region == BucketRegion.original ? "" : region)])
  }
}
