import AWSAPI
import HTTP
import SigV4

extension S3Service {
  static func completeMultipartUpload(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    let bucket = try state.s3.bucket(call)
    let conditions = try WritePreconditions(call)
    let upload = try bucket.upload(call)
    try conditions.check(
      bucket.objects[UTF8Key(upload.key)]?.object, key: upload.key, wasThere: upload.hadObject == true)
    let object = try CompletedUpload(call, of: upload).object()
    return { (state: inout EmulatorState) throws(AWSError) -> Answer in
      let bucket = try state.s3.bucket(call)
      // Whoever completed or aborted the upload meanwhile was first.
      _ = try bucket.upload(call)
      try conditions.check(
        bucket.objects[UTF8Key(upload.key)]?.object, key: upload.key, wasThere: upload.hadObject == true)
      let version = try state.addVersion(of: upload.key, object: object, call)
      try state.s3.withBucket(call) { $0.uploads[UTF8Key(upload.id)] = nil }
      return Answer(completionAnswer(object, key: upload.key, version: version, bucket: bucket))
    }
  }

  private static func completionAnswer(
    _ object: StoredObject, key: String, version: String, bucket: Bucket
  ) -> AWSStructure {
    let host = bucket.region == BucketRegion.original ? "s3.amazonaws.com" : "s3.\(bucket.region).amazonaws.com"
    var output: AWSStructure = [
      "Location": .string("https://\(bucket.name).\(host)/\(PercentEncoding.encode(key))"),
      "Bucket": .string(bucket.name), "Key": .string(key), "ETag": .string(object.etag.quoted),
      "VersionId": VersionID.shownAfterWrite(version),
    ]
    if let checksum = object.checksum { output.addChecksum(checksum) }
    output.addEncryption(object.properties.encryption)
    return output
  }
}

/// The parts that CompleteMultipartUpload names, held against those that were uploaded.
struct CompletedUpload {
  private let upload: MultipartUpload
  private let parts: [UploadedPart]
  /// What the client says the whole object's checksum is.
  private let expected: (algorithm: ChecksumAlgorithm, text: String)?

  /// Source: S3 User Guide, "Multipart upload limits": every part but the last.
  static let smallestPart: Int64 = 5 << 20

  /// - Throws: `MalformedXML`, `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `InvalidRequest`.
  init(_ call: Call, of upload: MultipartUpload) throws(AWSError) {
    self.upload = upload
    let listed = call.parameters["MultipartUpload"]?.structure?["Parts"]?.list ?? []
    guard !listed.isEmpty else { throw .malformedXML }
    expected = try Self.expectedChecksum(call, of: upload)
    var parts: [UploadedPart] = []
    var previous = 0
    for item in listed {
      guard let number = item.structure?["PartNumber"]?.integer, let etag = item.structure?["ETag"]?.string else {
        throw .malformedXML
      }
      guard number > previous else { throw .invalidPartOrder(upload: upload.id) }
      previous = number
      parts.append(try Self.part(number, etag: etag, claims: item, of: upload))
    }
    for part in parts.dropLast() where part.payload.size < Self.smallestPart {
      throw .entityTooSmall(
        part.payload.size, smallest: Self.smallestPart, number: part.number, etag: part.etag.text)
    }
    self.parts = parts
    let size = parts.reduce(0) { $0 + $1.payload.size }
    if let claimed = call.integer("MpuObjectSize"), Int64(claimed) != size {
      throw .invalidRequest(
        "The provided 'x-amz-mp-object-size' header value \(claimed) does not match what was computed: \(size)")
    }
  }

  private static func expectedChecksum(
    _ call: Call, of upload: MultipartUpload
  ) throws(AWSError) -> (algorithm: ChecksumAlgorithm, text: String)? {
    if let type = call.string("ChecksumType"), let own = upload.checksum?.type, type != own.rawValue {
      throw .invalidRequest(
        "The upload was created using the \(own.rawValue) checksum mode. The complete request must use the same "
          + "checksum mode.")
    }
    for algorithm in ChecksumAlgorithm.allCases {
      if let text = call.string(algorithm.member) { return (algorithm, text) }
    }
    return nil
  }

