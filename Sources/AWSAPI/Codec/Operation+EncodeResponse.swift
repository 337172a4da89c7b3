package import HTTP
import XML

extension Operation {
  /// The answer as AWS sends it: members in its order, those that `answer` does not have left out.
  /// - Parameters:
  ///   - status: where it differs from the operation's own (206, 304).
  ///   - headers: headers besides those that members become.
  package func encodeResponse(
    _ answer: AWSStructure, status: Int? = nil, headers: HTTPHeaders = [:], stamp: ResponseStamp
  ) -> HTTPResponse {
    assert(
      answer.members.allSatisfy { output?[$0.name] != nil },
      "\(qualifiedName) answers what it has no member for: \(answer)")
    var response = HTTPResponse(status: status ?? binding?.status ?? 200, headers: stamp.headers(service))
    for field in headers.fields { response.headers.append(field.name, field.value) }
    if let binding {
      encode(answer, binding, into: &response)
    } else {
      response.headers.append("Content-Type", "text/xml")
      response.body = .bytes(queryDocument(answer, stamp))
    }
    return response
  }

  private func queryDocument(_ answer: AWSStructure, _ stamp: ResponseStamp) -> [UInt8] {
    var writer = XMLWriter()
    writer.element("\(name)Response", attributes: [("xmlns", service.xmlNamespace)]) { writer in
      if let output {
        writer.element("\(name)Result") { $0.write(answer, output, encodingPolicies: true) }
      }
      writer.element("ResponseMetadata") { $0.element("RequestId", text: stamp.requestID) }
    }
    return writer.bytes
  }

  private func encode(_ answer: AWSStructure, _ binding: RESTBinding, into response: inout HTTPResponse) {
    guard let output else { return }
    // Most of what an operation may answer is not there.
    var left = answer.members.count
    for (index, sketch) in output.sketches.enumerated() where left > 0 && answer.traits & sketch.nameTrait != 0 {
      let member = output.members[index]
      guard let value = answer[member.name] else { continue }
      left -= 1
      switch member.location {
      case .header(let name): response.headers.append(name, value.headerText(member.shape))
      case .headerPrefix(let prefix):
        for entry in value.structure?.members ?? [] {
          response.headers.append(prefix + entry.name, entry.value.string ?? "")
        }
      case .body:
        response.body = value.body
        if case .string = member.shape { response.headers.append("Content-Type", "application/json") }
      case .payload(let root):
        respond(&response) {
          $0.write(value, member.shape, named: root, namespace: service.xmlNamespace, encodingPolicies: false)
        }
      case .element, .attribute, .uri, .query: continue
      }
    }
    guard let root = binding.root else { return }
    respond(&response) { writer in
      writer.element(root, attributes: [("xmlns", service.xmlNamespace)]) {
        $0.write(answer, output, encodingPolicies: false)
      }
    }
  }

  private func respond(_ response: inout HTTPResponse, _ write: (inout XMLWriter) -> Void) {
    var writer = XMLWriter(unrepresentable: .characterReference)
    writer.declaration()
    write(&writer)
    response.headers.append("Content-Type", "application/xml")
    response.body = .bytes(writer.bytes)
  }
}
