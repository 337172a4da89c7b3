import AWSAPI
import FoundationEssentials

/// ListObjects and ListObjectsV2.
extension S3Service {
  static func listObjects(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    var request = try ListingRequest(call)
    let marker = call.string("Marker") ?? ""
    if !marker.isEmpty { request.listing.start = .entry(marker) }
    let page = request.listing.page(of: bucket.objects) { $1.listed }
    var output = request.answer(page, bucket: bucket, withOwner: true)
    output["Marker"] = .string(request.encoded(marker))
    // Without a delimiter the last key is the marker of the next page, and S3 leaves that to the client.
    if page.isTruncated, !request.listing.delimiter.isEmpty, let last = page.entries.last {
      output["NextMarker"] = .string(request.encoded(last.name))
    }
    return Answer(output)
  }

  static func listObjectsV2(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    var request = try ListingRequest(call)
    let (token, startAfter) = (call.string("ContinuationToken"), call.string("StartAfter"))
    if let token {
      request.listing.start = .entry(try ContinuationToken.decode(token))
    } else if let startAfter, !startAfter.isEmpty {
      request.listing.start = .key(startAfter)
    }
    let page = request.listing.page(of: bucket.objects) { $1.listed }
    var output = request.answer(page, bucket: bucket, withOwner: call.boolean("FetchOwner") == true)
    output["KeyCount"] = .integer(page.entries.count)
    output["ContinuationToken"] = token.map { .string($0) }
    output["StartAfter"] = startAfter.map { .string(request.encoded($0)) }
    if page.isTruncated, let last = page.entries.last {
      output["NextContinuationToken"] = .string(ContinuationToken.encode(last.name))
    }
    return Answer(output)
  }
}

/// An object as a listing shows it.
struct ListedObject {
  var lastModified: Date
  var object: StoredObject
}

extension ObjectHistory {
  /// The current object for a listing; `nil` where the key was deleted.
  var listed: ListedObject? {
    let version = current.value
    return version.object.map { ListedObject(lastModified: version.lastModified, object: $0) }
  }
}

/// What the listings of a bucket have in common in their requests and in their answers.
struct ListingRequest {
  var listing: KeyListing
  private var encodesNames: Bool

  /// Source: S3 API reference, ListObjectsV2, `max-keys`.
  static let mostKeys = 1000

  /// - Parameter limit: the parameter that bounds the number of entries.
  /// - Throws: `InvalidArgument`.
  init(_ call: Call, limit: String = "MaxKeys") throws(AWSError) {
    let asked = call.integer(limit) ?? Self.mostKeys
    guard asked >= 0 else {
      let argument = limit == "MaxKeys" ? ("maxKeys", "max-keys") : ("maxUploads", "max-uploads")
      throw .invalidArgument(
        "Argument \(argument.0) must be an integer between 0 and 2147483647", name: argument.1, value: String(asked))
    }
    listing = KeyListing(
      prefix: call.string("Prefix") ?? "", delimiter: call.string("Delimiter") ?? "", limit: min(asked, Self.mostKeys))
    let encoding = call.string("EncodingType")
    guard encoding == nil || encoding == "url" else {
      throw .invalidArgument("Invalid Encoding Method specified in Request", name: "encoding-type", value: encoding)
    }
    encodesNames = encoding != nil
  }

  /// A key, prefix or marker as the client wants names written.
  func encoded(_ name: String) -> String { encodesNames ? ListingEncoding.encode(name) : name }

  /// The members that every listing echoes.
  func common(bucket: Bucket) -> AWSStructure {
    [
      "Prefix": .string(encoded(listing.prefix)),
      "Delimiter": listing.delimiter.isEmpty ? nil : .string(encoded(listing.delimiter)),
      "EncodingType": encodesNames ? "url" : nil,
    ]
  }

  /// The rolled up prefixes of a page as the member `CommonPrefixes`; `nil` where there are none.
  func commonPrefixes<Value>(_ page: KeyListing.Page<Value>) -> AWSValue? {
    let prefixes = page.entries.compactMap { entry -> AWSValue? in
      guard case .commonPrefix(let prefix) = entry else { return nil }
      return ["Prefix": .string(encoded(prefix))]
    }
    return prefixes.isEmpty ? nil : .list(prefixes)
  }

  func answer(_ page: KeyListing.Page<ListedObject>, bucket: Bucket, withOwner: Bool) -> AWSStructure {
    var owners = OwnerNames()
    let contents = page.entries.compactMap { entry -> AWSValue? in
      guard case .key(let key, let listed) = entry else { return nil }
      let object = listed.object
      return [
        "Key": .string(encoded(key.string)), "LastModified": .timestamp(listed.lastModified),
        "ETag": .string(object.etag.quoted),
        "ChecksumAlgorithm": object.checksum.map { [.string($0.algorithm.rawValue)] },
        "ChecksumType": object.checksum.map { .string($0.type.rawValue) }, "Size": .integer(Int(object.size)),
        "StorageClass": .string(object.properties.storageClass),
        "Owner": withOwner ? owners.owner(object.properties.owner) : nil,
      ]
    }
    var output = common(bucket: bucket)
    output["IsTruncated"] = .boolean(page.isTruncated)
    output["Contents"] = contents.isEmpty ? nil : .list(contents)
    output["Name"] = .string(bucket.name)
    output["MaxKeys"] = .integer(listing.limit)
    output["CommonPrefixes"] = commonPrefixes(page)
    return output
  }
}

/// The member `Owner` of accounts, each made once in a listing.
struct OwnerNames {
  private var known: [String: AWSValue] = [:]

  mutating func owner(_ account: String) -> AWSValue {
    if let value = known[account] { return value }
    let value: AWSValue = ["ID": .string(CanonicalUser.id(ofAccount: account))]
    known[account] = value
    return value
  }
}
