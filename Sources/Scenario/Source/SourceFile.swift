/// The text of a file and its lines, for showing places in it.
package struct SourceFile: Sendable, Hashable {
  /// As it was given to the loader; diagnostics print it.
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
