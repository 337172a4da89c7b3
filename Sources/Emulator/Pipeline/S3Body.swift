import AWSAPI
import HTTP
import SigV4

/// The body of an S3 request, held against the hash that was signed for it.
enum S3Body {
  /// The body to read from: one in memory was checked at once, a stream checks itself at its end.
  /// - Parameter claimed: the value of `x-amz-content-sha256`.
  static func checked(_ body: HTTPBody, claimed: String) throws(AWSError) -> HTTPBody {
    if claimed == "UNSIGNED-PAYLOAD" { return body }
    guard !claimed.hasPrefix("STREAMING-") else {
      throw AWSError(
        "NotImplemented", "A header you provided implies functionality that is not implemented", status: 501,
        fields: [.init(name: "Header", value: "x-amz-content-sha256")])
    }
    switch body {
    case .bytes(let bytes):
      let computed = CryptoBytes.hex(DigestAlgorithm.sha256.digest(bytes))
      guard computed == claimed else { throw mismatch(claimed, computed) }
      return body
    case .stream(let stream): return .stream(HashCheckingStream(stream, claimed: claimed))
    }
  }

  static func mismatch(_ claimed: String, _ computed: String) -> AWSError {
    AWSError(SignatureFailure.payloadMismatch(claimed: claimed, computed: computed).error(for: .s3))
  }
}

/// A stream that ends in an error where its bytes are not those whose hash was signed.
private final class HashCheckingStream: HTTPBodyStream, @unchecked Sendable {
  // Unchecked: a stream has one reader (HTTPBodyStream), so nothing here is used by two threads at once.
  private let source: any HTTPBodyStream
  private let claimed: String
  private let digest = DigestBox()
  private var isAtEnd = false

  private final class DigestBox {
    let value = IncrementalDigest(.sha256)
  }

  init(_ source: any HTTPBodyStream, claimed: String) {
    self.source = source
    self.claimed = claimed
  }

  var length: Int64? { source.length }

  func next() throws -> [UInt8]? {
    guard !isAtEnd else { return nil }
    if let chunk = try source.next() {
      digest.value.update(chunk)
      return chunk
    }
    isAtEnd = true
    let computed = CryptoBytes.hex(digest.value.finish())
    guard computed == claimed else { throw S3Body.mismatch(claimed, computed) }
    return nil
  }
}

extension AWSError {
  /// A signature failure as an answer.
  init(_ error: SignatureError) {
    self.init(
      error.code, error.message, status: error.status,
      fields: error.fields.map { Field(name: $0.name, value: $0.value) })
  }
}
