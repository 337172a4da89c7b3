import AWSAPI
import FoundationEssentials
import HTTP

extension S3Service {
  static func copyObject(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    let bucket = try state.s3.bucket(call)
    let key = try ObjectKey.check(call.string("Key") ?? "")
    let conditions = try WritePreconditions(call)
    let source = try CopiedObject(call, in: state)
    try source.checkReadable()
    let properties = try source.properties(call, in: bucket, state: state)
    guard source.isElsewhere(than: key, in: bucket) || source.changes(call, to: properties) else {
      throw .invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
          + "metadata, storage class, website redirect location or encryption attributes.")
    }
    try conditions.check(bucket.objects[UTF8Key(key)]?.object, key: key)
    let object = try source.copy(with: properties, checksum: call.string("ChecksumAlgorithm"))
    return { (state: inout EmulatorState) throws(AWSError) -> Answer in
      try conditions.check(try state.s3.bucket(call).objects[UTF8Key(key)]?.object, key: key)
      let version = try state.addVersion(of: key, object: object, call)
      var result: AWSStructure = [
        "ETag": .string(object.etag.quoted), "LastModified": .timestamp(call.now.inWholeSeconds),
      ]
      if let checksum = object.checksum { result.addChecksum(checksum) }
      var output: AWSStructure = [
        "CopyObjectResult": .structure(result), "CopySourceVersionId": source.shownVersionID.map { .string($0) },
        "VersionId": VersionID.shownAfterWrite(version),
      ]
      output.addEncryption(object.properties.encryption)
      return Answer(output)
    }
  }

  static func uploadPartCopy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    let upload = try state.s3.bucket(call).upload(call)
    let number = try UploadedPart.number(call)
    let source = try CopiedObject(call, in: state)
    try source.checkReadable()
    let payload = try source.portion(call)
    let made = try RunningDigests.of(
      payload, upload.checksum?.algorithm ?? .crc64nvme, withDefaultCheck: upload.checksum == nil)
    let part = UploadedPart(
      number: number, payload: payload, etag: made.etag, lastModified: call.now.inWholeSeconds,
      checksum: upload.checksum == nil ? nil : made.checksum, defaultCheck: made.defaultCheck)
    return { (state: inout EmulatorState) throws(AWSError) -> Answer in
      try state.s3.withBucket(call) { (bucket: inout Bucket) throws(AWSError) in try bucket.add(part, call) }
      var result: AWSStructure = [
        "ETag": .string(part.etag.quoted), "LastModified": .timestamp(part.lastModified),
      ]
      if let checksum = part.checksum { result.addChecksum(checksum, withType: false) }
      var output: AWSStructure = [
        "CopyPartResult": .structure(result), "CopySourceVersionId": source.shownVersionID.map { .string($0) },
      ]
      output.addEncryption(upload.properties.encryption)
      return Answer(output)
    }
  }
}

/// The object that CopyObject or UploadPartCopy reads.
struct CopiedObject: Sendable {
  private let source: CopySource
  private let object: StoredObject
  private let found: FoundObject
  /// The version's id, where the source's bucket keeps versions.
  var shownVersionID: String? { found.shownVersionID }

  /// Source: S3 API reference, CopyObject.
  private static let largest: Int64 = 5 << 30

  /// Finds the source and holds the conditions on it.
  init(_ call: Call, in state: EmulatorState) throws(AWSError) {
    source = try CopySource(call)
    guard call.string("CopySourceSSECustomerAlgorithm") == nil else {
      throw .notImplemented(
        header: "x-amz-copy-source-server-side-encryption-customer-algorithm",
        "Keys that the customer provides are not supported")
    }
    guard let bucket = state.s3.buckets[UTF8Key(source.bucket)] else { throw .noSuchBucket(source.bucket) }
    do throws(AWSError) {
      found = try FoundObject(key: source.key, versionID: source.versionID, method: call.request.method, in: bucket)
    } catch {
      guard error.code == "MethodNotAllowed" else { throw error }
      throw .invalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.")
    }
    object = found.object
    let conditions = ReadPreconditions(call, prefix: "CopySource")
    switch conditions.outcome(etag: object.etag, lastModified: found.lastModified) {
    case .proceed: break
    case .failed(let header): throw .preconditionFailed("x-amz-copy-source-\(header)")
    case .notModified:
      throw .preconditionFailed(
        conditions.ifNoneMatch == nil ? "x-amz-copy-source-If-Modified-Since" : "x-amz-copy-source-If-None-Match")
    }
  }

