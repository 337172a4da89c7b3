import AWSAPI
package import FoundationEssentials
import HTTP
import IAMPolicy
import JSON
package import Runner
import Scenario

/// A run as JSON, for programs: docs/report.schema.json describes it, docs/reports.md explains it.
package enum JSONReport {
  /// Changes with every change after which a reader of the former version could go wrong; new members are none.
  package static let version = 1

  /// - Parameters:
  ///   - started: when the run began.
  ///   - tool: iamdrill's own version.
  package static func text(_ result: RunResult, started: Date, tool: String) -> String {
    let counts = VerdictCounts(result.scenarios.flatMap(\.steps))
    let root: JSONValue = [
      "format": "iamdrill-report", "version": .number(version), "tool": ["name": "iamdrill", "version": .string(tool)],
      "started": .string(started.formatted(.iso8601)), "durationMs": result.duration.json,
      "interrupted": .bool(result.wasInterrupted),
      "outcome": .string(result.hasError ? "error" : result.hasFailure ? "failed" : "passed"), "counts": counts.json,
      "scenarios": .array(result.scenarios.map(scenario)),
    ]
    return root.pretty + "\n"
  }

  private static func scenario(_ result: ScenarioResult) -> JSONValue {
    let scenario = result.scenario
    var members = JSONMembers()
    members["name"] = .string(scenario.name.value)
    members["file"] = .string(scenario.source.path)
    members["tags"] = .array(scenario.tags.map { .string($0.value) })
    members["target"] = .string(result.target)
    members["durationMs"] = result.duration.json
    members["outcome"] = .string(result.hasError ? "error" : result.hasFailure ? "failed" : "passed")
    members["counts"] = VerdictCounts(result.steps).json
    members["chapters"] = .array(
      scenario.chapters.map { chapter in
        var members = JSONMembers()
        members["title"] = chapter.title.map { .string($0.value) }
        return members.value
      })
    members["steps"] = .array(result.steps.map(step))
    members["teardown"] = .array(
      result.teardown.map { item in
        var members = JSONMembers()
        members["call"] = .string(item.title)
        members["problem"] = item.problem.map { .string($0) }
        return members.value
      })
    members["problem"] = result.problem.map { diagnostic($0.diagnostic) }
    return members.value
  }

  private static func step(_ result: StepResult) -> JSONValue {
    var members = JSONMembers()
    members["number"] = .number(result.number)
    members["title"] = .string(result.title)
    members["chapter"] = result.chapter.map { .number($0) }
    members["principal"] = result.step.principal.map { .string($0.value) }
    members["verdict"] = .string(result.verdict.name)
    members["durationMs"] = result.duration.json
    members["settling"] = result.settling.map { settling in
      ["tries": .number(settling.tries), "durationMs": settling.duration.json]
    }
    members["place"] = place(result.step.range)
    members["exchange"] = result.exchange.map(exchange)
    members["command"] = result.command.map(command)
    if !result.renewals.isEmpty { members["renewals"] = .array(result.renewals.map(exchange)) }
    members["outcome"] = result.outcome.map { .string($0) }
    let diagnostics = result.verdict.diagnostics
    if !diagnostics.isEmpty { members["problems"] = .array(diagnostics.map(diagnostic)) }
    if case .notRun(let cause) = result.verdict { members["because"] = .string(cause) }
    if !result.remarks.isEmpty { members["remarks"] = .array(result.remarks.map { .string($0) }) }
    return members.value
  }

  private static func command(_ command: CommandExchange) -> JSONValue {
    var members = JSONMembers()
    members["words"] = .array(command.words.map { .string($0) })
    members["principal"] = .string(command.principal)
    members["exit"] = .number(command.status)
    members["output"] = .string(command.shownOutput)
    members["errors"] = .string(command.errors)
    if !command.configuration.isEmpty { members["configuration"] = .string(command.configuration) }
    if let error = command.error {
      members["error"] = ["code": .string(error.code), "message": .string(error.message)]
    }
    if !command.calls.isEmpty { members["exchanges"] = .array(command.calls.map(exchange)) }
    return members.value
  }

  private static func exchange(_ exchange: Exchange) -> JSONValue {
    var members = JSONMembers()
    members["operation"] = exchange.call.map { .string($0.operation.qualifiedName) }
    members["command"] = exchange.call.map { .string($0.operation.commandLine($0.parameters).text) }
    members["principal"] = exchange.principal.map { .string($0) }
    members["method"] = .string(exchange.request.method)
    members["status"] = .number(exchange.response.status)
    members["timing"] = exchange.response.timing.map { timing in
      [
        "reused": .bool(timing.isReused), "peer": .string(timing.peer), "nameLookupUs": .number(timing.nameLookup),
        "connectUs": .number(timing.connect), "tlsUs": .number(timing.secure), "firstByteUs": .number(timing.firstByte),
        "totalUs": .number(timing.total),
      ]
    }
    members["requestId"] = exchange.requestID.map { .string($0) }
    if case .failure(let error) = exchange.outcome {
      members["error"] = ["code": .string(error.code), "message": .string(error.message)]
    }
    members["decision"] = exchange.decision.map(decision)
    return members.value
  }

  private static func decision(_ decision: Decision) -> JSONValue {
    var members = JSONMembers()
    members["effect"] = .string(decision.effect.rawValue)
    members["decidedBy"] = .string(decision.decidedBy.name)
    members["statements"] = .array(
      decision.statements.map { statement in
        var members = JSONMembers()
        members["layer"] = .string(statement.layer.rawValue)
        members["policy"] = statement.policyName.map { .string($0) }
        members["arn"] = statement.policyARN.map { .string($0) }
        members["attachedTo"] = statement.attachedTo.map { .string($0) }
        members["index"] = .number(statement.index)
        members["sid"] = statement.sid.map { .string($0) }
        return members.value
      })
    return members.value
  }

  private static func diagnostic(_ diagnostic: Diagnostic) -> JSONValue {
    var members = JSONMembers()
    members["message"] = .string(diagnostic.message)
    members["place"] = diagnostic.range.map(place)
    members["answer"] = diagnostic.label.map { .string($0) }
    if !diagnostic.notes.isEmpty {
      members["notes"] = .array(
        diagnostic.notes.map { note in
          var members = JSONMembers()
          members["message"] = .string(note.message)
          members["place"] = note.range.map(place)
          return members.value
        })
    }
    return members.value
  }

  private static func place(_ range: SourceRange) -> JSONValue {
    [
      "file": .string(range.file), "line": .number(range.start.line), "column": .number(range.start.column),
      "endLine": .number(range.end.line), "endColumn": .number(range.end.column),
    ]
  }
}

/// An object's members in the order in which they were set; setting `nil` leaves one out.
private struct JSONMembers {
  private var members: [JSONMember] = []

  var value: JSONValue { .object(members) }

  subscript(name: String) -> JSONValue? {
    get { members.last { $0.name == name }?.value }
    set { if let newValue { members.append(JSONMember(name: name, value: newValue)) } }
  }
}

extension VerdictCounts {
  fileprivate var json: JSONValue {
    [
      "steps": .number(all), "passed": .number(passed), "failed": .number(failed), "errors": .number(errors),
      "notRun": .number(notRun),
    ]
  }
}

extension Duration {
  fileprivate var json: JSONValue { JSONValue(.number(millisecondsText)) }
}
