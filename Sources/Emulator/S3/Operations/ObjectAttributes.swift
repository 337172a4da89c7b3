import AWSAPI

extension S3Service {
  static func getObjectAttributes(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let found = try FoundObject(call, in: try state.s3.bucket(call))
    let object = found.object
    let wanted = Set((call.parameters["ObjectAttributes"]?.list ?? []).compactMap(\.string))
    var output: AWSStructure = [
      "LastModified": .timestamp(found.lastModified), "VersionId": found.shownVersionID.map { .string($0) },
      "ETag": wanted.contains("ETag") ? .string(object.etag.text) : nil,
      "StorageClass": wanted.contains("StorageClass") ? .string(object.properties.storageClass) : nil,
      "ObjectSize": wanted.contains("ObjectSize") ? .integer(Int(object.size)) : nil,
    ]
    if wanted.contains("Checksum"), let checksum = object.checksum {
      var members = AWSStructure()
      members.addChecksum(checksum)
      // The number of parts stands with the parts here.
      members[checksum.algorithm.member] = .string(Base64.encode(checksum.bytes))
      output["Checksum"] = .structure(members)
    }
    if wanted.contains("ObjectParts"), !object.parts.isEmpty {
      output["ObjectParts"] = .structure(try parts(of: object, call))
    }
    return Answer(output)
  }

  /// The parts page by page, which S3 tells only where they have checksums of their own.
  private static func parts(of object: StoredObject, _ call: Call) throws(AWSError) -> AWSStructure {
    var members: AWSStructure = ["TotalPartsCount": .integer(object.parts.count)]
    guard object.parts.contains(where: { $0.checksum != nil }) else { return members }
    let page = try PartPage(object.parts.map(\.number), call)
    members["PartNumberMarker"] = .integer(page.marker)
    members["NextPartNumberMarker"] = .integer(page.numbers.last ?? 0)
    members["MaxParts"] = .integer(page.limit)
    members["IsTruncated"] = .boolean(page.isTruncated)
    let parts = object.parts.filter { page.numbers.contains($0.number) }.map { part -> AWSValue in
      var members: AWSStructure = ["PartNumber": .integer(part.number), "Size": .integer(Int(part.size))]
      if let checksum = part.checksum { members.addChecksum(checksum, withType: false) }
      return .structure(members)
    }
    members["Parts"] = parts.isEmpty ? nil : .list(parts)
    return members
  }
}

/// The part numbers of one page of ListParts or GetObjectAttributes.
struct PartPage {
  var marker: Int
  var limit: Int
  var numbers: [Int]
  var isTruncated: Bool

  /// Source: S3 API reference, ListParts, `max-parts`.
  static let mostParts = 1000

  init(_ all: [Int], _ call: Call) throws(AWSError) {
    marker = call.integer("PartNumberMarker") ?? 0
    limit = min(call.integer("MaxParts") ?? Self.mostParts, Self.mostParts)
    guard marker >= 0, limit >= 0 else {
      throw .invalidArgument(
        "Argument max-parts must be an integer between 0 and 2147483647", name: "max-parts",
        value: String(call.integer("MaxParts") ?? limit))
    }
    let (start, limit) = (marker, limit)
    let rest = all.filter { $0 > start }
    numbers = Array(rest.prefix(limit))
    isTruncated = limit > 0 && rest.count > limit
  }
}
