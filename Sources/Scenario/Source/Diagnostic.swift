/// Something to say about a scenario file, with the place it is about.
package struct Diagnostic: Error, Sendable, Hashable {
  /// An error keeps a scenario from being run; a warning does not.
  package enum Severity: String, Sendable, Hashable {
    case error, warning
  }

  /// A further line under the place; with a range it shows another place (`first defined here`).
  package struct Note: Sendable, Hashable {
    package var message: String
    package var range: SourceRange?

    package init(_ message: String, at range: SourceRange? = nil) {
      self.message = message
      self.range = range
    }
  }

  package var severity: Severity
  package var message: String
  /// Where the problem is; `nil` where there is no place, as for a file that is missing.
  package var range: SourceRange?
  /// What stands beside the caret: ``did you mean `RoleName`?``.
  package var label: String?
  package var notes: [Note]

  package init(
    _ severity: Severity, _ message: String, at range: SourceRange?, label: String? = nil, notes: [Note] = []
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.label = label
    self.notes = notes
  }

  package static func error(
    _ message: String, at range: SourceRange?, label: String? = nil, notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(.error, message, at: range, label: label, notes: notes)
  }

  package static func warning(
    _ message: String, at range: SourceRange?, label: String? = nil, notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(.warning, message, at: range, label: label, notes: notes)
  }
}
