package import AWSAPI
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
