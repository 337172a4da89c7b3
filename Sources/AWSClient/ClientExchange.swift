package import AWSAPI
package import HTTP

/// A call as it was made, and what came back.
package struct ClientExchange: Sendable {
  package var operation: AWSAPI.Operation
  package var parameters: AWSStructure
  /// As it was sent, signature and all.
  package var request: HTTPRequest
  /// As it came; its body is in memory.
  package var response: HTTPResponse
  /// The answer, its error, or why it cannot be read.
  package var result: Result<DecodedResponse, UnreadableAnswer>
  /// How often the request was sent, throttled attempts included.
  package var attempts: Int

  /// An answer that is not what the service should have sent.
  package struct UnreadableAnswer: Error, Sendable, Hashable {
    /// What is wrong, with the place in the body.
    package var message: String
  }

  package init(
    operation: AWSAPI.Operation, parameters: AWSStructure, request: HTTPRequest, response: HTTPResponse,
    result: Result<DecodedResponse, UnreadableAnswer>, attempts: Int
  ) {
    self.operation = operation
    self.parameters = parameters
    self.request = request
    self.response = response
    self.result = result
    self.attempts = attempts
  }
}

extension ClientExchange {
  /// What was understood; `nil` where the answer cannot be read.
  package var decoded: DecodedResponse? { try? result.get() }

  /// The members of the answer, where the call succeeded.
  package var answer: AWSStructure? {
    if case .success(let decoded) = result, case .success(let answer) = decoded.outcome { answer } else { nil }
  }

  /// The error, where the call was refused.
  package var error: AWSError? {
    if case .success(let decoded) = result, case .failure(let error) = decoded.outcome { error } else { nil }
  }

  /// The bytes of the response's body.
  package var responseBytes: [UInt8] {
    if case .bytes(let bytes) = response.body { bytes } else { [] }
  }
}

/// Why a call could not be made, or was not answered.
package enum CallFailure: Error, Sendable, Hashable {
  case encoding(RequestEncodingError)
  /// The body cannot be read for the signature.
  case signing(String)
  case transport(TransportError)
  /// What came is not what the service should have sent: what is wrong, with the place in the body.
  case unreadable(String)

  package var message: String {
    switch self {
    case .encoding(let error): error.description
    case .signing(let message): message
    case .transport(let error): error.message
    case .unreadable(let message): message
    }
  }
}