  func checkReadable() throws(AWSError) {
    let storageClass = object.properties.storageClass
    guard !["GLACIER", "DEEP_ARCHIVE"].contains(storageClass) else { throw .invalidObjectState(storageClass) }
  }

  /// Whether the copy goes somewhere else, or an older version takes the place of the current one.
  func isElsewhere(than key: String, in bucket: Bucket) -> Bool {
    bucket.name != source.bucket || UTF8Key(key) != UTF8Key(source.key)
      || (source.versionID != nil && bucket.objects[UTF8Key(key)]?.current.value.id != source.versionID)
  }

  /// Whether copying the object onto itself changes something.
  func changes(_ call: Call, to properties: ObjectProperties) -> Bool {
    call.string("MetadataDirective") == "REPLACE" || call.string("StorageClass") != nil
      || call.string("WebsiteRedirectLocation") != nil || call.string("ServerSideEncryption") != nil
      || properties.encryption != object.properties.encryption
  }

  /// What is said of the copy: the request's word for what the directives replace, the source's for the rest.
  func properties(_ call: Call, in bucket: Bucket, state: EmulatorState) throws(AWSError) -> ObjectProperties {
    var properties = try ObjectProperties(call, in: bucket, state: state)
    if call.string("MetadataDirective") != "REPLACE" {
      // The redirect is the one header that a copy never takes over.
      let redirect = properties.headers.filter { $0.name == "WebsiteRedirectLocation" }
      properties.headers = object.properties.headers.filter { $0.name != "WebsiteRedirectLocation" } + redirect
      properties.metadata = object.properties.metadata
    }
    if call.string("TaggingDirective") != "REPLACE" { properties.tags = object.properties.tags }
    return properties
  }

  /// The object in one piece, with the checksum that is asked for or else of the kind the source has.
  func copy(with properties: ObjectProperties, checksum name: String?) throws(AWSError) -> StoredObject {
    guard object.size <= Self.largest else {
      throw .invalidRequest(
        "The specified copy source is larger than the maximum allowable size for a copy source: \(Self.largest)")
    }
    let algorithm = try name.map { text throws(AWSError) in
      guard let algorithm = ChecksumAlgorithm(rawValue: text.uppercased()) else { throw .unsupportedChecksum }
      return algorithm
    }
    let wanted = algorithm ?? object.checksum?.algorithm ?? .crc64nvme
    if object.parts.isEmpty, let checksum = object.checksum, checksum.algorithm == wanted {
      return StoredObject(payload: object.payload, etag: object.etag, checksum: checksum, properties: properties)
    }
    let made = try RunningDigests.of(object.payload, wanted)
    return StoredObject(payload: object.payload, etag: made.etag, checksum: made.checksum, properties: properties)
  }

  /// The bytes that UploadPartCopy asks for.
  func portion(_ call: Call) throws(AWSError) -> ObjectPayload {
    guard let header = call.string("CopySourceRange") else { return object.payload }
    guard case .from(let first, let last?)? = ByteRange(header: header) else {
      throw .invalidArgument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the "
          + "zero-based offsets of the first and last bytes to copy", name: "x-amz-copy-source-range", value: header)
    }
    guard last < object.size else {
      throw .invalidArgument(
        "Range specified is not valid for source object of size: \(object.size)", name: "x-amz-copy-source-range",
        value: header)
    }
    return object.payload.slice(first..<(last + 1))
  }
}
