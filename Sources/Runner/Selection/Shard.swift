/// One of several machines that share the work: every piece is done by exactly one of them.
package struct Shard: Sendable, Hashable {
  /// From 0.
  package var index: Int
  package var count: Int

  /// More machines than this are a mistake.
  package static let most = 100_000

  package init?(index: Int, count: Int) {
    guard (1...Self.most).contains(count), (0..<count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `2/8`, the second of eight, or `auto/8` and `auto`, which take what is missing from what Kubernetes and CI servers
  /// put into the environment.
  package init?(_ text: String, environment: [String: String]) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    if first == "auto" {
      guard let place = Self.place(environment) else { return nil }
      guard let count = parts.count == 2 ? Int(parts[1]) : place.count else { return nil }
      self.init(index: place.index, count: count)
    } else {
      guard parts.count == 2, let number = Int(first), let count = Int(parts[1]) else { return nil }
      self.init(index: number - 1, count: count)
    }
  }

  /// A variable with the machine's number, the number of the first machine, and the variable with how many there are.
  private static let variables: [(index: String, first: Int, count: String)] = [
    // Kubernetes sets only the index of an Indexed Job; the count is the Job's to set.
    ("JOB_COMPLETION_INDEX", 0, "JOB_COMPLETIONS"),
    // GitLab.
    ("CI_NODE_INDEX", 1, "CI_NODE_TOTAL"),
    ("CIRCLE_NODE_INDEX", 0, "CIRCLE_NODE_TOTAL"),
    ("BUILDKITE_PARALLEL_JOB", 0, "BUILDKITE_PARALLEL_JOB_COUNT"),
    ("SEMAPHORE_JOB_INDEX", 1, "SEMAPHORE_JOB_COUNT"),
  ]

  private static func place(_ environment: [String: String]) -> (index: Int, count: Int?)? {
    for variable in variables {
      guard let index = environment[variable.index].flatMap({ Int($0) }) else { continue }
      return (index - variable.first, environment[variable.count].flatMap { Int($0) })
    }
    return nil
  }

  /// Whether this machine does the piece at `place`.
  package func does(_ place: Int) -> Bool { place % count == index }
}
