import HTTP

/// Bytes that came in and were not used yet.
struct InputBuffer {
  private var bytes: [UInt8] = []
  private var start = 0
  /// An empty buffer keeps no more room than this: idle connections are many.
  private static let kept = 4096

  var count: Int { bytes.count - start }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ piece: UnsafeRawBufferPointer) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      start = 0
    }
    bytes.append(contentsOf: piece)
  }

  /// The unused bytes, to be looked at.
  func withBytes<R, E>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
    try bytes.withUnsafeBufferPointer { all throws(E) in try body(all.part(start...)) }
  }

  /// Marks the first `count` bytes as used.
  mutating func consume(_ count: Int) {
    start += count
    guard start >= bytes.count else { return }
    start = 0
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.kept)
  }

  mutating func removeAll() { consume(count) }
}
