import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import HTTP
import SigV4
import XML

/// Makes calls on a target: encodes, signs, sends, and reads the answer.
struct Caller: Sendable {
  let target: any Target
  let redactor: Redactor

  /// The most bytes of an object that a step holds.
  private static let largestBody = 64 << 20

  /// - Parameter credentials: `nil` to send the request without a signature.
  func call(_ call: AWSCall, as principal: String, _ credentials: Credentials?) throws(Problem) -> Exchange {
    redactor.add(sensitive: call.parameters, call.operation.input)
    var request: HTTPRequest
    do throws(RequestEncodingError) {
      request = try call.operation.encodeRequest(call.parameters, host: target.host(for: call.operation.service))
    } catch {
      throw Problem("the call cannot be written: \(error)")
    }
    // As every client of AWS does by itself; a server tells from its own end of the connection.
    request.connection.isSecure = true
    if let credentials {
      redactor.add(credentials)
      do {
        request = try signer(credentials, call.operation.service).sign(request, at: target.now)
      } catch {
        throw Problem("the call cannot be signed: \(error)")
      }
    }
    return try send(request, as: principal, call)
  }

  /// The presigned URL of `call`.
  func link(_ call: AWSCall, _ credentials: Credentials, expires: Int) throws(Problem) -> String {
    do throws(RequestEncodingError) {
      let service = call.operation.service
      let request = try call.operation.encodeRequest(call.parameters, host: target.host(for: service))
      let signed = signer(credentials, service).presign(request, at: target.now, expires: expires)
      return "https://\(target.host(for: service))\(signed.target)"
    } catch {
      throw Problem("the link cannot be made: \(error)")
    }
  }

  func send(_ request: HTTPRequest, as principal: String?, _ call: AWSCall? = nil) throws(Problem) -> Exchange {
    var response: HTTPResponse
    do throws(TransportError) {
      response = try target.send(request)
    } catch {
      throw Problem("no answer: \(error)")
    }
    let body: [UInt8]
    do {
      body = try response.body.collected(limit: Self.largestBody)
    } catch {
      throw Problem("the answer cannot be read: \(error)")
    }
    response.body = .bytes(body)
    let decoded: DecodedResponse
    do throws(XMLError) {
      // What a link leads to is read like GetObject's answer: its bytes, or an error in XML.
      decoded = try Self.reading(call).decodeResponse(response)
    } catch {
      throw Problem("the answer is not XML that can be read: \(error)")
    }
    if let call, let output = call.operation.output, case .success(let answer) = decoded.outcome {
      redactor.add(sensitive: answer, output)
    }
    let record = decoded.requestID.flatMap { target.record(forRequestID: $0) }
    return Exchange(
      call: call, principal: principal, request: request, response: response, body: body, outcome: decoded.outcome,
      document: decoded.document, requestID: decoded.requestID,
      decision: record?.decision ?? decoded.requestID.flatMap { target.decision(forRequestID: $0) }, record: record)
  }

  private static func reading(_ call: AWSCall?) -> Operation {
    call?.operation ?? Catalogue.operation(.s3, "GetObject") ?? Operation(.s3, "GetObject", authorization: [])
  }

  private func signer(_ credentials: Credentials, _ service: Service) -> Signer {
    Signer(credentials: credentials, region: target.region, service: service.rawValue)
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
