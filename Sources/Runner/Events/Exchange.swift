package import AWSAPI
package import Emulator
package import HTTP
package import IAMPolicy
package import XML

/// One request, its answer, and what was understood of both.
///
/// A class, because results and events hand it on and nothing changes it: a copy costs one reference count.
package final class Exchange: Sendable {
  /// The call that was made; `nil` for a request that a step names by its URL.
  package let call: AWSCall?
  /// Who made it, by the scenario's name.
  package let principal: String?
  /// As it was sent, signature and all.
  package let request: HTTPRequest
  package let response: HTTPResponse
  /// The answer's body, read whole.
  package let body: [UInt8]
  /// The answer's members, or the error it is.
  package let outcome: Result<AWSStructure, AWSError>
  package let document: XMLDocument?
  package let requestID: String?
  /// Why it was allowed or refused, where the target says it.
  package let decision: Decision?
  /// What the target keeps of how it decided, where it is the emulator.
  package let record: DecisionRecord?
  /// How often the request was sent, because it was throttled or its answer was lost.
  package let attempts: Int

  package init(
    call: AWSCall?, principal: String?, request: HTTPRequest, response: HTTPResponse, body: [UInt8],
    outcome: Result<AWSStructure, AWSError>, document: XMLDocument?, requestID: String?, decision: Decision?,
    record: DecisionRecord?, attempts: Int = 1
  ) {
    self.call = call
    self.principal = principal
    self.request = request
    self.response = response
    self.body = body
    self.outcome = outcome
    self.document = document
    self.requestID = requestID
    self.decision = decision
    self.record = record
    self.attempts = attempts
  }
}

extension Exchange {
  /// Every statement that was considered, and why it did or did not match.
  package var explanation: DecisionTrace? { explained?.deciding?.trace }

  /// The permissions that were asked for with all that was held against them; `nil` where the target does not keep it.
  package var explained: Explanation? {
    record.map { record in
      Explanation(requests: record.checks.map { ExplainedRequest($0.request, $0.layers, decision: $0.decision) })
    }
  }

  /// What was asked for: the action and the resource's ARN.
  package var permission: (action: String, resource: String)? {
    record?.deciding.map { ($0.request.action, $0.request.resource) }
  }

  /// Every policy that bore on the request.
  package var policiesInForce: PolicyLayers? { record?.deciding.map(\.layers) }
}

/// An operation with its parameters.
package struct AWSCall: Sendable {
  package var operation: Operation
  package var parameters: AWSStructure

  package init(operation: Operation, parameters: AWSStructure) {
    self.operation = operation
    self.parameters = parameters
  }
}
