import Glibc
import Synchronization

/// Random words of the system, fetched some at a time: every request takes several, and a system call for each would be a good
/// part of its cost.
enum RandomWords {
  /// What `getentropy` gives at most at once, in words.
  private static let fetched = 32
  private static let pool = Mutex<[UInt64]>([])

  /// A word that nobody else gets.
  static func next() -> UInt64 {
    pool.withLock { pool in
      if pool.isEmpty { pool = fetch() }
      return pool.removeLast()
    }
  }

  private static func fetch() -> [UInt64] {
    let words = [UInt64](unsafeUninitializedCapacity: fetched) { buffer, count in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      count = getentropy(bytes.baseAddress, bytes.count) == 0 ? fetched : 0
    }
    guard words.isEmpty else { return words }
    var system = SystemRandomNumberGenerator()
    return [system.next()]
  }
}
