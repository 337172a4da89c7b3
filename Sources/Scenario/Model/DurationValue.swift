/// A length of time as scenarios write it: `250ms`, `30s`, `15m`, `1h`, `2d`, or joined, `1h30m`.
package struct DurationValue: Sendable, Hashable {
  /// As it was written.
  package var text: String
  package var duration: Duration

  package init(text: String, duration: Duration) {
    self.text = text
    self.duration = duration
  }
}
