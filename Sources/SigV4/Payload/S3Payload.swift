package import HTTP

/// What `x-amz-content-sha256` says of a request's body.
///
/// Source: Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header".
package enum S3Payload: Sendable, Hashable {
  /// The body has this SHA-256, in lower-case hexadecimal digits.
  case hashed(String)
  /// The signature does not cover the body.
  case unsigned
  /// The body comes in chunks (`Content-Encoding: aws-chunked`).
  case chunked(ChunkedFormat)

  /// What stands in the header and in the last line of the canonical request.
  package var announcement: String {
    switch self {
    case .hashed(let hash): hash
    case .unsigned: "UNSIGNED-PAYLOAD"
    case .chunked(let format): format.rawValue
    }
  }

  /// The payload that is announced by `text`; `nil` where S3 knows no such.
  package init?(announcement text: String) {
    if CryptoBytes.isHex(text, byteCount: DigestAlgorithm.sha256.length) {
      self = .hashed(text)
    } else if text == "UNSIGNED-PAYLOAD" {
      self = .unsigned
    } else if let format = ChunkedFormat(rawValue: text) {
      self = .chunked(format)
    } else {
      return nil
    }
  }

  /// The SHA-256 of `bytes` as it is announced.
  package static func hash(of bytes: [UInt8]) -> String {
    bytes.isEmpty ? emptyHash : CryptoBytes.hex(DigestAlgorithm.sha256.digest(bytes))
  }

  /// The SHA-256 of nothing, which most requests have.
  private static let emptyHash = CryptoBytes.hex(DigestAlgorithm.sha256.digest([]))
}

/// The ways of sending a body in chunks, by their names in `x-amz-content-sha256`.
package enum ChunkedFormat: String, Sendable, Hashable, CaseIterable {
  /// Each chunk carries a signature over itself and the one before.
  case signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
  /// The same, with header fields behind the last chunk that are signed as well.
  case signedWithTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
  /// Chunks without signatures, and header fields behind them. What SDKs send over TLS.
  case unsignedWithTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"

  package var isSigned: Bool { self != .unsignedWithTrailer }
  package var hasTrailer: Bool { self != .signed }
}

extension S3Payload {
  /// The body of `request` as the client means it: without chunks, and held against what was announced and signed.
  ///
  /// Bytes in memory are checked at once. A stream is checked while it is read, and throws a ``SignatureFailure`` where it
  /// is not as announced, at the latest at its end: nobody may believe it before.
  /// - Parameter signer: the beginning of the chunks' chain of signatures (``PresentedSignature/chunkSigner(secret:)``);
  ///   an anonymous request has none, and cannot bring signed chunks.
  package func checkedBody(of request: HTTPRequest, signer: ChunkSigner?) throws(SignatureFailure) -> HTTPBody {
    switch self {
    case .unsigned: return request.body
    case .hashed(let claimed):
      switch request.body {
      case .bytes(let bytes):
        try Self.check(Self.hash(of: bytes), against: claimed)
        return request.body
      case .stream(let stream): return .stream(HashCheckedStream(stream, claimed: claimed))
      }
    case .chunked(let format):
      let length = request.headers["x-amz-decoded-content-length"].flatMap { Int64($0) }
      guard let length, length >= 0 else { throw .payload(.missingDecodedLength) }
      if format.isSigned, signer == nil { throw .unsigned }
      let trailers = request.headers.values("x-amz-trailer").flatMap { $0.split(separator: ",") }
      let decoder = ChunkedDecoder(
        format, decodedLength: length, trailers: trailers.map { $0.lowercased().filter { $0 != " " } },
        signer: format.isSigned ? signer : nil)
      return .stream(ChunkedStream(request.body, decoder: decoder))
    }
  }

  static func check(_ computed: String, against claimed: String) throws(SignatureFailure) {
    guard computed == claimed else { throw .payload(.hashMismatch(claimed: claimed, computed: computed)) }
  }
}
