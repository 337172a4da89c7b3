import AWSAPI
import FoundationEssentials
import HTTP

/// GetObject and HeadObject: the same but for the body.
extension S3Service {
  static func getObject(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try read(state, call, withBody: true)
  }

  static func headObject(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try read(state, call, withBody: false)
  }

  private static func read(_ state: EmulatorState, _ call: Call, withBody: Bool) throws(AWSError) -> Answer {
    let found = try FoundObject(call, in: try state.s3.bucket(call))
    let object = found.object
    switch ReadPreconditions(call).outcome(etag: object.etag, lastModified: found.lastModified) {
    case .failed(let header): throw .preconditionFailed(header)
    case .notModified: return notModified(found)
    case .proceed: break
    }
    if withBody, ["GLACIER", "DEEP_ARCHIVE"].contains(object.properties.storageClass) {
      throw .invalidObjectState(object.properties.storageClass)
    }
    let portion = try ObjectPortion(call, of: object)
    var output = description(of: found, portion: portion, call)
    try addOverrides(call, to: &output)
    if withBody { output["Body"] = .blob(object.payload.body(portion.range)) }
    return Answer(output, status: portion.isPartial ? 206 : nil)
  }

  private static func notModified(_ found: FoundObject) -> Answer {
    Answer(
      [
        "ETag": .string(found.object.etag.quoted), "LastModified": .timestamp(found.lastModified),
        "VersionId": found.shownVersionID.map { .string($0) },
      ], status: 304)
  }

  /// Everything the headers tell of an object.
  private static func description(of found: FoundObject, portion: ObjectPortion, _ call: Call) -> AWSStructure {
    let object = found.object
    let properties = object.properties
    var output: AWSStructure = [
      "AcceptRanges": "bytes", "LastModified": .timestamp(found.lastModified), "ETag": .string(object.etag.quoted),
      "ContentLength": .integer(Int(portion.size)),
      "ContentRange": portion.contentRange.map { .string($0) },
      "ContentType": .string(ObjectProperties.defaultContentType),
      "VersionId": found.shownVersionID.map { .string($0) },
      "StorageClass": properties.storageClass == "STANDARD" ? nil : .string(properties.storageClass),
      "PartsCount": portion.partNumber != nil && !object.parts.isEmpty ? .integer(object.parts.count) : nil,
      "TagCount": properties.tags.isEmpty ? nil : .integer(properties.tags.count),
      "ObjectLockMode": properties.lock.mode.map { .string($0) },
      "ObjectLockRetainUntilDate": properties.lock.retainUntil.map { .timestamp($0) },
      "ObjectLockLegalHoldStatus": properties.lock.legalHold.map { .string($0) },
    ]
    for header in properties.headers { output[header.name] = header.value }
    var metadata = AWSStructure()
    for item in properties.metadata { metadata[item.name] = .string(item.value) }
    if !metadata.isEmpty { output["Metadata"] = .structure(metadata) }
    output.addEncryption(properties.encryption)
    if call.string("ChecksumMode")?.uppercased() == "ENABLED", let checksum = portion.checksum(of: object) {
      output.addChecksum(checksum)
    }
    return output
  }

  /// Parameters, and the members of the answer whose places they take.
  private static let overrides = [
    ("ResponseCacheControl", "CacheControl"), ("ResponseContentDisposition", "ContentDisposition"),
    ("ResponseContentEncoding", "ContentEncoding"), ("ResponseContentLanguage", "ContentLanguage"),
    ("ResponseContentType", "ContentType"), ("ResponseExpires", "Expires"),
  ]

  /// The headers that a signed request may set on the answer.
  private static func addOverrides(_ call: Call, to output: inout AWSStructure) throws(AWSError) {
    for (parameter, member) in overrides {
      guard let value = call.parameters[parameter] else { continue }
      guard call.caller.kind != .anonymous else {
        throw .invalidRequest("Request specific response headers cannot be used for anonymous GET requests.")
      }
      output[member] = value
    }
  }
}

/// The object that a read means, by its key and perhaps a version.
struct FoundObject {
  var object: StoredObject
  var lastModified: Date
  var versionID: String
  /// The version's id where answers tell it: in a bucket that keeps or kept versions.
  var shownVersionID: String?

