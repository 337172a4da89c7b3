package import Scenario

/// What came of a step.
package enum Verdict: Sendable {
  case passed
  /// An expectation was not met.
  case failed([Mismatch])
  /// The credentials were not known yet, which is never a refusal.
  case notReady(String)
  /// The step could not be carried out: no connection, no credentials, an answer that cannot be read, or a set-up call
  /// that was refused.
  case error(Problem)
  /// A step it depends on did not give what this one needs.
  case notRun(because: String)

  package var isPassed: Bool { if case .passed = self { true } else { false } }

  /// Why the step was not run; `nil` where it was.
  package var notRunCause: String? { if case .notRun(let cause) = self { cause } else { nil } }
}

/// What was expected and what came.
package struct Mismatch: Sendable, Hashable {
  /// Where the expectation stands.
  package var range: SourceRange?
  /// `expected denied, was allowed`
  package var summary: String
  /// Beside the caret.
  package var label: String?
  package var notes: [Diagnostic.Note]
  /// Both sides in full, where they are longer than a line.
  package var comparison: Comparison?

  package init(
    _ summary: String, at range: SourceRange?, label: String? = nil, notes: [Diagnostic.Note] = [],
    comparison: Comparison? = nil
  ) {
    self.summary = summary
    self.range = range
    self.label = label
    self.notes = notes
    self.comparison = comparison
  }

  package var diagnostic: Diagnostic { .error(summary, at: range, label: label, notes: notes) }
}

/// Why a step could not be carried out, and where in the file that shows.
package struct Problem: Error, Sendable, Hashable {
  package var message: String
  package var range: SourceRange?
  package var notes: [Diagnostic.Note] = []

  package init(_ message: String, at range: SourceRange? = nil, notes: [Diagnostic.Note] = []) {
    self.message = message
    self.range = range
    self.notes = notes
  }

  package init(_ diagnostic: Diagnostic) {
    self.init(diagnostic.message, at: diagnostic.range, notes: diagnostic.notes)
  }

  package var diagnostic: Diagnostic { .error(message, at: range, notes: notes) }
}
