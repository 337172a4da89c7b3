package import Runner
import Scenario

/// A run in the Test Anything Protocol, version 13: a line a step, with what is wrong as a YAML block under it.
package enum TAPReport {
  package static func text(_ result: RunResult) -> String {
    var lines = ["TAP version 13"]
    let suites = result.scenarios.map { ($0, $0.suites) }
    lines.append("1..\(suites.flatMap(\.1).reduce(0) { $0 + $1.cases.count })")
    var number = 0
    for (scenario, suites) in suites {
      lines.append("# \(line(scenario.scenario.name.value)) (\(line(scenario.scenario.source.path)))")
      for suite in suites {
        if suite.name != scenario.scenario.name.value { lines.append("# \(line(suite.name))") }
        for item in suite.cases {
          number += 1
          lines += self.lines(of: item, number)
        }
      }
    }
    if result.wasInterrupted { lines.append("Bail out! interrupted; what was made has been taken back") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of item: Suite.Case, _ number: Int) -> [String] {
    let name = "\(number) - \(description(item.name))"
    switch item.verdict {
    case .passed:
      let remarks = item.remarks.joined(separator: "\n")
      return ["ok \(name)"] + (remarks.isEmpty ? [] : block([("remarks", .text(remarks))]))
    case .notRun(let cause): return ["ok \(name) # SKIP because of: \(line(cause))"]
    case .failed, .error, .notReady: break
    }
    var lines = ["not ok \(name)"]
    let severity = if case .failed = item.verdict { "fail" } else { "error" }
    let diagnostics = item.verdict.diagnostics
    var members: [(String, YAMLBlock)] = [
      ("message", .text(diagnostics.map(\.message).joined(separator: "; "))), ("severity", .text(severity)),
      ("verdict", .text(item.verdict.name)),
    ]
    if let range = diagnostics.first?.range {
      members.append(
        (
          "at",
          .mapping([
            ("file", .text(range.file)), ("line", .number(range.start.line)), ("column", .number(range.start.column)),
          ])
        ))
    }
    if let label = diagnostics.first?.label { members.append(("answer", .text(label))) }
    let notes = diagnostics.first?.notes ?? []
    // Not as a list: Perl's reader takes an element with a colon in it for a mapping, between quotation marks or not.
    if !notes.isEmpty { members.append(("because", .text(notes.map(\.message).joined(separator: "\n")))) }
    members.append(("duration_ms", .text(item.duration.millisecondsText)))
    lines += block(members)
    return lines
  }

  private static func block(_ members: [(String, YAMLBlock)]) -> [String] {
    ["  ---"] + YAMLBlock.mapping(members).lines.map { "  " + $0 } + ["  ..."]
  }

  /// A test point's description: `#` would begin a directive.
  private static func description(_ text: String) -> String {
    line(text).map { $0 == "#" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }

  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// The part of YAML that readers of TAP know: mappings, and texts between quotation marks.
private indirect enum YAMLBlock {
  case text(String)
  case number(Int)
  case mapping([(String, YAMLBlock)])

  var lines: [String] {
    switch self {
    case .text(let text): [Self.quoted(text)]
    case .number(let number): ["\(number)"]
    case .mapping(let members):
      members.flatMap { name, value in
        switch value {
        case .text, .number: ["\(name): \(value.lines[0])"]
        case .mapping: ["\(name):"] + value.lines.map { "  " + $0 }
        }
      }
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count == 1 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
