import AWSAPI
import HTTP
import XML

/// Turns what a target answered into the scenario's own names and ids, so that the same expectations and transcripts hold
/// on every target.
package struct Canonicalizer: Sendable {
  let text: TextReplacement

  /// Larger bodies are objects, not answers.
  private static let largestText = 4 << 20

  package func apply(_ text: String) -> String { self.text.apply(text) }

  /// `exchange` as it would read if the scenario's own names and ids had been used.
  func apply(_ exchange: Exchange) -> Exchange {
    var response = exchange.response
    // Servers repeat headers, and a header that is set by its name would lose the second one.
    response.headers = HTTPHeaders(
      exchange.response.headers.fields.map { .init(name: $0.name, value: text.apply($0.value)) })
    var body = exchange.body
    if exchange.body.count <= Self.largestText, let canonical = canonicalBody(exchange) {
      body = canonical
      response.body = .bytes(canonical)
    }
    let operation = exchange.call?.operation ?? Caller.linked
    let decoded = try? operation.decodeResponse(response)
    return Exchange(
      call: exchange.call.map { AWSCall(operation: $0.operation, parameters: apply($0.parameters)) },
      principal: exchange.principal, request: apply(exchange.request), response: response, body: body,
      outcome: decoded?.outcome ?? exchange.outcome, document: decoded?.document ?? exchange.document,
      requestID: exchange.requestID, decision: exchange.decision, record: exchange.record, attempts: exchange.attempts)
  }

  private func canonicalBody(_ exchange: Exchange) -> [UInt8]? {
    let untagged = exchange.document == nil ? nil : RunTag.removed(from: exchange.body)
    let body = untagged ?? exchange.body
    guard String(validating: body, as: UTF8.self) != nil else { return nil }
    return text.apply(body) ?? untagged
  }

  private func apply(_ request: HTTPRequest) -> HTTPRequest {
    var result = request
    result.target = text.apply(request.target)
    if case .bytes(let bytes) = request.body, bytes.count <= Self.largestText, let body = text.apply(bytes) {
      result.body = .bytes(body)
    }
    return result
  }

  private func apply(_ structure: AWSStructure) -> AWSStructure {
    AWSStructure(structure.members.map { .init(name: $0.name, value: apply($0.value)) })
  }

  private func apply(_ value: AWSValue) -> AWSValue {
    switch value {
    case .string(let string): .string(text.apply(string))
    case .list(let elements): .list(elements.map { apply($0) })
    case .structure(let structure): .structure(apply(structure))
    case .integer, .boolean, .timestamp, .blob: value
    }
  }
}

/// The run's tag in lists of tags, which no scenario put there.
enum RunTag {
  static func removed(from bytes: [UInt8]) -> [UInt8]? {
    var body = String(decoding: bytes, as: UTF8.self)
    var isChanged = false
    while let key = body.range(ofText: "<Key>\(RunID.tagKey)</Key>") {
      let opening = [("<member>", "</member>"), ("<Tag>", "</Tag>")].compactMap { tags in
        body[..<key.lowerBound].lastRange(ofText: tags.0).map { (start: $0.lowerBound, end: tags.1) }
      }.max { $0.start < $1.start }
      guard let opening, let close = body[key.upperBound...].range(ofText: opening.end) else { break }
      body.removeSubrange(opening.start..<close.upperBound)
      isChanged = true
    }
    guard isChanged else { return nil }
    // Where no tags are left AWS leaves the list out, but for GetPolicy, which tells of an empty one.
    if body.range(ofText: "<GetPolicyResponse") == nil {
      for empty in ["<Tags></Tags>", "<Tags/>"] {
        while let range = body.range(ofText: empty) { body.removeSubrange(range) }
      }
    }
    return Array(body.utf8)
  }
}

extension StringProtocol {
  /// Where `needle` stands last, byte for byte.
  func lastRange(ofText needle: String) -> Range<Index>? {
    var found: Range<Index>?
    var start = startIndex
    while let next = self[start...].range(ofText: needle) {
      found = next
      start = next.upperBound
    }
    return found
  }
}
