import HTTP
import Synchronization

/// A body that is read from its connection while it is used. Nobody has to hold more of it than one piece.
final class SocketBody: HTTPBodyStream {
  private let connection: Connection
  private let limits: ServerLimits
  /// Behind a lock only because a stream must be `Sendable`: it has one reader, the worker that has the connection.
  private let state: Mutex<State>
  let length: Int64?

  private struct State {
    var decoder: BodyDecoder
    /// What was collected before the stream began.
    var begun: [UInt8]
    var failure: RequestFailure?
    /// When the body must have ended that only brings as many bytes as it must.
    var started: Int64
  }

  /// A piece of the body: large enough for few system calls, small enough to stay in the processor's cache.
  private static let piece = 64 << 10
  /// What is left of a body that nobody wants is read to its end where it is no more than this.
  private static let drained: Int64 = 256 << 10

  init(_ connection: Connection, decoder: BodyDecoder, begun: [UInt8], limits: ServerLimits) {
    self.connection = connection
    self.limits = limits
    length = decoder.plainBytes > 0 && begun.isEmpty ? decoder.plainBytes : nil
    state = Mutex(State(decoder: decoder, begun: begun, started: MonotonicTime.now))
  }

  func next() throws -> [UInt8]? {
    try state.withLock { state throws(RequestFailure) in
      if let failure = state.failure { throw failure }
      do throws(RequestFailure) {
        return try next(&state)
      } catch {
        state.failure = error
        throw error
      }
    }
  }

  /// Reads a small rest of the body, if there is one.
  /// - Returns: whether another request can follow on the connection.
  func settle() -> Bool {
    state.withLock { state in
      let limit = state.decoder.decoded + Self.drained
      guard state.failure == nil else { return false }
      guard state.decoder.plainBytes <= Self.drained else { return false }
      do throws(RequestFailure) {
        while !state.decoder.isComplete, state.decoder.decoded < limit { _ = try next(&state) }
      } catch {
        return false
      }
      return state.decoder.isComplete
    }
  }

  private func next(_ state: inout State) throws(RequestFailure) -> [UInt8]? {
    if !state.begun.isEmpty {
      defer { state.begun = [] }
      return state.begun
    }
    while !state.decoder.isComplete {
      if connection.input.isEmpty, state.decoder.plainBytes > 0 {
        let bytes = try receive(Int(min(state.decoder.plainBytes, Int64(Self.piece))), state)
        try state.decoder.skip(bytes.count)
        return bytes
      }
      if connection.input.isEmpty {
        let bytes = try receive(Self.piece, state)
        bytes.withUnsafeBytes { connection.input.append($0) }
      }
      let before = connection.input.count
      var bytes: [UInt8] = []
      try state.decoder.decode(&connection.input, into: &bytes, limit: Self.piece)
      if !bytes.isEmpty { return bytes }
      // A line that is not complete: more must come before the next try.
      if connection.input.count == before, !state.decoder.isComplete {
        try receive(Self.piece, state).withUnsafeBytes { connection.input.append($0) }
      }
    }
    return nil
  }

  /// Waits for bytes and reads them, at most `most`.
  private func receive(_ most: Int, _ state: State) throws(RequestFailure) -> [UInt8] {
    while true {
      var result = Transfer.failed
      let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
        result = connection.read(into: UnsafeMutableRawBufferPointer(buffer))
        if case .bytes(let read) = result { count = read }
      }
      switch result {
      case .bytes: return bytes
      case .wait(let direction):
        let elapsed = MonotonicTime.now - state.started - limits.stallTime
        guard elapsed < state.decoder.decoded * 1000 / limits.leastBodyRate,
          connection.wait(direction, milliseconds: limits.stallTime)
        else { throw .bodyTooSlow }
      case .end, .failed: throw RequestFailure("The body ended early.")
      }
    }
  }
}
