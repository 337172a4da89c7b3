package import Runner

extension Verdict {
  /// The verdict's name in reports that programs read: `passed`, `failed`, `not-ready`, `error` or `not-run`.
  package var name: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .notReady: "not-ready"
    case .error: "error"
    case .notRun: "not-run"
    }
  }
}

/// How many steps ended in which way.
package struct VerdictCounts: Sendable, Hashable {
  package private(set) var passed = 0
  package private(set) var failed = 0
  /// Steps that could not be carried out, or whose credentials were not known yet.
  package private(set) var errors = 0
  package private(set) var notRun = 0

  package init(_ steps: some Sequence<StepResult> = []) {
    for step in steps { add(step.verdict) }
  }

  package var all: Int { passed + failed + errors + notRun }

  package mutating func add(_ verdict: Verdict) {
    switch verdict {
    case .passed: passed += 1
    case .failed: failed += 1
    case .error, .notReady: errors += 1
    case .notRun: notRun += 1
    }
  }

  /// `58 as expected, 1 not as expected`; what did not happen is left out.
  package var text: String {
    let parts = [
      (passed, "as expected"), (failed, "not as expected"), (errors, "could not be carried out"), (notRun, "not run"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return told.isEmpty ? "none" : told.joined(separator: ", ")
  }
}
