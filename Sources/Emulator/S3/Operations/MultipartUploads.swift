import AWSAPI
import FoundationEssentials

/// CreateMultipartUpload, UploadPart and AbortMultipartUpload.
extension S3Service {
  static func createMultipartUpload(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    let key = try ObjectKey.check(call.string("Key") ?? "")
    let properties = try ObjectProperties(call, in: bucket, state: state)
    let checksum = try MultipartUpload.ChecksumKind(call)
    var words = state.identifiers.words(.s3Upload)
    let upload = MultipartUpload(
      id: words.text(MultipartUpload.idLength, of: VersionID.alphabet), key: key, initiated: call.now.inWholeSeconds,
      sequence: state.s3.uploadsBegun, initiator: UploadInitiator(call.caller), properties: properties,
      hadObject: bucket.objects[UTF8Key(key)]?.object != nil, checksum: checksum)
    state.s3.uploadsBegun += 1
    try state.s3.withBucket(call) { $0.uploads[UTF8Key(upload.id)] = upload }
    var output: AWSStructure = [
      "Bucket": .string(bucket.name), "Key": .string(key), "UploadId": .string(upload.id),
      "ChecksumAlgorithm": checksum.map { .string($0.algorithm.rawValue) },
      "ChecksumType": checksum.map { .string($0.type.rawValue) },
    ]
    output.addEncryption(properties.encryption)
    return Answer(output)
  }

  static func uploadPart(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    let upload = try state.s3.bucket(call).upload(call)
    let number = try UploadedPart.number(call)
    let part = try receivePart(number, of: upload, state, call)
    return { (state: inout EmulatorState) throws(AWSError) -> Answer in
      try state.s3.withBucket(call) { (bucket: inout Bucket) throws(AWSError) in
        try bucket.add(part, call)
      }
      var output: AWSStructure = ["ETag": .string(part.etag.quoted)]
      output.addEncryption(upload.properties.encryption)
      if let checksum = part.checksum { output.addChecksum(checksum, withType: false) }
      return Answer(output)
    }
  }

  private static func receivePart(
    _ number: Int, of upload: MultipartUpload, _ state: EmulatorState, _ call: Call
  ) throws(AWSError) -> UploadedPart {
    let named = try RequestedDigests(call).checksum?.algorithm
    if let wanted = upload.checksum?.algorithm, named != wanted {
      throw .invalidRequest(
        "Checksum Type mismatch occurred, expected checksum Type: \(wanted.rawValue.lowercased()), "
          + "actual checksum Type: \(named.map { $0.rawValue.lowercased() } ?? "null")")
    }
    let received = try ReceivedPayload(call, into: state.s3.payloads, withDefaultCheck: upload.checksum == nil)
    return UploadedPart(
      number: number, payload: received.payload, etag: received.etag, lastModified: call.now.inWholeSeconds,
      checksum: named == nil ? nil : received.checksum, defaultCheck: received.defaultCheck)
  }

  static func abortMultipartUpload(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let upload = try state.s3.bucket(call).upload(call)
    try state.s3.withBucket(call) { $0.uploads[UTF8Key(upload.id)] = nil }
    return Answer()
  }
}

extension Bucket {
  /// The upload that a call names by its id and key.
  /// - Throws: `NoSuchUpload`.
  func upload(_ call: Call) throws(AWSError) -> MultipartUpload {
    let id = call.string("UploadId") ?? ""
    guard let upload = uploads[UTF8Key(id)], UTF8Key(upload.key) == UTF8Key(call.string("Key") ?? "") else {
      throw .noSuchUpload(id)
    }
    return upload
  }

  /// Adds a part to the upload that a call names, in place of a former one of its number.
  /// - Throws: `NoSuchUpload`.
  mutating func add(_ part: UploadedPart, _ call: Call) throws(AWSError) {
    let upload = try upload(call)
    _ = uploads.update(UTF8Key(upload.id)) { $0.parts[part.number] = Shared(part) }
  }
}

extension UploadedPart {
  /// Source: S3 User Guide, "Multipart upload limits".
  static let numbers = 1...10_000

  /// The part number of a call.
  /// - Throws: `InvalidArgument`.
  static func number(_ call: Call) throws(AWSError) -> Int {
    let number = call.integer("PartNumber") ?? 0
    guard numbers.contains(number) else {
      throw .invalidArgument(
        "Part number must be an integer between 1 and 10000, inclusive", name: "partNumber", value: String(number))
    }
    return number
  }
}

extension MultipartUpload {
  static let idLength = 128
}

extension MultipartUpload.ChecksumKind {
  /// The checksum that CreateMultipartUpload asks for; `nil` where it asks for none.
  init?(_ call: Call) throws(AWSError) {
    let named = call.string("ChecksumType")
    guard let text = call.string("ChecksumAlgorithm") else {
      guard named == nil else {
        throw .invalidRequest(
          "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")
      }
      return nil
    }
    guard let algorithm = ChecksumAlgorithm(rawValue: text.uppercased()) else { throw .unsupportedChecksum }
    guard let named else {
      self.init(algorithm: algorithm, type: algorithm.defaultType)
      return
    }
    guard let type = ChecksumType(rawValue: named) else {
      throw .invalidRequest("Value for x-amz-checksum-type header is invalid.")
    }
    guard algorithm.supports(type) else {
      throw .invalidRequest(
        "The \(named) checksum type cannot be used with the \(text.lowercased()) checksum algorithm.")
    }
    self.init(algorithm: algorithm, type: type)
  }
}

extension UploadInitiator {
  init(_ caller: Caller) {
    switch caller.kind {
    case .root, .anonymous: self.init(id: CanonicalUser.id(ofAccount: caller.accountID ?? ""), displayName: nil)
    case .user, .roleSession, .federatedUser:
      self.init(id: caller.arn, displayName: caller.arn.split(separator: "/").last.map { String($0) })
    }
  }
}
