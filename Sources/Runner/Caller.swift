import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import HTTP
import Scenario
import SigV4
import XML

/// Makes calls on a target: encodes, signs, sends, and reads the answer.
struct Caller: Sendable {
  let target: any Target
  let redactor: Redactor

  /// Makes the call once, and again where the target's policy of retries says so.
  /// - Parameters:
  ///   - credentials: `nil` to send the request without a signature.
  ///   - region: where it is not the target's.
  func call(
    _ call: AWSCall, as principal: String, _ credentials: Credentials?, region: String? = nil
  ) throws(Problem) -> Exchange {
    do throws(CallFailure) {
      return try exchange(call, as: principal, credentials, region: region)
    } catch {
      throw Problem(error)
    }
  }

  /// The same, for whoever must know why there is no answer.
  func exchange(
    _ call: AWSCall, as principal: String, _ credentials: Credentials?, region: String? = nil
  ) throws(CallFailure) -> Exchange {
    redactor.add(sensitive: call.parameters, call.operation.input)
    if let credentials { redactor.add(credentials) }
    var client = target.client
    if let region { client.region = region }
    let made = try client.call(call.operation, call.parameters, as: credentials)
    let decoded: DecodedResponse
    switch made.result {
    case .success(let answer): decoded = answer
    case .failure(let problem): throw .unreadable(problem.message)
    }
    if let output = call.operation.output, let answer = made.answer { redactor.add(sensitive: answer, output) }
    let record = decoded.requestID.flatMap { target.record(forRequestID: $0) }
    return Exchange(
      call: call, principal: principal, request: made.request, response: made.response, body: made.responseBytes,
      outcome: decoded.outcome, document: decoded.document, requestID: decoded.requestID,
      decision: record?.decision, record: record,
      attempts: made.attempts)
  }

  /// The presigned URL of `call`.
  /// - Parameter region: where it is not the target's.
  func link(
    _ call: AWSCall, _ credentials: Credentials, expires: Int, region: String? = nil
  ) throws(Problem) -> String {
    var client = target.client
    if let region { client.region = region }
    do throws(CallFailure) {
      return try client.presign(call.operation, call.parameters, as: credentials, expires: expires)
    } catch {
      throw Problem("the link cannot be made: \(error.message)")
    }
  }

  /// Sends a request that nobody signs.
  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(Problem) -> Exchange {
    var response: HTTPResponse
    do throws(TransportError) {
      response = try target.client.transport.send(request, to: endpoint)
    } catch {
      throw Problem("no answer: \(error)")
    }
    let body: [UInt8]
    do {
      body = try response.body.collected(limit: AWSClient.largestResponse)
    } catch {
      throw Problem("the answer cannot be read: \(error)")
    }
    response.body = .bytes(body)
    do throws(XMLError) {
      let decoded = try Self.linked.decodeResponse(response)
      let record = decoded.requestID.flatMap { target.record(forRequestID: $0) }
      return Exchange(
        call: nil, principal: nil, request: request, response: response, body: body, outcome: decoded.outcome,
        document: decoded.document, requestID: decoded.requestID,
        decision: record?.decision, record: record)
    } catch {
      throw Problem("the answer is not XML that can be read: \(error)")
    }
  }

  /// What a link leads to is read like GetObject's answer: its bytes, or an error in XML.
  static let linked = Catalogue.operation(.s3, "GetObject") ?? Operation(.s3, "GetObject", authorization: [])
}

extension Problem {
  init(_ failure: CallFailure) {
    switch failure {
    case .encoding(let error): self.init("the call cannot be written: \(error)")
    case .signing(let message): self.init("the call cannot be signed: \(message)")
    case .transport(let error) where error.kind == .untrusted:
      self.init(
        "the connection is not trusted, and nothing was sent: \(error)",
        notes: [.init("an endpoint with an authority of its own needs `ca:` in its target, a PEM file")])
    case .transport(let error): self.init("no answer: \(error)")
    case .unreadable(let message): self.init("the answer is not XML that can be read: \(message)")
    }
  }
}

extension Redactor {
  /// Keeps what a description calls sensitive out of all output.
  func add(sensitive structure: AWSStructure, _ shape: StructureShape) {
    for member in structure.members {
      guard let known = shape[member.name] else { continue }
      add(sensitive: member.value, known.shape, name: member.name)
    }
  }

  private func add(sensitive value: AWSValue, _ shape: Shape, name: String) {
    switch (value, shape) {
    case (.string(let text), .string(let constraint)):
      // A session token is not marked in AWS's models, and opens as much as a secret key.
      if constraint.isSensitive || name == "SessionToken" || name == "SecretAccessKey" { add(text) }
    case (.structure(let structure), .structure(let shape)): add(sensitive: structure, shape)
    case (.list(let elements), .list(let list)):
      for element in elements { add(sensitive: element, list.element, name: name) }
    case (.blob(.bytes(let bytes)), .blob) where name == "Base32StringSeed" || name == "QRCodePNG":
      add(String(decoding: bytes, as: UTF8.self))
      add(String(decoding: Base64Text.encode(bytes), as: UTF8.self))
    default: break
    }
  }
}
