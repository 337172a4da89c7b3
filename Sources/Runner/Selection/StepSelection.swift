import AWSAPI
package import Scenario

/// From which step to which, each by its number or by its name.
package struct StepSelection: Sendable, Hashable {
  package var from: String?
  package var to: String?

  package init(from: String?, to: String?) {
    self.from = from
    self.to = to
  }

  /// The numbers of the steps in `scenario`.
  /// - Throws: ``SelectionError`` where it has no such step, or the last comes before the first.
  package func range(in scenario: Scenario) throws(SelectionError) -> ClosedRange<Int> {
    let titles = scenario.chapters.flatMap(\.steps).map(\.title)
    let first = try from.map { text throws(SelectionError) in try Self.number(text, titles) } ?? 1
    let last = try to.map { text throws(SelectionError) in try Self.number(text, titles) } ?? max(1, titles.count)
    guard first <= last else { throw SelectionError("step \(last) comes before step \(first)") }
    return first...last
  }

  private static func number(_ text: String, _ titles: [String]) throws(SelectionError) -> Int {
    if let index = titles.firstIndex(of: text) { return index + 1 }
    if let number = Int(text) {
      guard (1...max(1, titles.count)).contains(number) else {
        throw SelectionError("there is no step \(number); the scenario has \(titles.count)")
      }
      return number
    }
    let hint = NearestName.of(text, among: titles).map { "; did you mean '\($0)'?" } ?? ""
    throw SelectionError("there is no step '\(text)'\(hint)")
  }
}
