import JSON
import Runner
import Scenario

/// The steps of a run, as they are kept.
///
/// All of them are one text in the run's row, because a row for each takes longer to write than a short run's steps to carry
/// out: `[[target, file, scenario, [[title, verdict], …]], …]`.
struct RecordedSteps {
  /// A scenario's steps on a target. One that was run several times is kept once, with the worst that came of each step.
  private struct Part {
    var target: String
    var file: String
    var scenario: String
    var steps: [(title: String, verdict: StepVerdict)] = []
    /// Where the step of a number stands.
    var positions: [Int: Int] = [:]

    mutating func add(_ step: StepResult, _ redact: (String) -> String) {
      let verdict = StepVerdict(step.verdict)
      if let position = positions[step.number] {
        steps[position].verdict = max(verdict, steps[position].verdict)
      } else {
        positions[step.number] = steps.count
        steps.append((redact(step.title), verdict))
      }
    }
  }

  private var parts: [Part] = []

  init(_ result: RunResult, _ redact: (String) -> String) {
    var indices: [String: Int] = [:]
    for scenario in result.scenarios {
      let file = HistoryStore.absolute(scenario.scenario.source.path)
      let key = "\(scenario.target)\u{0}\(file)"
      let index = indices[key] ?? parts.count
      if index == parts.count {
        indices[key] = index
        parts.append(Part(target: scenario.target, file: file, scenario: redact(scenario.scenario.name.value)))
      }
      for step in scenario.steps { parts[index].add(step, redact) }
    }
  }

  var json: String {
    var bytes: [UInt8] = []
    bytes.append(UInt8(ascii: "["))
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "["))
      for text in [part.target, part.file, part.scenario] {
        JSONValue.write(text, to: &bytes)
        bytes.append(UInt8(ascii: ","))
      }
      bytes.append(UInt8(ascii: "["))
      for (index, step) in part.steps.enumerated() {
        bytes.append(contentsOf: (index > 0 ? ",[" : "[").utf8)
        JSONValue.write(step.title, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        JSONValue.write(step.verdict.rawValue, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
      }
      bytes.append(contentsOf: "]]".utf8)
    }
    bytes.append(UInt8(ascii: "]"))
    return String(decoding: bytes, as: UTF8.self)
  }
}
