package import HTTP
import XML

extension AWSError {
  /// The error as `service` sends it.
  /// - Parameter isHead: an answer to HEAD has no body, so the client learns the status alone.
  package func response(_ service: Service, stamp: ResponseStamp, isHead: Bool = false) -> HTTPResponse {
    var response = HTTPResponse(status: status, headers: stamp.headers(service))
    for field in headers.fields { response.headers.append(field.name, field.value) }
    // Neither has an answer that says the client's copy is still good.
    guard !isHead, status != 304 else { return response }
    response.headers.append("Content-Type", service == .s3 ? "application/xml" : "text/xml")
    response.body = .bytes(service == .s3 ? s3Document(stamp) : queryDocument(service, stamp))
    return response
  }

  private func queryDocument(_ service: Service, _ stamp: ResponseStamp) -> [UInt8] {
    var writer = XMLWriter()
    writer.element("ErrorResponse", attributes: [("xmlns", service.xmlNamespace)]) { writer in
      writer.element("Error") { writer in
        writer.element("Type", text: status < 500 ? "Sender" : "Receiver")
        writer.element("Code", text: code)
        writer.element("Message", text: message)
      }
      writer.element("RequestId", text: stamp.requestID)
    }
    return writer.bytes
  }

  private func s3Document(_ stamp: ResponseStamp) -> [UInt8] {
    var writer = XMLWriter(unrepresentable: .characterReference)
    writer.declaration()
    writer.element("Error") { writer in
      writer.element("Code", text: code)
      writer.element("Message", text: message)
      for field in fields { writer.element(field.name, text: field.value) }
      writer.element("RequestId", text: stamp.requestID)
      writer.element("HostId", text: stamp.hostID)
    }
    return writer.bytes
  }
}
