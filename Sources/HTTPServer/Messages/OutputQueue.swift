import HTTP

/// Responses that are to be written: small ones joined, so that pipelined requests are answered with few system calls, and
/// at most one large body behind them, as it is.
struct OutputQueue: ~Copyable {
  private var front = ByteWriter(capacity: 0)
  private var frontStart = 0
  private var body: [UInt8] = []
  private var bodyStart = 0
  /// A body up to this size is copied behind its head.
  private static let copied = 64 << 10
  private static let kept = 4096

  var isEmpty: Bool { frontStart == front.count && bodyStart == body.count }

  /// Whether more should be written before more is queued.
  var isFull: Bool { !body.isEmpty || front.count - frontStart >= Self.copied }

  /// Queues the response's head, and its body where that is bytes.
  /// - Precondition: the queue is not full.
  mutating func append(_ head: ResponseHead) {
    head.write(to: &front)
    if head.hasBody, case .bytes(let bytes) = head.response.body { append(bytes) }
  }

  mutating func append(_ bytes: [UInt8]) {
    if bytes.count <= Self.copied, body.isEmpty {
      bytes.withUnsafeBufferPointer { front.append($0) }
    } else {
      body = bytes
    }
  }

  /// Writes as much as goes without waiting.
  /// - Returns: `nil` where everything was written.
  mutating func write(to connection: Connection) -> Transfer? {
    while !isEmpty {
      let result: Transfer
      if frontStart < front.count {
        result = front.withBytes { connection.write(UnsafeRawBufferPointer($0.part(frontStart...))) }
      } else {
        result = body.withUnsafeBytes { connection.write(UnsafeRawBufferPointer(rebasing: $0[bodyStart...])) }
      }
      guard case Transfer.bytes(let count) = result else { return result }
      if frontStart < front.count { frontStart += count } else { bodyStart += count }
    }
    front.removeAll(keepingAtMost: Self.kept)
    body = []
    (frontStart, bodyStart) = (0, 0)
    return nil
  }
}
