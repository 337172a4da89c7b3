/// A policy document as it was sent, with what it was compiled to.
package struct StoredPolicy: Sendable {
  /// The document to the byte as it was sent.
  package var text: String

  package init(text: String) {
    self.text = text
  }
}
