/// Where a recorder writes: everything passes the redactor first, and leaves in one piece.
///
/// A recorder writes through nothing else, so none can forget it. What is written is held until ``flush()``, because a
/// secret that is cut in two by a write would not be found.
package final class RedactedOutput {
  private let redactor: Redactor
  private let sink: (String) -> Void
  private var buffer: [UInt8] = []

  /// - Parameter sink: takes the text, redacted; called once a flush.
  package init(_ redactor: Redactor, to sink: @escaping (String) -> Void) {
    self.redactor = redactor
    self.sink = sink
  }

  package func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
  }

  package func flush() {
    guard !buffer.isEmpty else { return }
    sink(String(decoding: redactor.redact(buffer) ?? buffer, as: UTF8.self))
    buffer.removeAll(keepingCapacity: true)
  }
}
