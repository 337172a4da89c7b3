package import HTTP
import XML

extension Operation {
  /// The request that makes this call, not signed yet.
  ///
  /// Parameters are not validated: what AWS is to refuse must reach it. S3 is addressed path-style.
  /// - Parameter host: the `Host` header, with the port where it is not the scheme's own.
  /// - Throws: ``RequestEncodingError`` where a parameter is unknown, is of a kind that cannot be written, or is missing
  ///   in the path.
  package func encodeRequest(_ parameters: AWSStructure, host: String) throws(RequestEncodingError) -> HTTPRequest {
    try checkKinds(parameters)
    guard let binding else { return queryRequest(parameters, host: host) }
    return try restRequest(parameters, binding, host: host)
  }

  private func queryRequest(_ parameters: AWSStructure, host: String) -> HTTPRequest {
    var form = FormWriter(self)
    form.write(parameters, input)
    return HTTPRequest(
      method: "POST", target: "/",
      headers: ["Host": host, "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
      body: .bytes(form.bytes))
  }

  private func restRequest(
    _ parameters: AWSStructure, _ binding: RESTBinding, host: String
  ) throws(RequestEncodingError) -> HTTPRequest {
    var request = HTTPRequest(method: binding.method, target: "", headers: ["Host": host])
    var query = binding.selector.joined(separator: "&")
    for member in parameters.members {
      guard let known = input[member.name] else { continue }
      switch known.location {
      case .uri, .attribute, .element: continue
      case .query(let name):
        if !query.isEmpty { query += "&" }
        query += PercentEncoding.encode(name) + "=" + PercentEncoding.encode(member.value.headerText(known.shape))
      case .header(let name):
        try append(name, member.value.headerText(known.shape), of: member.name, to: &request.headers)
      case .headerPrefix(let prefix):
        for entry in member.value.structure?.members ?? [] {
          try append(prefix + entry.name, entry.value.string ?? "", of: member.name, to: &request.headers)
        }
      case .body: request.body = member.value.body
      case .payload(let root):
        var writer = XMLWriter(unrepresentable: .characterReference)
        writer.write(
          member.value, known.shape, named: root, namespace: service.xmlNamespace, encodingPolicies: false)
        request.body = .bytes(writer.bytes)
        request.headers.append("Content-Type", "application/xml")
      }
    }
    request.target = try path(parameters, binding.target)
    if !query.isEmpty { request.target += "?" + query }
    if binding.needsChecksum { addChecksum(to: &request) }
    return request
  }

  private func path(_ parameters: AWSStructure, _ target: RESTBinding.Target) throws(RequestEncodingError) -> String {
    guard target != .service else { return "/" }
    guard let bucket = parameters["Bucket"]?.string, !bucket.isEmpty else {
      throw failure("Bucket", "is missing, without which there is no path")
    }
    let path = "/" + PercentEncoding.encode(bucket)
    guard target == .object else { return path }
    guard let key = parameters["Key"]?.string, !key.isEmpty else {
      throw failure("Key", "is missing, without which there is no path")
    }
    return path + "/" + PercentEncoding.encode(key, keeping: "/")
  }

  private func append(
    _ name: String, _ value: String, of parameter: String, to headers: inout HTTPHeaders
  ) throws(RequestEncodingError) {
    guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }),
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") })
    else { throw failure(parameter, "cannot be a header: it has control characters") }
    headers.append(name, value)
  }

  /// What a client library adds where S3 insists on a checksum and none is given. Where another algorithm than ours is
  /// asked for, the checksum is left to whoever asked.
  private func addChecksum(to request: inout HTTPRequest) {
    guard case .bytes(let bytes) = request.body, request.headers["Content-MD5"] == nil,
      request.headers["x-amz-sdk-checksum-algorithm"] ?? "CRC32" == "CRC32",
      !request.headers.fields.contains(where: { $0.name.hasPrefix("x-amz-checksum-") })
    else { return }
    request.headers["x-amz-sdk-checksum-algorithm"] = "CRC32"
    request.headers.append("x-amz-checksum-crc32", CRC32.base64(of: bytes))
  }
}

extension AWSValue {
  /// The value as a header or query parameter; a list is its elements with commas between.
  func headerText(_ shape: Shape) -> String {
    if case .list(let elements) = self, case .list(let list) = shape {
      return elements.map { $0.headerText(list.element) }.joined(separator: ",")
    }
    return wireText(shape) ?? ""
  }

  /// The value as a whole body.
  var body: HTTPBody {
    switch self {
    case .blob(let body): body
    case .string(let text): .bytes(Array(text.utf8))
    default: .bytes(Array((wireText(.string) ?? "").utf8))
    }
  }
}
