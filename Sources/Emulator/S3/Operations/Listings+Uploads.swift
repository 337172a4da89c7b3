import AWSAPI
import FoundationEssentials

/// ListMultipartUploads and ListParts.
extension S3Service {
  static func listMultipartUploads(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    var request = try ListingRequest(call, limit: "MaxUploads")
    let keyMarker = call.string("KeyMarker") ?? ""
    let idMarker = call.string("UploadIdMarker") ?? ""
    // Without a key the upload's id is passed over.
    let isWithinKey = !keyMarker.isEmpty && !idMarker.isEmpty
    if !keyMarker.isEmpty { request.listing.start = isWithinKey ? .at(keyMarker) : .entry(keyMarker) }
    let page = request.listing.page(of: bucket.uploadsByKey) { key, uploads in
      guard isWithinKey, key == UTF8Key(keyMarker) else { return .several(uploads) }
      let index = uploads.firstIndex { $0.id == idMarker } ?? uploads.count - 1
      return .several(Array(uploads[(index + 1)...]))
    }
    return Answer(request.uploadAnswer(page, bucket: bucket, keyMarker: keyMarker, idMarker: idMarker))
  }

  static func listParts(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    let upload = try bucket.upload(call)
    let page = try PartPage(upload.parts.keys, call)
    let parts = page.numbers.compactMap { number -> AWSValue? in
      guard let part = upload.parts[number]?.value else { return nil }
      var members: AWSStructure = [
        "PartNumber": .integer(number), "LastModified": .timestamp(part.lastModified),
        "ETag": .string(part.etag.quoted), "Size": .integer(Int(part.payload.size)),
      ]
      if upload.checksum != nil, let checksum = part.checksum { members.addChecksum(checksum, withType: false) }
      return .structure(members)
    }
    var output = upload.answer
    output["Bucket"] = .string(bucket.name)
    output["PartNumberMarker"] = .integer(page.marker)
    output["NextPartNumberMarker"] = .integer(page.numbers.last ?? 0)
    output["MaxParts"] = .integer(page.limit)
    output["IsTruncated"] = .boolean(page.isTruncated)
    output["Parts"] = parts.isEmpty ? nil : .list(parts)
    return Answer(output)
  }
}

extension Bucket {
  /// The uploads under way by their keys, those of one key in the order they began.
  fileprivate var uploadsByKey: SortedMap<UTF8Key, [MultipartUpload]> {
    var byKey: SortedMap<UTF8Key, [MultipartUpload]> = [:]
    for (_, upload) in uploads { byKey[UTF8Key(upload.key), default: []].append(upload) }
    return SortedMap(byKey.map { ($0.key, $0.value.sorted { $0.sequence < $1.sequence }) })
  }
}

extension MultipartUpload {
  /// What both lists tell of an upload.
  fileprivate var answer: AWSStructure {
    [
      "UploadId": .string(id), "Key": .string(key), "StorageClass": .string(properties.storageClass),
      "Owner": ["ID": .string(CanonicalUser.id(ofAccount: properties.owner))],
      "Initiator": ["ID": .string(initiator.id), "DisplayName": initiator.displayName.map { .string($0) }],
      "ChecksumAlgorithm": checksum.map { .string($0.algorithm.rawValue) },
      "ChecksumType": checksum.map { .string($0.type.rawValue) },
    ]
  }
}

extension ListingRequest {
  fileprivate func uploadAnswer(
    _ page: KeyListing.Page<MultipartUpload>, bucket: Bucket, keyMarker: String, idMarker: String
  ) -> AWSStructure {
    let uploads = page.entries.compactMap { entry -> AWSValue? in
      guard case .key(let key, let upload) = entry else { return nil }
      var members = upload.answer
      members["Key"] = .string(encoded(key.string))
      members["Initiated"] = .timestamp(upload.initiated)
      return .structure(members)
    }
    var output = common(bucket: bucket)
    if listing.prefix.isEmpty { output["Prefix"] = nil }
    output["Bucket"] = .string(bucket.name)
    output["KeyMarker"] = .string(encoded(keyMarker))
    output["UploadIdMarker"] = .string(idMarker)
    output["NextKeyMarker"] = .string(encoded(page.entries.last?.name ?? ""))
    if case .key(_, let upload)? = page.entries.last {
      output["NextUploadIdMarker"] = .string(upload.id)
    } else {
      output["NextUploadIdMarker"] = ""
    }
    output["MaxUploads"] = .integer(listing.limit)
    output["IsTruncated"] = .boolean(page.isTruncated)
    output["Uploads"] = uploads.isEmpty ? nil : .list(uploads)
    output["CommonPrefixes"] = commonPrefixes(page)
    return output
  }
}
