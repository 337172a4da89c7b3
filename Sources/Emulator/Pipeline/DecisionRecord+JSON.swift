import AWSAPI
import IAMPolicy
package import JSON

extension DecisionRecord {
  /// The record as a member of the decision log.
  package var json: JSONValue {
    var members = [
      JSONMember(name: "time", value: .string(AWSTimestamp.text(date, .iso8601))),
      JSONMember(name: "requestId", value: .string(requestID)),
      JSONMember(name: "operation", value: operation.isEmpty ? JSONValue(.null) : .string(operation)),
      JSONMember(name: "caller", value: refusal == nil ? .string(callerARN) : JSONValue(.null)),
      JSONMember(name: "account", value: account.map { .string($0) } ?? JSONValue(.null)),
    ]
    if let refusal {
      members += [
        JSONMember(name: "accessKeyId", value: refusal.accessKeyID.map { .string($0) } ?? JSONValue(.null)),
        JSONMember(name: "decision", value: .string("notAuthenticated")),
        JSONMember(name: "error", value: .string(refusal.code)),
      ]
    }
    guard let deciding else { return .object(members) }
    let decision = deciding.decision
    members += [
      JSONMember(name: "action", value: .string(deciding.permission.action)),
      JSONMember(name: "resource", value: .string(deciding.permission.resource)),
      JSONMember(name: "decision", value: .string(decision.effect.rawValue)),
      JSONMember(name: "decidedBy", value: .string(decision.decidedBy.name)),
      JSONMember(
        name: "statements",
        value: .array(
          decision.statements.map { statement in
            .object([
              JSONMember(name: "policy", value: statement.policyName.map { .string($0) } ?? JSONValue(.null)),
              JSONMember(name: "index", value: .number(statement.index)),
              JSONMember(name: "sid", value: statement.sid.map { .string($0) } ?? JSONValue(.null)),
            ])
          })),
    ]
    return .object(members)
  }
}
