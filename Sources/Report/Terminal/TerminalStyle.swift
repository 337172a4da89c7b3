import Scenario

/// A terminal's escape sequences, or nothing.
package struct TerminalStyle: Sendable {
  package var isOn: Bool

  package init(isOn: Bool) {
    self.isOn = isOn
  }

  package func bold(_ text: String) -> String { wrap(text, "1") }
  package func green(_ text: String) -> String { wrap(text, "32") }
  package func red(_ text: String) -> String { wrap(text, "1;31") }
  package func yellow(_ text: String) -> String { wrap(text, "33") }
  package func cyan(_ text: String) -> String { wrap(text, "36") }
  package func dim(_ text: String) -> String { wrap(text, "2") }

  private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

/// How much a terminal report says.
package enum Verbosity: Int, Sendable, Comparable {
  /// Only what was not as expected.
  case quiet
  /// A line a step.
  case normal
  /// Each step's request and answer as well.
  case exchanges
  /// And where it went, how long it took, and every statement that was considered.
  case connections

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
