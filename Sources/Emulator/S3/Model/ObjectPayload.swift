package import HTTP
import Synchronization

/// The bytes of an object or of a part. They never change, so states, versions and downloads under way share them.
package indirect enum ObjectPayload: Sendable {
  /// In memory.
  case bytes([UInt8])
  /// Kept by a store elsewhere, in a file for instance.
  case stored(any StoredPayload)
  /// One after the other: what a multipart upload was completed to.
  case joined([ObjectPayload], size: Int64)
  /// A part of another: what was copied by range.
  case slice(ObjectPayload, Range<Int64>)

  package static let empty = ObjectPayload.bytes([])

  package init(joining parts: [ObjectPayload]) {
    self = .joined(parts, size: parts.reduce(0) { $0 + $1.size })
  }

  /// The number of bytes.
  package var size: Int64 {
    switch self {
    case .bytes(let bytes): Int64(bytes.count)
    case .stored(let payload): payload.size
    case .joined(_, let size): size
    case .slice(_, let range): Int64(range.count)
    }
  }

  /// The bytes of `range`, which is cut to what there is; `nil` for all.
  package func body(_ range: Range<Int64>? = nil) -> HTTPBody {
    let range = (range ?? 0..<size).clamped(to: 0..<size)
    switch self {
    case .bytes(let bytes):
      if range.count == bytes.count { return .bytes(bytes) }
      return .bytes(Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
    case .stored(let payload): return payload.body(range)
    case .joined(let parts, _):
      return .stream(JoinedPayloadStream(Self.pieces(of: parts, in: range), length: Int64(range.count)))
    case .slice(let whole, let part):
      return whole.body((part.lowerBound + range.lowerBound)..<(part.lowerBound + range.upperBound))
    }
  }

  /// The bytes of `range`, which lies within them, as a payload of their own that shares them.
  func slice(_ range: Range<Int64>) -> ObjectPayload {
    range == 0..<size ? self : .slice(self, range)
  }

  /// The parts that `range` touches, each with what it touches of it.
  private static func pieces(of parts: [ObjectPayload], in range: Range<Int64>) -> [(ObjectPayload, Range<Int64>)] {
    var pieces: [(ObjectPayload, Range<Int64>)] = []
    var start: Int64 = 0
    for part in parts {
      let touched = range.clamped(to: start..<(start + part.size))
      if !touched.isEmpty { pieces.append((part, (touched.lowerBound - start)..<(touched.upperBound - start))) }
      start += part.size
    }
    return pieces
  }
}

/// Bytes that a store keeps until nobody refers to them any more.
package protocol StoredPayload: AnyObject, Sendable {
  var size: Int64 { get }
  /// What the store finds it again by.
  var name: String { get }

  /// The bytes of `range`, which lies within `0..<size`.
  func body(_ range: Range<Int64>) -> HTTPBody
}

/// Where the bytes of uploads are put.
package protocol PayloadStore: AnyObject, Sendable {
  /// A place for one upload of `length` bytes, or of an unknown number.
  /// - Throws: what the store throws where it has no room.
  func makeWriter(length: Int64?) throws -> any PayloadWriter

  /// The payload that was kept under `name`.
  /// - Throws: what the store throws where it has none of that name and size.
  func payload(named name: String, size: Int64) throws -> any StoredPayload
}

/// A store has no payload of a name that it is asked for.
package struct MissingPayload: Error, Sendable, Hashable, CustomStringConvertible {
  package var name: String

  package init(name: String) { self.name = name }

  package var description: String { "the object's bytes \(name) are missing or cut" }
}

/// Takes the bytes of one upload. What is not finished when the writer goes leaves nothing behind.
package protocol PayloadWriter: AnyObject {
  /// - Throws: what the store throws where it cannot take more.
  func write(_ chunk: [UInt8]) throws

  /// Makes the payload of what was written; the writer is spent then.
  /// - Throws: what the store throws where it cannot keep it.
  func finish() throws -> ObjectPayload
}

/// Keeps uploads in memory.
package final class MemoryPayloadStore: PayloadStore {
  package init() {}

  package func makeWriter(length: Int64?) -> any PayloadWriter { Writer(length: length) }

  package func payload(named name: String, size: Int64) throws(MissingPayload) -> any StoredPayload {
    throw MissingPayload(name: name)
  }

  private final class Writer: PayloadWriter {
    /// What a client announces is not believed beyond this; more is made room for as it comes.
    private static let largestReserve: Int64 = 16 << 20
    private var bytes: [UInt8] = []
    private let length: Int64?

    init(length: Int64?) { self.length = length }

    func write(_ chunk: [UInt8]) {
      // An upload that comes in one piece is kept as it came.
      guard !bytes.isEmpty || Int64(chunk.count) != length else {
        bytes = chunk
        return
      }
      if bytes.isEmpty, let length { bytes.reserveCapacity(Int(min(length, Self.largestReserve))) }
      bytes.append(contentsOf: chunk)
    }

    func finish() -> ObjectPayload { .bytes(bytes) }
  }
}

/// Reads payloads one after the other.
private final class JoinedPayloadStream: HTTPBodyStream {
  let length: Int64?
  private let state: Mutex<State>

  private struct State {
    var remaining: ArraySlice<(payload: ObjectPayload, range: Range<Int64>)>
    var current: (any HTTPBodyStream)?
  }

  init(_ pieces: [(ObjectPayload, Range<Int64>)], length: Int64) {
    self.length = length
    state = Mutex(State(remaining: pieces.map { (payload: $0.0, range: $0.1) }[...]))
  }

  func next() throws -> [UInt8]? {
    try state.withLock { state in
      while true {
        if let chunk = try state.current?.next() { return chunk }
        guard let piece = state.remaining.popFirst() else { return nil }
        switch piece.payload.body(piece.range) {
        case .bytes(let bytes): if !bytes.isEmpty { return bytes }
        case .stream(let stream): state.current = stream
        }
      }
    }
  }
}
