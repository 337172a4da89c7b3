import AWSAPI
package import Scenario

/// Steps of a scenario that a command line names.
package struct StepPattern: Sendable {
  /// The first lines of the steps; `nil` for all.
  private let places: Set<SourcePosition>?
  /// A step that may have been meant, where none is selected.
  package let hint: String?

  /// Every step.
  package static let all = StepPattern(places: nil, hint: nil)

  private init(places: Set<SourcePosition>?, hint: String?) {
    self.places = places
    self.hint = hint
  }

  /// - Parameter word: a step's number from 1, `:LINE` for the step at a line, or a name with `*` and `?`.
  package init(_ word: String, in scenario: Scenario) {
    let steps = scenario.allSteps
    let chosen: [Scenario.Step]
    if let number = Int(word) {
      chosen = steps.indices.contains(number - 1) ? [steps[number - 1]] : []
    } else if word.hasPrefix(":"), let line = Int(word.dropFirst()) {
      // The innermost step is the one that begins last.
      chosen = steps.filter { ($0.range.start.line...$0.range.end.line).contains(line) }.suffix(1)
    } else {
      let pattern = Wildcards(word)
      chosen = steps.filter { pattern.matches($0.title) }
    }
    self.init(
      places: Set(chosen.map(\.range.start)),
      hint: chosen.isEmpty ? NearestName.of(word, among: steps.map(\.title)) : nil)
  }

  /// Whether certain steps are named, and not just all meant.
  package var isNamed: Bool { places != nil }

  package var isEmpty: Bool { places?.isEmpty == true }

  package func includes(_ step: Scenario.Step) -> Bool { places?.contains(step.range.start) ?? true }
}

/// A pattern of characters, `*` for any run and `?` for any one, without regard to case.
struct Wildcards {
  private let pattern: [Character]

  init(_ text: String) {
    pattern = Array(text.lowercased())
  }

  func matches(_ text: String) -> Bool {
    let text = Array(text.lowercased())
    var (next, position) = (0, 0)
    var star: (next: Int, position: Int)?
    while position < text.count {
      if next < pattern.count, pattern[next] == "*" {
        star = (next, position)
        next += 1
      } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[position] {
        next += 1
        position += 1
      } else if let last = star {
        star = (last.next, last.position + 1)
        (next, position) = (last.next + 1, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }
}
