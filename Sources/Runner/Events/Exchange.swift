package import AWSAPI
package import Emulator
package import HTTP
package import IAMPolicy
package import XML

/// One request, its answer, and what was understood of both.
package struct Exchange: Sendable {
  /// The call that was made; `nil` for a request that a step names by its URL.
  package var call: AWSCall?
  /// Who made it, by the scenario's name.
  package var principal: String?
  /// As it was sent, signature and all.
  package var request: HTTPRequest
  package var response: HTTPResponse
  /// The answer's body, read whole.
  package var body: [UInt8]
  /// The answer's members, or the error it is.
  package var outcome: Result<AWSStructure, AWSError>
  package var document: XMLDocument?
  package var requestID: String?
  /// Why it was allowed or refused, where the target says it.
  package var decision: Decision?
  /// What the target keeps of how it decided, where it is the emulator.
  package var record: DecisionRecord?
}

extension Exchange {
  /// Every statement that was considered, and why it did or did not match.
  package var explanation: DecisionTrace? { record?.deciding.map { $0.layers.trace($0.request) } }

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
