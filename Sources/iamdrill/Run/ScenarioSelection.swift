import History
import Runner
import Scenario

/// Which of the loaded scenarios are run, how often, and in which order.
struct ScenarioSelection {
  static let options: [CommandDescription.Option] = [
    .value("tags", "EXPR", letter: "t", "Only scenarios with these tags."),
    .value("name", "GLOB", letter: "n", "Only scenarios of this name, or whose file is called so; `*` is any text."),
    .value("count", "N", "Run each scenario N times."),
    .value("shuffle", "SEED", "Run the scenarios in another order, the same one for the same number."),
  ]

  /// More repetitions than this are a mistake.
  private static let mostRepetitions = 1_000_000

  private let tags: TagExpression?
  private let names: [NameGlob]
  private let count: Int
  private let seed: Int?
  /// The files that failed; `nil` where any is wanted.
  private let failed: Set<String>?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    do throws(SelectionError) {
      tags = try arguments.value("tags").map { text throws(SelectionError) in try TagExpression(text) }
    } catch {
      let place = error.column.map { ", column \($0)" } ?? ""
      throw UsageError("--tags '\(arguments.value("tags") ?? "")'\(place): \(error.message)", command: "run")
    }
    names = arguments.allValues("name").map { NameGlob($0) }
    count = try arguments.number("count", in: 1...Self.mostRepetitions, command: "run") ?? 1
    failed = arguments.has("failed") ? RunHistory.failedFiles() ?? [] : nil
    seed = try arguments.number("shuffle", in: 0...Int.max, command: "run")
  }

  func includes(_ scenario: Scenario) -> Bool {
    if let failed, !failed.contains(HistoryStore.absolute(scenario.source.path)) { return false }
    if let tags, !tags.holds(for: Set(scenario.tags.map(\.value))) { return false }
    let file = scenario.source.path.split(separator: "/").last.map(String.init) ?? ""
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    return names.isEmpty
      || names.contains { glob in [scenario.name.value, file, stem].contains(where: glob.matches) }
  }

  func apply(to scenarios: [Scenario]) -> [Scenario] {
    let selected = scenarios.filter(includes)
    var repeated = (0..<count).flatMap { _ in selected }
    if let seed {
      var generator = SeededGenerator(seed: UInt64(seed))
      repeated.shuffle(using: &generator)
    }
    return repeated
  }
}
