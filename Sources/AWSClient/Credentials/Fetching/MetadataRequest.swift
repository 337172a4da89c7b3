import HTTP

/// A URL taken apart into where it leads and what is asked for there.
struct MetadataURL {
  var endpoint: Endpoint
  var target: String

  /// `nil` where `url` is no `http` or `https` URL, or names a user.
  init?(_ url: String) {
    guard let scheme = ["http://", "https://"].first(where: url.hasPrefix) else { return nil }
    let rest = url.dropFirst(scheme.count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
    guard let endpoint = Endpoint(url: scheme + rest[..<end]) else { return nil }
    let path = rest[end...].prefix { $0 != "#" }
    self.endpoint = endpoint
    target = path.hasPrefix("/") ? String(path) : "/" + path
  }
}

/// A small request to a service on this machine or beside it.
struct MetadataRequest {
  var method = "GET"
  var url: MetadataURL
  var headers: [(name: String, value: String)] = []

  /// The answer's status and body.
  func send(by transport: any Transport) throws(TransportError) -> (status: Int, body: [UInt8]) {
    var headers = HTTPHeaders()
    headers.append("Host", url.endpoint.authority)
    for header in self.headers { headers.append(header.name, header.value) }
    let request = HTTPRequest(method: method, target: url.target, headers: headers)
    let response = try transport.send(request, to: url.endpoint)
    do {
      return (response.status, try response.body.collected(limit: CredentialDocument.largest))
    } catch {
      throw TransportError(.tooLarge, "the answer has more than \(CredentialDocument.largest) bytes")
    }
  }
}
