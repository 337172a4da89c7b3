import Glibc

/// Collects text for a standard stream.
struct BufferedOutput {
  private var bytes: [UInt8] = []
  private let isImmediate: Bool
  private let descriptor: Int32
  /// A run's whole output is rarely larger; where it is, memory does not grow with it.
  private static let capacity = 1 << 20

  init(isImmediate: Bool, descriptor: Int32 = STDOUT_FILENO) {
    self.isImmediate = isImmediate
    self.descriptor = descriptor
  }

  mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    if isImmediate || bytes.count >= Self.capacity { flush() }
  }

  mutating func flush() {
    Console.write(bytes, to: descriptor)
    bytes.removeAll(keepingCapacity: true)
  }
}
