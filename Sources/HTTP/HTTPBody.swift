/// What a request or a response carries: bytes in memory, or a stream that is read once.
package enum HTTPBody: Sendable {
  case bytes([UInt8])
  case stream(any HTTPBodyStream)

  /// No bytes at all.
  package static let empty = HTTPBody.bytes([])

  /// The number of bytes, or `nil` where a stream does not know it beforehand.
  package var length: Int64? {
    switch self {
    case .bytes(let bytes): Int64(bytes.count)
    case .stream(let stream): stream.length
    }
  }

  /// The whole body in memory.
  /// - Throws: ``HTTPBodyTooLarge`` where there are more than `limit` bytes, and what the stream throws.
  package func collected(limit: Int = .max) throws -> [UInt8] {
    switch self {
    case .bytes(let bytes):
      guard bytes.count <= limit else { throw HTTPBodyTooLarge(limit: limit) }
      return bytes
    case .stream(let stream):
      var collected: [UInt8] = []
      while let chunk = try stream.next() {
        guard collected.count + chunk.count <= limit else { throw HTTPBodyTooLarge(limit: limit) }
        collected.append(contentsOf: chunk)
      }
      return collected
    }
  }
}

/// Bytes that arrive or leave piece by piece. A stream has one reader, and is read once.
package protocol HTTPBodyStream: AnyObject, Sendable {
  /// The number of bytes in all, where it is known before reading.
  var length: Int64? { get }

  /// The next bytes (never an empty array), or `nil` at the end.
  /// - Throws: what the source throws; the stream is then at its end.
  func next() throws -> [UInt8]?
}

/// A body had more bytes than its reader was prepared to hold.
package struct HTTPBodyTooLarge: Error, Hashable {
  /// How many bytes the reader was prepared to hold.
  package var limit: Int

  /// The error of a reader that holds at most `limit` bytes.
  package init(limit: Int) {
    self.limit = limit
  }
}
