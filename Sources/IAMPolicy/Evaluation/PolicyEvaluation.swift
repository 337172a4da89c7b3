import JSON

/// Offline questions to the policies: JSON in, JSON out. What `iamdrill evaluate` does.
public struct PolicyEvaluation {
  private var reader = EvaluationReader()
  private let explains: Bool

  /// - Parameter explains: whether answers carry every statement considered, and why it did or did not match.
  public init(explains: Bool = false) {
    self.explains = explains
  }

  /// The most bytes of one input.
  private static let largestInput = 1 << 30

  /// Answers everything in `input`: one request, an array of requests, or a request a line. Answers come in order, one
  /// object a line.
  /// - Parameter output: gets the answers piece by piece.
  /// - Returns: whether every request could be answered.
  public mutating func run(_ input: [UInt8], output: ([UInt8]) -> Void) -> Bool {
    var answers: [UInt8] = []
    var isWhole = true
    func flush(_ threshold: Int) {
      guard answers.count > threshold else { return }
      output(answers)
      answers.removeAll(keepingCapacity: true)
    }
    if let single = Self.singleValue(input) {
      for value in single.array ?? [single] {
        isWhole = answer(value, from: input, into: &answers) && isWhole
        flush(1 << 16)
      }
    } else {
      for line in input.split(separator: UInt8(ascii: "\n")) where line.contains(where: { $0 > 0x20 }) {
        isWhole = answer(line: Array(line), into: &answers) && isWhole
        flush(1 << 16)
      }
    }
    flush(0)
    return isWhole
  }

  /// The input as one value; `nil` where it is lines, or not JSON.
  private static func singleValue(_ input: [UInt8]) -> JSONValue? {
    // Lines are the large inputs, so the first line is tried before all of it.
    if let end = input.firstIndex(of: UInt8(ascii: "\n")), input[end...].contains(where: { $0 > 0x20 }),
      (try? JSONValue(parsing: input[..<end])) != nil
    {
      return nil
    }
    return try? JSONValue(parsing: input, limits: JSONLimits(bytes: largestInput))
  }

  private mutating func answer(line: [UInt8], into answers: inout [UInt8]) -> Bool {
    do throws(JSONError) {
      return answer(try JSONValue(parsing: line), from: line, into: &answers)
    } catch {
      let problem = EvaluationError("not JSON: column \(error.column): \(error.message)")
      Self.write(Self.refusal(problem, id: JSONValue(.null)), to: &answers)
      return false
    }
  }

  /// Appends the answer to one request, a line.
  /// - Returns: whether it could be answered.
  private mutating func answer(_ value: JSONValue, from source: [UInt8], into answers: inout [UInt8]) -> Bool {
    let id = value["id"] ?? JSONValue(.null)
    do throws(EvaluationError) {
      let evaluation = try reader.read(value, from: source)
      Self.write(answer(evaluation, id: id), to: &answers)
      return true
    } catch {
      Self.write(Self.refusal(error, id: id), to: &answers)
      return false
    }
  }

  private static func write(_ value: JSONValue, to answers: inout [UInt8]) {
    value.write(to: &answers)
    answers.append(UInt8(ascii: "\n"))
  }

  private static func refusal(_ error: EvaluationError, id: JSONValue) -> JSONValue {
    ["id": id, "error": ["path": .string(error.path), "message": .string(error.message)]]
  }

  private func answer(_ evaluation: EvaluationRequest, id: JSONValue) -> JSONValue {
    let decision = evaluation.layers.decide(evaluation.request)
    var members = [
      JSONMember(name: "id", value: id),
      JSONMember(name: "decision", value: .string(decision.effect.rawValue)),
      JSONMember(name: "decidedBy", value: .string(decision.decidedBy.name)),
      JSONMember(name: "statements", value: .array(decision.statements.map(Self.statement))),
    ]
    if !decision.isAllowed {
      members.append(
        JSONMember(name: "message", value: .string(DenialMessage.text(for: decision, evaluation.request))))
    }
    if explains {
      members.append(
        JSONMember(name: "trace", value: .array(evaluation.layers.explain(evaluation.request).map(Self.trace))))
    }
    return .object(members)
  }

  private static func statement(_ statement: StatementReference) -> JSONValue {
    .object([
      JSONMember(name: "policy", value: statement.policyName.map { .string($0) } ?? JSONValue(.null)),
      JSONMember(name: "index", value: .number(statement.index)),
      JSONMember(name: "sid", value: statement.sid.map { .string($0) } ?? JSONValue(.null)),
    ])
  }

  private static func trace(_ trace: StatementTrace) -> JSONValue {
    var members = [JSONMember(name: "layer", value: .string(trace.statement.layer.rawValue))]
    members += statement(trace.statement).object ?? []
    members.append(JSONMember(name: "effect", value: .string(trace.effect.rawValue)))
    switch trace.outcome {
    case .matches: members.append(JSONMember(name: "outcome", value: "matches"))
    case .otherAction: members.append(JSONMember(name: "outcome", value: "other action"))
    case .otherPrincipal: members.append(JSONMember(name: "outcome", value: "other principal"))
    case .otherResource: members.append(JSONMember(name: "outcome", value: "other resource"))
    case .condition(let operatorName, let key, let values, let requested):
      members.append(JSONMember(name: "outcome", value: "condition does not hold"))
      members.append(
        JSONMember(
          name: "condition",
          value: [
            "operator": .string(operatorName), "key": .string(key),
            "values": .array(values.map { .string($0) }),
            "requested": requested.map { .array($0.map { .string($0) }) } ?? JSONValue(.null),
          ]))
    }
    return .object(members)
  }
}
