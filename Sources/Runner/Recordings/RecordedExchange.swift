import AWSAPI
package import HTTP
package import JSON

/// One request and its answer as a recording keeps them: readable, without secrets, with the scenario's own names and ids.
package struct RecordedExchange: Sendable {
  package var operation: String?
  package var principal: String?
  /// `iam`, `sts` or `s3`.
  package var service: String
  package var method: String
  package var target: String
  package var body: [UInt8]
  package var response: HTTPResponse

  package init(_ exchange: Exchange) {
    operation = exchange.call?.operation.qualifiedName
    principal = exchange.principal
    service = exchange.call?.operation.service.rawValue ?? Service.s3.rawValue
    method = exchange.request.method
    target = Self.withoutSignature(exchange.request.target)
    if case .bytes(let bytes) = exchange.request.body { body = bytes } else { body = [] }
    response = exchange.response
    response.body = .bytes(exchange.body)
  }

  /// The parameters of a presigned link that are not what is asked for.
  static func withoutSignature(_ target: String) -> String {
    guard let mark = target.firstIndex(of: "?") else { return target }
    let query = target[target.index(after: mark)...].split(separator: "&").filter { !$0.hasPrefix("X-Amz-") }
    return target[..<mark] + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  // MARK: JSON

  package var json: JSONValue {
    var members: [JSONMember] = []
    if let operation { members.append(JSONMember(name: "operation", value: .string(operation))) }
    if let principal { members.append(JSONMember(name: "principal", value: .string(principal))) }
    members.append(
      JSONMember(
        name: "request",
        value: .object(
          [
            JSONMember(name: "service", value: .string(service)), JSONMember(name: "method", value: .string(method)),
            JSONMember(name: "target", value: .string(target)),
          ] + Self.members(of: body))))
    let headers = response.headers.fields.map { field in
      JSONValue.array([.string(field.name), .string(field.value)])
    }
    var answer: [UInt8] = []
    if case .bytes(let bytes) = response.body { answer = bytes }
    members.append(
      JSONMember(
        name: "response",
        value: .object(
          [
            JSONMember(name: "status", value: .number(response.status)),
            JSONMember(name: "headers", value: .array(headers)),
          ] + Self.members(of: answer))))
    return .object(members)
  }

  /// Text as its lines, which read well in a diff; anything else in base64.
  private static func members(of body: [UInt8]) -> [JSONMember] {
    if body.isEmpty { return [] }
    guard let text = String(validating: body, as: UTF8.self) else {
      let encoded = String(decoding: Base64Text.encode(body), as: UTF8.self)
      return [JSONMember(name: "base64", value: .string(encoded))]
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { JSONValue.string(String($0)) }
    return [JSONMember(name: "body", value: .array(lines))]
  }

  /// - Returns: `nil` where `json` is no such thing.
  package init?(_ json: JSONValue) {
    guard let request = json["request"], let answer = json["response"],
      let service = request["service"]?.string, let method = request["method"]?.string,
      let target = request["target"]?.string, case .number(let status)? = answer["status"]?.kind,
      let status = Int(status), (100...599).contains(status), let body = Self.bytes(request),
      let answerBody = Self.bytes(answer)
    else { return nil }
    operation = json["operation"]?.string
    principal = json["principal"]?.string
    self.service = service
    self.method = method
    self.target = target
    self.body = body
    var headers = HTTPHeaders()
    for field in answer["headers"]?.array ?? [] {
      guard let pair = field.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
        return nil
      }
      headers.append(name, value)
    }
    response = HTTPResponse(status: status, headers: headers, body: .bytes(answerBody))
  }

  private static func bytes(_ json: JSONValue) -> [UInt8]? {
    if let encoded = json["base64"]?.string { return Base64Text.decode(encoded) }
    guard let lines = json["body"]?.array else { return [] }
    return Array(lines.map { $0.string ?? "" }.joined(separator: "\n").utf8)
  }
}