  /// Finds the object that `call` names.
  /// - Throws: `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` for a delete marker asked for by its id.
  init(_ call: Call, in bucket: Bucket) throws(AWSError) {
    try self.init(
      key: call.string("Key") ?? "", versionID: call.string("VersionId"), method: call.request.method, in: bucket)
  }

  init(key: String, versionID: String?, method: String, in bucket: Bucket) throws(AWSError) {
    let isVersioned = bucket.settings.value.versioning != .never
    guard let history = bucket.objects[UTF8Key(key)] else {
      guard let versionID else { throw .noSuchKey(key) }
      throw .noSuchVersion(try VersionID.check(versionID), key: key)
    }
    let version: ObjectVersion
    if let versionID {
      guard let named = history.version(try VersionID.check(versionID)) else {
        throw .noSuchVersion(versionID, key: key)
      }
      version = named
    } else {
      version = history.current.value
    }
    guard let object = version.object else {
      throw Self.deleted(version, key: key, isNamed: versionID != nil, method: method)
    }
    self.object = object
    lastModified = version.lastModified
    self.versionID = version.id
    shownVersionID = isVersioned ? version.id : nil
  }

  /// What a read of a delete marker gets.
  private static func deleted(_ marker: ObjectVersion, key: String, isNamed: Bool, method: String) -> AWSError {
    var error = isNamed ? AWSError.methodNotAllowed(method, on: "DeleteMarker") : .noSuchKey(key)
    error.headers.append("x-amz-delete-marker", "true")
    error.headers.append("x-amz-version-id", marker.id)
    if isNamed {
      error.headers.append("Allow", "DELETE")
      error.headers.append("Last-Modified", AWSTimestamp.text(marker.lastModified, .httpDate))
    }
    return error
  }
}

/// The part of an object that a read is for: all of it, a range, or a part of its upload.
struct ObjectPortion {
  /// `nil` for all.
  var range: Range<Int64>?
  var size: Int64
  var partNumber: Int?
  private var total: Int64

  var isPartial: Bool { range != nil }

  var contentRange: String? {
    range.map { $0.isEmpty ? "bytes */\(total)" : "bytes \($0.lowerBound)-\($0.upperBound - 1)/\(total)" }
  }

  /// - Throws: `InvalidRange`, `InvalidPartNumber`, `InvalidRequest` where both are asked for.
  init(_ call: Call, of object: StoredObject) throws(AWSError) {
    total = object.size
    size = object.size
    partNumber = call.integer("PartNumber")
    let header = call.string("Range")
    if let partNumber {
      guard header == nil else {
        throw .invalidRequest("Cannot specify both Range header and partNumber query parameter")
      }
      range = try Self.range(ofPart: partNumber, of: object)
    } else if let header, let asked = ByteRange(header: header) {
      guard let resolved = asked.resolved(size: object.size) else { throw .invalidRange(header, size: object.size) }
      range = resolved
    }
    if let range { size = Int64(range.count) }
  }

  private static func range(ofPart number: Int, of object: StoredObject) throws(AWSError) -> Range<Int64> {
    guard (1...10_000).contains(number) else {
      throw .invalidArgument(
        "Part number must be an integer between 1 and 10000, inclusive", name: "partNumber", value: String(number))
    }
    if object.parts.isEmpty {
      guard number == 1 else { throw .invalidPartNumber(number, count: 1) }
      return 0..<object.size
    }
    guard number <= object.parts.count else { throw .invalidPartNumber(number, count: object.parts.count) }
    let start = object.parts[..<(number - 1)].reduce(0) { $0 + $1.size }
    return start..<(start + object.parts[number - 1].size)
  }

  /// The checksum that goes with the portion: the object's with all of it, a part's with a part, none with a range.
  func checksum(of object: StoredObject) -> ObjectChecksum? {
    guard let range else { return object.checksum }
    if let partNumber, !object.parts.isEmpty {
      guard var checksum = object.parts[partNumber - 1].checksum else { return nil }
      checksum.type = object.checksum?.type ?? checksum.type
      return checksum
    }
    return range.count == Int(object.size) ? object.checksum : nil
  }
}