  /// The uploaded part that an item of the list means.
  private static func part(
    _ number: Int, etag: String, claims: AWSValue, of upload: MultipartUpload
  ) throws(AWSError) -> UploadedPart {
    guard let part = upload.parts[number]?.value, part.etag.matches(etag) else {
      throw .invalidPart(upload: upload.id, number: number, etag: etag.trimmingPrefix("\"").filter { $0 != "\"" })
    }
    for algorithm in ChecksumAlgorithm.allCases {
      guard let claimed = claims.structure?[algorithm.member]?.string else { continue }
      guard part.checksum.map({ $0.algorithm == algorithm && $0.text == claimed }) ?? true else {
        throw .badPartDigest(of: algorithm, number: number)
      }
    }
    if let kind = upload.checksum, kind.type == .composite,
      claims.structure?[kind.algorithm.member]?.string == nil
    {
      throw .invalidRequest(
        "The upload was created using a \(kind.algorithm.rawValue.lowercased()) checksum. The complete request must "
          + "include the checksum for each part. It was missing for part \(number) in the request.")
    }
    return part
  }

  /// The object that the parts make.
  /// - Throws: `BadDigest` where the client expects another checksum.
  func object() throws(AWSError) -> StoredObject {
    let checksum = wholeChecksum()
    if let expected, expected.algorithm == checksum.algorithm, !matches(expected.text, checksum) {
      throw .badCompleteDigest(of: checksum.algorithm)
    }
    return StoredObject(
      payload: ObjectPayload(joining: parts.map(\.payload)),
      etag: EntityTag(md5: DigestAlgorithm.md5.digest(parts.flatMap(\.etag.md5)), partCount: parts.count),
      checksum: checksum, properties: upload.properties,
      // Whatever their numbers were, the parts of an object are numbered from one.
      parts: parts.enumerated().map { index, part in
        ObjectPart(
          number: index + 1, size: part.payload.size, checksum: upload.checksum == nil ? nil : part.checksum)
      })
  }

  /// A composite checksum may be given with the number of parts or without.
  private func matches(_ text: String, _ checksum: ObjectChecksum) -> Bool {
    text == checksum.text || text == Base64.encode(checksum.bytes)
  }

  private func wholeChecksum() -> ObjectChecksum {
    let kind = upload.checksum ?? MultipartUpload.ChecksumKind(algorithm: .crc64nvme, type: .fullObject)
    if kind.type == .fullObject, let crc = kind.algorithm.cyclicRedundancyCheck {
      let check = parts.reduce(crc.empty) { check, part in
        let own = part.defaultCheck ?? part.checksum.flatMap { crc.check(from: $0.bytes) } ?? crc.empty
        return crc.combine(check, own, length: part.payload.size)
      }
      return ObjectChecksum(kind.algorithm, crc.bytes(of: check))
    }
    let bytes = parts.flatMap { $0.checksum?.bytes ?? [] }
    return ObjectChecksum(
      kind.algorithm, kind.algorithm.value(of: bytes), type: .composite, partCount: parts.count)
  }
}

extension AWSError {
  fileprivate static func badPartDigest(of algorithm: ChecksumAlgorithm, number: Int) -> AWSError {
    AWSError(
      "BadDigest",
      "The \(algorithm.rawValue.lowercased()) you specified for part \(number) did not match what we received.",
      status: 400)
  }

  fileprivate static func badCompleteDigest(of algorithm: ChecksumAlgorithm) -> AWSError {
    AWSError(
      "BadDigest", "The \(algorithm.rawValue.lowercased()) you specified did not match the calculated checksum.",
      status: 400)
  }
}
