import AWSAPI
import HTTP
package import Runner
import XML

/// Where two runs of a scenario differ, what is volatile set aside.
package struct Divergence: Sendable {
  package var steps: [Step]

  package struct Step: Sendable {
    package var number: Int
    package var title: String
    package var differences: [Difference]
    /// What one side refused that the other did not.
    package var leniency: Leniency?
    /// The step at which one side let pass what took away what this step is about.
    package var cause: Int?
  }

  package enum Side: Sendable, Hashable {
    case left, right
  }

  /// Something that one side let pass, and why the other did not.
  package struct Leniency: Sendable, Hashable {
    package var side: Side
    package var reason: String
  }

  package struct Difference: Sendable, Hashable {
    /// `verdict`, `status`, `error`, `message`, or the place of an element.
    package var what: String
    package var left: String
    package var right: String
  }

  package var isEmpty: Bool { steps.isEmpty }

  package init(_ left: ScenarioResult, _ right: ScenarioResult) {
    steps = []
    let foreign = ForeignElements(left, right)
    var losses = Losses()
    let others = Dictionary(right.steps.map { ($0.number, $0) }) { first, _ in first }
    for step in left.steps {
      guard let other = others[step.number] else {
        let difference = Difference(what: "verdict", left: step.verdict.name, right: "not reached")
        steps.append(Step(number: step.number, title: step.title, differences: [difference]))
        continue
      }
      let differences = Self.differences(step, other, foreign: foreign)
      if !differences.isEmpty {
        let leniency = Leniency(step.exchange, other.exchange)
        let cause = losses.cause(of: step.exchange, other.exchange)
        losses.note(leniency, step.number, step.exchange, other.exchange)
        steps.append(
          Step(number: step.number, title: step.title, differences: differences, leniency: leniency, cause: cause))
      }
    }
    let known = Set(left.steps.map(\.number))
    for step in right.steps where !known.contains(step.number) {
      steps.append(
        Step(
          number: step.number, title: step.title,
          differences: [Difference(what: "verdict", left: "not reached", right: step.verdict.name)]))
    }
    if left.problem?.message != right.problem?.message {
      let difference = Difference(
        what: "problem", left: left.problem?.message ?? "none", right: right.problem?.message ?? "none")
      steps.insert(Step(number: 0, title: "The beginning", differences: [difference]), at: 0)
    }
  }

  // MARK: One step

  private static func differences(
    _ left: StepResult, _ right: StepResult, foreign: ForeignElements
  ) -> [Difference] {
    var found: [Difference] = []
    func compare(_ what: String, _ a: String?, _ b: String?) {
      let (a, b) = (a ?? "none", b ?? "none")
      if a != b { found.append(Difference(what: what, left: a, right: b)) }
    }
    compare("verdict", left.verdict.name, right.verdict.name)
    if let one = left.command, let other = right.command {
      compare("exit status", String(one.status), String(other.status))
      compare("error", one.error?.code, other.error?.code)
      compare(
        "message", one.error.map { VolatileText.settled($0.message) },
        other.error.map { VolatileText.settled($0.message) })
      guard one.status == 0, other.status == 0 else { return found }
      if let a = one.document?.root, let b = other.document?.root {
        found += differences(lines(of: a, besides: []), lines(of: b, besides: []))
      } else {
        compare("output", VolatileText.settledListing(one.shownOutput), VolatileText.settledListing(other.shownOutput))
      }
      return found
    }
    guard let one = left.exchange, let other = right.exchange else { return found }
    compare("status", String(one.response.status), String(other.response.status))
    compare("error", error(one)?.code, error(other)?.code)
    compare(
      "message", error(one).map { VolatileText.settled($0.message) },
      error(other).map { VolatileText.settled($0.message) })
    // Two answers of different kinds have nothing else in common.
    guard one.response.status == other.response.status, error(one) == nil, error(other) == nil else { return found }
    if let a = one.document?.root, let b = other.document?.root {
      let names = foreign.listed(one, other)
      found += differences(lines(of: a, besides: names), lines(of: b, besides: names))
    } else if one.document == nil, other.document == nil {
      compare("body", shown(one.body), shown(other.body))
    } else {
      compare("body", one.document == nil ? "no XML" : "XML", other.document == nil ? "no XML" : "XML")
    }
    return found
  }

  private static func error(_ exchange: Exchange) -> AWSError? {
    if case .failure(let error) = exchange.outcome { error } else { nil }
  }

  private static let longestShown = 200

  private static func shown(_ body: [UInt8]) -> String {
    guard body.count <= longestShown, let text = String(validating: body, as: UTF8.self) else {
      return "\(body.count) bytes"
    }
    return text
  }

  // MARK: XML

  /// Elements that are another one in every answer, or a secret.
  private static let volatile: Set<String> = [
    "ResponseMetadata", "RequestId", "HostId", "SessionToken", "SecretAccessKey", "PackedPolicySize", "AccessKeyId",
    "ETag", "VersionId",
  ]

  private struct Line: Hashable {
    var place: String
    var text: String
  }

  /// Every element with text, by its place; in the order of their places, because the order of members says nothing.
  /// - Parameter others: names of listed things that are set aside.
  private static func lines(of root: XMLElement, besides others: Set<String>) -> [Line] {
    var lines: [Line] = []
    func walk(_ element: XMLElement, _ place: String) {
      guard !volatile.contains(element.name), ForeignElements.name(of: element).map(others.contains) != true else {
        return
      }
      let elements = element.elements
      if elements.isEmpty { lines.append(Line(place: place, text: VolatileText.settled(element.text))) }
      for child in elements { walk(child, "\(place)/\(child.name)") }
    }
    walk(root, root.name)
    return lines
  }

  private static func differences(_ left: [Line], _ right: [Line]) -> [Difference] {
    var counts: [Line: Int] = [:]
    for line in left { counts[line, default: 0] += 1 }
    for line in right { counts[line, default: 0] -= 1 }
    let onlyLeft = left.filter { counts[$0, default: 0] > 0 }
    let onlyRight = right.filter { counts[$0, default: 0] < 0 }
    var found: [Difference] = []
    var rest = onlyRight
    for line in onlyLeft {
      let index = rest.firstIndex { $0.place == line.place }
      let other = index.map { rest.remove(at: $0).text } ?? "nothing"
      found.append(Difference(what: line.place, left: line.text, right: other))
    }
    found += rest.map { Difference(what: $0.place, left: "nothing", right: $0.text) }
    return found
  }
}
