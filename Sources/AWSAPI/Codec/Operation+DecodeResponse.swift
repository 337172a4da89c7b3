package import HTTP
package import XML

/// An answer as it was understood.
package struct DecodedResponse: Sendable {
  /// What the call gave: the members of the answer, or the error.
  package var outcome: Result<AWSStructure, AWSError>
  /// The XML, of answers and of errors, for XPath; `nil` where there was none.
  package var document: XMLDocument?
  /// The id that AWS gave the request, where it said one.
  package var requestID: String?
}

extension Operation {
  /// The most bytes of an answer's XML that are read.
  package static let largestAnswer = 16 << 20

  /// Reads an answer. The payload of GetObject is handed on as it came, also where it is a stream; XML is read whole.
  /// - Throws: ``XMLError`` where the body should be XML and is not, is too large, or ends early.
  package func decodeResponse(_ response: HTTPResponse) throws(XMLError) -> DecodedResponse {
    let requestID = response.headers["x-amzn-RequestId"] ?? response.headers["x-amz-request-id"]
    guard response.status < 300 else { return try decodeError(response, requestID) }
    guard let binding else {
      let document = try Self.document(response)
      let result = document?.root["\(name)Result"]
      let answer = try result.flatMap { result throws(XMLError) in
        try output.map { output throws(XMLError) in try Self.read(result, output, decodingPolicies: true) }
      }
      return DecodedResponse(
        outcome: .success(answer ?? [:]), document: document,
        requestID: requestID ?? document?.root["ResponseMetadata"]?["RequestId"]?.text)
    }
    return try decodeREST(response, binding, requestID)
  }

  private func decodeREST(
    _ response: HTTPResponse, _ binding: RESTBinding, _ requestID: String?
  ) throws(XMLError) -> DecodedResponse {
    var answer = AWSStructure()
    let hasXML =
      binding.root != nil || output?.members.contains { if case .payload = $0.location { true } else { false } } == true
    let document = hasXML ? try Self.document(response) : nil
    // S3 sends the head of a copy's answer before it knows the outcome, so an error may come with status 200.
    if let root = document?.root, root.name == "Error" {
      return DecodedResponse(
        outcome: .failure(AWSError(s3: root, status: 500)), document: document, requestID: requestID)
    }
    if let root = document?.root, binding.root != nil, let output {
      answer = try Self.read(root, output, decodingPolicies: false)
    }
    for member in output?.members ?? [] {
      switch member.location {
      case .header(let name):
        guard let text = response.headers[name] else { continue }
        answer[member.name] = AWSValue(wireText: text, member.shape) ?? .string(text)
      case .headerPrefix(let prefix): answer[member.name] = response.headers.map(prefix: prefix)
      case .body:
        guard case .string = member.shape else {
          answer[member.name] = .blob(response.body)
          continue
        }
        answer[member.name] = .string(String(decoding: try Self.collected(response.body), as: UTF8.self))
      case .payload:
        guard let root = document?.root else { continue }
        answer[member.name] = try Self.reading { reader throws(XMLValueReader.Mismatch) in
          try reader.value(root, member.shape)
        }
      case .element, .attribute, .uri, .query: continue
      }
    }
    return DecodedResponse(outcome: .success(answer), document: document, requestID: requestID)
  }

  private func decodeError(_ response: HTTPResponse, _ requestID: String?) throws(XMLError) -> DecodedResponse {
    let bytes = try Self.collected(response.body)
    let nameless = AWSError(
      String(response.status), HTTPStatusPhrase.text(response.status), status: response.status,
      headers: response.headers)
    // An answer to HEAD has no body; a proxy's may be HTML.
    guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "<"),
      response.headers["Content-Type"]?.hasPrefix("text/html") != true
    else { return DecodedResponse(outcome: .failure(nameless), document: nil, requestID: requestID) }
    let document = try XMLDocument(parsing: bytes)
    let root = document.root
    var error = nameless
    if root.name == "ErrorResponse", let element = root["Error"] {
      error.code = element["Code"]?.text ?? error.code
      error.message = element["Message"]?.text ?? ""
    } else if root.name == "Error" {
      error = AWSError(s3: root, status: response.status, headers: response.headers)
    }
    return DecodedResponse(
      outcome: .failure(error), document: document, requestID: requestID ?? root["RequestId"]?.text)
  }

  private static func document(_ response: HTTPResponse) throws(XMLError) -> XMLDocument? {
    let bytes = try collected(response.body)
    return bytes.isEmpty ? nil : try XMLDocument(parsing: bytes)
  }

  private static func collected(_ body: HTTPBody) throws(XMLError) -> [UInt8] {
    do {
      return try body.collected(limit: largestAnswer)
    } catch {
      throw XMLError("the answer's body could not be read: \(error)")
    }
  }

  private static func read(
    _ element: XMLElement, _ shape: StructureShape, decodingPolicies: Bool
  ) throws(XMLError) -> AWSStructure {
    try reading(decodingPolicies) { reader throws(XMLValueReader.Mismatch) in try reader.structure(element, shape) }
  }

  private static func reading<Value>(
    _ decodingPolicies: Bool = false, _ read: (XMLValueReader) throws(XMLValueReader.Mismatch) -> Value
  ) throws(XMLError) -> Value {
    do throws(XMLValueReader.Mismatch) {
      return try read(XMLValueReader(isStrict: false, decodingPolicies: decodingPolicies))
    } catch {
      throw XMLError(error.message, line: error.line)
    }
  }
}

extension AWSError {
  /// The error in S3's `<Error>` element; what is not of every error goes into the fields.
  fileprivate init(s3 element: XMLElement, status: Int, headers: HTTPHeaders = [:]) {
    let common: Set = ["Code", "Message", "RequestId", "HostId"]
    self.init(
      element["Code"]?.text ?? String(status), element["Message"]?.text ?? "", status: status,
      fields: element.elements.filter { !common.contains($0.name) }.map { Field(name: $0.name, value: $0.text) },
      headers: headers)
  }
}
