package import HTTP
import Synchronization

/// A body of which the SHA-256 was announced. It throws at its end where that is not the body's.
final class HashCheckedStream: HTTPBodyStream {
  private let source: any HTTPBodyStream
  private let claimed: String
  /// Behind a lock only because a stream must be `Sendable`: it has one reader.
  private let state = Mutex(State())

  private struct State: ~Copyable {
    var digest = IncrementalDigest(.sha256)
    var isOver = false
  }

  init(_ source: any HTTPBodyStream, claimed: String) {
    self.source = source
    self.claimed = claimed
  }

  var length: Int64? { source.length }

  func next() throws -> [UInt8]? {
    guard let bytes = try source.next() else {
      try end()
      return nil
    }
    state.withLock { $0.digest.update(bytes) }
    return bytes
  }

  private func end() throws(SignatureFailure) {
    try state.withLock { state throws(SignatureFailure) in
      guard !state.isOver else { return }
      state.isOver = true
      try S3Payload.check(CryptoBytes.hex(state.digest.finish()), against: claimed)
    }
  }
}

/// A body in chunks, read without them. It throws where a chunk or the trailer is not as signed or not as announced.
package final class ChunkedStream: HTTPBodyStream {
  private let decodedLength: Int64
  /// Behind a lock only because a stream must be `Sendable`: it has one reader.
  private let state: Mutex<State>

  package init(_ body: HTTPBody, decoder: consuming sending ChunkedDecoder) {
    decodedLength = decoder.decodedLength
    state = Mutex(State(decoder: decoder, body: body))
  }

  /// The number of bytes without the chunks.
  package var length: Int64? { decodedLength }

  /// The fields behind the last chunk; none before the stream was read to its end.
  package var trailers: HTTPHeaders { state.withLock { $0.isOver ? $0.decoder.trailers : [:] } }

  package func next() throws -> [UInt8]? {
    try state.withLock { try $0.next() }
  }

  private struct State: ~Copyable {
    var decoder: ChunkedDecoder
    /// What is not read yet of a body in memory.
    var bytes: [UInt8]?
    var stream: (any HTTPBodyStream)?
    /// Nothing is read any more behind an error or the end.
    var isOver = false

    init(decoder: consuming sending ChunkedDecoder, body: HTTPBody) {
      self.decoder = decoder
      switch body {
      case .bytes(let bytes): self.bytes = bytes
      case .stream(let stream): self.stream = stream
      }
    }

    mutating func next() throws -> [UInt8]? {
      guard !isOver else { return nil }
      do {
        while let bytes = try read() {
          let decoded = try decoder.decode(bytes)
          if !decoded.isEmpty { return decoded }
        }
        try decoder.finish()
        isOver = true
        return nil
      } catch let failure as PayloadFailure {
        isOver = true
        throw SignatureFailure.payload(failure)
      } catch {
        isOver = true
        throw error
      }
    }

    private mutating func read() throws -> [UInt8]? {
      defer { bytes = nil }
      return try bytes ?? stream?.next()
    }
  }
}
