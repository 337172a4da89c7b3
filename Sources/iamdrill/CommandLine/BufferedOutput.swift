/// Collects text for standard output.
struct BufferedOutput {
  private var bytes: [UInt8] = []
  private let isImmediate: Bool
  /// A run's whole output is rarely larger; where it is, memory does not grow with it.
  private static let capacity = 1 << 20

  init(isImmediate: Bool) {
    self.isImmediate = isImmediate
  }

  mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    if isImmediate || bytes.count >= Self.capacity { flush() }
  }

  mutating func flush() {
    Console.write(bytes, to: 1)
    bytes.removeAll(keepingCapacity: true)
  }
}
