package import Runner

/// What came of a step, as it is kept. The worse, the greater.
package enum StepVerdict: String, Sendable, Hashable, CaseIterable, Comparable {
  case passed
  case notRun = "not-run"
  case failed
  case notReady = "not-ready"
  case error

  package init(_ verdict: Verdict) {
    switch verdict {
    case .passed: self = .passed
    case .failed: self = .failed
    case .notReady: self = .notReady
    case .error: self = .error
    case .notRun: self = .notRun
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Which step of which scenario, from one run to the next.
package struct StepPlace: Sendable, Hashable {
  /// From the root.
  package var file: String
  package var scenario: String
  package var title: String
}
