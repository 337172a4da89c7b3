import AWSAPI
import HTTP
import SigV4

/// All that is computed over the bytes of a payload, in one pass.
struct RunningDigests: ~Copyable {
  private var md5 = IncrementalDigest(.md5)
  private var checksum: RunningChecksum
  private var defaultCheck: UInt64?
  private let withDefaultCheck: Bool

  /// What came out.
  struct Result: Sendable {
    var etag: EntityTag
    var checksum: ObjectChecksum
    /// S3's own CRC64NVME besides the checksum, where that was asked for.
    var defaultCheck: UInt64?
  }

  /// - Parameter withDefaultCheck: whether to make S3's own checksum also where `algorithm` is another.
  init(_ algorithm: ChecksumAlgorithm, withDefaultCheck: Bool = false) {
    checksum = RunningChecksum(algorithm)
    self.withDefaultCheck = withDefaultCheck
    defaultCheck = withDefaultCheck && algorithm != .crc64nvme ? 0 : nil
  }

  /// How many bytes each digest takes at a time, so that the next finds them still in the cache.
  private static let window = 64 << 10

  mutating func update(_ chunk: [UInt8]) {
    var rest = chunk[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Self.window)
      rest = rest.dropFirst(Self.window)
      md5.update(piece)
      checksum.update(piece)
      if let former = defaultCheck {
        defaultCheck = piece.withUnsafeBytes { CyclicRedundancyCheck.crc64nvme.update(former, with: $0) }
      }
    }
  }

  /// Only to be asked for once.
  consuming func finish() -> Result {
    let algorithm = checksum.algorithm
    let (wanted, check) = (withDefaultCheck, defaultCheck)
    let etag = EntityTag(md5: md5.finish())
    let value = checksum.finish()
    return Result(
      etag: etag, checksum: ObjectChecksum(algorithm, value),
      defaultCheck: wanted ? check ?? CyclicRedundancyCheck.crc64nvme.check(from: value) : nil)
  }

  /// What is computed over a payload that is kept already.
  static func of(
    _ payload: ObjectPayload, _ algorithm: ChecksumAlgorithm, withDefaultCheck: Bool = false
  ) throws(AWSError) -> Result {
    var running = RunningDigests(algorithm, withDefaultCheck: withDefaultCheck)
    switch payload.body() {
    case .bytes(let bytes): running.update(bytes)
    case .stream(let stream):
      do {
        while let chunk = try stream.next() { running.update(chunk) }
      } catch {
        throw .internalError
      }
    }
    return running.finish()
  }
}
