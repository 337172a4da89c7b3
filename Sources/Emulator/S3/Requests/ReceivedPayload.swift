import AWSAPI
package import HTTP

/// The bytes of an upload, received, hashed, held against what the client said of them, and put away.
struct ReceivedPayload: Sendable {
  var payload: ObjectPayload
  var etag: EntityTag
  /// The client's checksum or, where it names none, the one that S3 makes.
  var checksum: ObjectChecksum
  /// The CRC64NVME besides it, where that was asked for.
  var defaultCheck: UInt64?

  /// The largest object or part that one request may bring.
  ///
  /// Source: S3 User Guide, "Multipart upload limits" (a single PUT and a part: 5 GiB each).
  static let largest: Int64 = 5 << 30

  /// Receives the body of `call`.
  /// - Parameter withDefaultCheck: whether to make S3's own checksum also where the client names another.
  /// - Throws: `BadDigest`, `IncompleteBody`, `EntityTooLarge`, what the body's own checks throw.
  init(_ call: Call, into store: any PayloadStore, withDefaultCheck: Bool = false) throws(AWSError) {
    let digests = try RequestedDigests(call)
    let body = call.parameters["Body"]?.blob ?? .empty
    if let length = body.length, length > Self.largest { throw .entityTooLarge(length, largest: Self.largest) }
    let made: RunningDigests.Result
    (payload, made) = try Self.receive(
      body, into: store, digests.checksum?.algorithm ?? .crc64nvme, withDefaultCheck: withDefaultCheck)
    if let expected = digests.md5, expected != made.etag.md5 {
      throw .badMD5(expected: Base64.encode(expected), calculated: Base64.encode(made.etag.md5))
    }
    if let expected = try Self.expected(digests, body: body), expected != made.checksum.bytes {
      throw .badDigest(of: made.checksum.algorithm)
    }
    (etag, checksum, defaultCheck) = (made.etag, made.checksum, made.defaultCheck)
  }

  /// A body of more bytes has its digests made by a thread of their own.
  private static let largestInOneThread: Int64 = 256 << 10

  private static func receive(
    _ body: HTTPBody, into store: any PayloadStore, _ algorithm: ChecksumAlgorithm, withDefaultCheck: Bool
  ) throws(AWSError) -> (ObjectPayload, RunningDigests.Result) {
    do {
      let writer = try store.makeWriter(length: body.length)
      switch body {
      case .bytes(let bytes):
        var digests = RunningDigests(algorithm, withDefaultCheck: withDefaultCheck)
        digests.update(bytes)
        try writer.write(bytes)
        return (try writer.finish(), digests.finish())
      case .stream(let stream):
        let isLarge = stream.length.map { $0 > largestInOneThread } ?? true
        if isLarge, let digests = BackgroundDigests(algorithm, withDefaultCheck: withDefaultCheck) {
          try read(stream, into: writer) { digests.update($0) }
          return (try writer.finish(), digests.finish())
        }
        var digests = RunningDigests(algorithm, withDefaultCheck: withDefaultCheck)
        try read(stream, into: writer) { digests.update($0) }
        return (try writer.finish(), digests.finish())
      }
    } catch let error as AWSError {
      throw error
    } catch {
      throw .internalError
    }
  }

  private static func read(
    _ stream: any HTTPBodyStream, into writer: any PayloadWriter, each: ([UInt8]) -> Void
  ) throws {
    var size: Int64 = 0
    while let chunk = try stream.next() {
      size += Int64(chunk.count)
      guard size <= largest else { throw AWSError.entityTooLarge(size, largest: largest) }
      each(chunk)
      try writer.write(chunk)
    }
    if let length = stream.length, length != size { throw AWSError.incompleteBody }
  }

  /// The checksum the client gave, in a header or behind the body.
  private static func expected(_ digests: RequestedDigests, body: HTTPBody) throws(AWSError) -> [UInt8]? {
    guard let named = digests.checksum else { return nil }
    if let value = named.value { return value }
    guard case .stream(let stream) = body, let trailing = stream as? any HTTPTrailers,
      let text = trailing.trailers[named.algorithm.header]
    else { throw .malformedTrailer }
    return try RequestedDigests.value(text, of: named.algorithm)
  }
}

/// A body that brings header fields behind its bytes, as `aws-chunked` does.
package protocol HTTPTrailers: AnyObject, Sendable {
  /// The fields; none before the body was read to its end.
  var trailers: HTTPHeaders { get }
}

extension AWSError {
  static let malformedTrailer = AWSError(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our "
      + "published schema.", status: 400)
}
