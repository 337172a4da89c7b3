/// Texts written one behind the other, into memory that has one owner.
///
/// Heads and what is signed of them are made of some fifty short pieces each. An array asks for each piece whether somebody else
/// refers to its memory, which takes longer than to copy a short text.
///
/// `@unchecked Sendable`: nothing but this value refers to the memory.
package struct ByteWriter: ~Copyable, @unchecked Sendable {
  @usableFromInline var memory: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  @usableFromInline var used = 0

  /// A writer with room for `capacity` bytes; more room is made where it is needed.
  @usableFromInline
  package init(capacity: Int) {
    self.capacity = max(capacity, 16)
    memory = .allocate(byteCount: self.capacity, alignment: 1)
  }

  deinit { memory.deallocate() }

  /// The number of bytes that were written.
  @inlinable
  package var count: Int { used }

  /// Makes room for `count` bytes more.
  @inlinable @inline(__always)
  package mutating func reserve(_ count: Int) {
    if capacity - used < count { grow(by: count) }
  }

  @usableFromInline
  mutating func grow(by count: Int) {
    let larger = max(capacity * 2, used + count)
    let former = memory
    memory = .allocate(byteCount: larger, alignment: 1)
    memory.copyMemory(from: former, byteCount: used)
    former.deallocate()
    capacity = larger
  }

  @inlinable
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    memory.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
    used += 1
  }

  @inlinable @inline(__always)
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (memory + used).copyMemory(from: source, byteCount: bytes.count)
    used += bytes.count
  }

  @inlinable
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) { append(UnsafeRawBufferPointer(bytes)) }

  /// Appends the UTF-8 bytes of a text.
  @inlinable
  package mutating func append(utf8 text: String) { text.withBytes { append($0) } }

  /// Appends a text that is known beforehand.
  @inlinable
  package mutating func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal number: Int) {
    guard number >= 10 else {
      return number < 0 ? append(utf8: String(number)) : append(UInt8(ascii: "0") + UInt8(number))
    }
    append(decimal: number / 10)
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// Appends two characters of ASCII, as which heads separate most of what they say.
  @inlinable @inline(__always)
  package mutating func append(_ first: Unicode.Scalar, _ second: Unicode.Scalar) {
    reserve(2)
    memory.storeBytes(of: UInt8(ascii: first), toByteOffset: used, as: UInt8.self)
    memory.storeBytes(of: UInt8(ascii: second), toByteOffset: used + 1, as: UInt8.self)
    used += 2
  }

  /// Forgets what was written.
  /// - Parameter most: the room that is kept at most.
  package mutating func removeAll(keepingAtMost most: Int) {
    used = 0
    guard capacity > most else { return }
    memory.deallocate()
    capacity = 16
    memory = .allocate(byteCount: capacity, alignment: 1)
  }

  /// What `body` makes of what was written.
  @inlinable
  package func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    body(UnsafeBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: used))
  }

  /// What was written, as text; what is not UTF-8 is replaced.
  package var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
