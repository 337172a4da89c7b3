import AWSAPI
import FoundationEssentials

extension S3Service {
  static func listObjectVersions(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    var request = try ListingRequest(call)
    let marker = call.string("KeyMarker") ?? ""
    let versionMarker = call.string("VersionIdMarker") ?? ""
    guard versionMarker.isEmpty || !marker.isEmpty else {
      throw .invalidArgument(
        "A version-id marker cannot be specified without a key marker.", name: "version-id-marker", value: versionMarker
      )
    }
    if !versionMarker.isEmpty {
      _ = try VersionID.check(versionMarker)
      request.listing.start = .at(marker)
    } else if !marker.isEmpty {
      request.listing.start = .entry(marker)
    }
    let page = request.listing.page(of: bucket.objects) { key, history in
      let versions = history.listedVersions
      guard !versionMarker.isEmpty, key == UTF8Key(marker) else { return .several(versions) }
      // Without the marker's version there is no telling which of the key were listed; the next key is sure to be new.
      let index = versions.firstIndex { $0.version.id == versionMarker } ?? versions.count - 1
      return .several(Array(versions[(index + 1)...]))
    }
    var output = request.common(bucket: bucket)
    output.add(request.versionAnswer(page, bucket: bucket))
    output["KeyMarker"] = .string(request.encoded(marker))
    output["VersionIdMarker"] = .string(versionMarker)
    return Answer(output)
  }
}

/// A version as ListObjectVersions shows it.
struct ListedVersion {
  var version: ObjectVersion
  var isLatest: Bool
}

extension ObjectHistory {
  fileprivate var listedVersions: [ListedVersion] {
    versions.enumerated().map { ListedVersion(version: $1, isLatest: $0 == 0) }
  }
}

extension ListingRequest {
  fileprivate func versionAnswer(_ page: KeyListing.Page<ListedVersion>, bucket: Bucket) -> AWSStructure {
    var owners = OwnerNames()
    var versions: [AWSValue] = []
    var markers: [AWSValue] = []
    for case .key(let key, let listed) in page.entries {
      var members: AWSStructure = [
        "Key": .string(encoded(key.string)), "VersionId": .string(listed.version.id),
        "IsLatest": .boolean(listed.isLatest), "LastModified": .timestamp(listed.version.lastModified),
        "Owner": owners.owner(listed.version.owner),
      ]
      guard let object = listed.version.object else {
        markers.append(.structure(members))
        continue
      }
      members["ETag"] = .string(object.etag.quoted)
      members["ChecksumAlgorithm"] = object.checksum.map { [.string($0.algorithm.rawValue)] }
      members["ChecksumType"] = object.checksum.map { .string($0.type.rawValue) }
      members["Size"] = .integer(Int(object.size))
      members["StorageClass"] = .string(object.properties.storageClass)
      versions.append(.structure(members))
    }
    var output: AWSStructure = [
      "Name": .string(bucket.name), "MaxKeys": .integer(listing.limit), "IsTruncated": .boolean(page.isTruncated),
      "Versions": versions.isEmpty ? nil : .list(versions), "DeleteMarkers": markers.isEmpty ? nil : .list(markers),
      "CommonPrefixes": commonPrefixes(page),
    ]
    if page.isTruncated, let last = page.entries.last {
      output["NextKeyMarker"] = .string(encoded(last.name))
      if case .key(_, let listed) = last { output["NextVersionIdMarker"] = .string(listed.version.id) }
    }
    return output
  }
}
