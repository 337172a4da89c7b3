import JSON

/// The answer to one request, as a line of JSON.
///
/// Written by hand rather than through a tree of values: it is the half of the work that no cache spares.
struct EvaluationAnswer {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ decision: Decision, to reading: EvaluationReader.Reading, trace: DecisionTrace?) {
    let request = reading.request.request
    begin(reading.request.id)
    add(",\"decision\":\"")
    add(decision.effect.rawValue)
    add("\",\"decidedBy\":\"")
    add(decision.decidedBy.name)
    add("\",\"statements\":[")
    for (index, statement) in reading.request.layers.decidingStatements(of: decision, on: request).enumerated() {
      if index > 0 { add(",") }
      add(statement)
    }
    add("],\"message\":")
    if decision.isAllowed {
      add("null")
    } else {
      let resource = reading.namesResource ? DenialMessage.resourceName(in: request) : nil
      JSONValue.write(DenialMessage(decision, of: request, resource: resource).text, to: &bytes)
    }
    if let trace {
      add(",\"trace\":")
      trace.json.write(to: &bytes)
    }
    add("}\n")
  }

  mutating func append(_ error: EvaluationError, id: JSONValue?) {
    begin(id ?? JSONValue(.null))
    add(",\"error\":{\"path\":")
    JSONValue.write(error.path, to: &bytes)
    add(",\"message\":")
    JSONValue.write(error.message, to: &bytes)
    add("}}\n")
  }

  private mutating func begin(_ id: JSONValue) {
    add("{\"id\":")
    id.write(to: &bytes)
  }

  private mutating func add(_ statement: StatementReference) {
    add("{\"policy\":")
    JSONValue.write(statement.policyName ?? "", to: &bytes)
    add(",\"index\":")
    add(String(statement.index))
    add(",\"sid\":")
    if let sid = statement.sid { JSONValue.write(sid, to: &bytes) } else { add("null") }
    add("}")
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
