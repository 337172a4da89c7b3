import AWSAPI
import HTTP
import IAMPolicy
import JSON
package import Runner
package import Scenario

/// Collects why the steps of a run were allowed or refused as one JSON document: `iamdrill explain --format json`.
package struct ExplanationJSON: Recorder {
  private let redactor: Redactor
  private let isShown: (Scenario.Step) -> Bool
  private var scenario: Scenario?
  private var steps: [JSONValue] = []

  /// - Parameter isShown: whether a step is among those that were asked for.
  package init(redactor: Redactor, showing isShown: @escaping (Scenario.Step) -> Bool) {
    self.redactor = redactor
    self.isShown = isShown
  }

  package mutating func record(_ event: Event) {
    switch event {
    case .scenarioStarted(let scenario, _): self.scenario = scenario
    case .stepEnded(let result):
      if isShown(result.step) { steps.append(Self.step(result)) }
    case .runStarted, .identified, .chapterStarted, .stepStarted, .setUpEnded, .progressed, .teardown, .scenarioEnded,
      .runEnded:
      break
    }
  }

  /// The document, redacted, with a line break at its end.
  package var text: String {
    let document: JSONValue = [
      "scenario": .string(scenario?.name.value ?? ""), "file": .string(scenario?.source.path ?? ""),
      "steps": .array(steps),
    ]
    return redactor.redact(document.pretty) + "\n"
  }

  private static func step(_ result: StepResult) -> JSONValue {
    return [
      "number": .number(result.number), "step": .string(result.title), "line": .number(result.step.range.start.line),
      "passed": .bool(result.verdict.isPassed),
      "requests": .array(result.exchanges.map { exchange($0, result.places) }),
    ]
  }

  private static func exchange(_ exchange: Exchange, _ places: StatementPlaces?) -> JSONValue {
    var members = [
      JSONMember(
        name: "operation", value: .string(exchange.call?.operation.qualifiedName ?? exchange.request.method)),
      JSONMember(name: "as", value: exchange.principal.map { .string($0) } ?? JSONValue(.null)),
      JSONMember(name: "status", value: .number(exchange.response.status)),
    ]
    if case .failure(let error) = exchange.outcome {
      members.append(JSONMember(name: "error", value: .string(error.code)))
      members.append(JSONMember(name: "message", value: .string(error.message)))
    }
    let permissions = exchange.explained.map { JSONValue.array($0.requests.map { permission($0, places) }) }
    members.append(JSONMember(name: "permissions", value: permissions ?? JSONValue(.null)))
    return .object(members)
  }

  private static func permission(_ explained: ExplainedRequest, _ places: StatementPlaces?) -> JSONValue {
    let (request, decision) = (explained.request, explained.decision)
    func place(_ statement: StatementReference) -> [JSONMember] {
      guard let range = places?.range(of: statement, in: request) else { return [] }
      return [
        JSONMember(name: "file", value: .string(range.file)),
        JSONMember(name: "line", value: .number(range.start.line)),
      ]
    }
    let context = request.context.sorted.map { entry in
      JSONMember(name: entry.key, value: .array(entry.values.map { .string($0) }))
    }
    let deciding = decision.statements.map { statement in
      JSONValue.object(
        [
          JSONMember(name: "layer", value: .string(statement.layer.rawValue)),
          JSONMember(
            name: "policy", value: (statement.policyName ?? statement.policyARN).map { .string($0) } ?? JSONValue(.null)
          ),
          JSONMember(name: "index", value: .number(statement.index)),
        ] + place(statement))
    }
    return [
      "principal": .string(request.principal.arn), "action": .string(request.action),
      "resource": .string(request.resource), "resourceAccount": .string(request.resourceAccount),
      "context": .object(context), "decision": .string(decision.effect.rawValue),
      "decidedBy": .string(decision.decidedBy.name), "statements": .array(deciding),
      "layers": explained.trace.json { trace in
        let reasons = explained.reasons(of: trace).map { reason -> JSONValue in
          ["part": .string(reason.part.rawValue), "matches": .bool(reason.matches), "why": .string(reason.text)]
        }
        return place(trace.statement) + [JSONMember(name: "reasons", value: .array(reasons))]
      },
    ]
  }
}
