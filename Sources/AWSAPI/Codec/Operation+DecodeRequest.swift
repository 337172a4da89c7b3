package import HTTP
import XML

extension Operation {
  /// The most bytes of a request's XML that are read.
  package static let largestDocument = 2 << 20

  /// The parameters in the form of a query service's request. Fields that AWS does not know are passed over, as it does.
  /// - Throws: ``AWSError`` where a number, a truth value or a time is none.
  package func decodeRequest(form: QueryItems) throws(AWSError) -> AWSStructure {
    try FormReader(form).structure(input)
  }

  /// The parameters of an S3 request, which was routed to this operation. An object's body is handed on as it came, also
  /// where it is a stream; XML is read from it whole.
  /// - Throws: ``AWSError`` in S3's words, where a parameter or the XML cannot be read.
  package func decodeRequest(_ request: HTTPRequest, at route: S3Route) throws(AWSError) -> AWSStructure {
    var parameters = AWSStructure(capacity: 8)
    let present = request.headers.traits
    for (index, sketch) in input.sketches.enumerated() {
      if let trait = sketch.headerTrait, present & trait == 0 { continue }
      let member = input.members[index]
      switch member.location {
      case .uri: parameters[member.name] = (member.name == "Bucket" ? route.bucket : route.key).map(AWSValue.string)
      case .query(let name):
        guard let text = route.query[name] else { continue }
        parameters[member.name] = try S3Argument(member, name: name).value(text)
      case .header(let name):
        guard let text = request.headers[name] else { continue }
        guard case .list(let list) = member.shape else {
          parameters[member.name] = try S3Argument(member, name: name).value(text)
          continue
        }
        let texts = request.headers.values(name).flatMap { $0.split(separator: ",") }.map(\.trimmingSpaces)
        parameters[member.name] = .list(texts.compactMap { AWSValue(wireText: $0, list.element) })
      case .headerPrefix(let prefix): parameters[member.name] = request.headers.map(prefix: prefix)
      case .body: parameters[member.name] = try body(request.body, member.shape)
      case .payload(let root): parameters[member.name] = try document(request.body, member.shape, root: root)
      case .element, .attribute: continue
      }
    }
    return parameters
  }

  private func body(_ body: HTTPBody, _ shape: Shape) throws(AWSError) -> AWSValue? {
    guard case .string = shape else { return .blob(body) }
    let bytes = try collected(body)
    guard !bytes.isEmpty else { return nil }
    return .string(String(decoding: bytes, as: UTF8.self))
  }

  private func document(_ body: HTTPBody, _ shape: Shape, root: String) throws(AWSError) -> AWSValue? {
    let bytes = try collected(body)
    guard !bytes.isEmpty else { return nil }
    do {
      let document = try XMLDocument(parsing: bytes)
      guard document.root.name == root else { throw malformedDocument }
      return try XMLValueReader(isStrict: true).value(document.root, shape)
    } catch {
      throw malformedDocument
    }
  }

  private func collected(_ body: HTTPBody) throws(AWSError) -> [UInt8] {
    do {
      return try body.collected(limit: Self.largestDocument)
    } catch let error as AWSError {
      throw error
    } catch is HTTPBodyTooLarge {
      throw AWSError(
        "MaxMessageLengthExceeded", "Your request was too big.", status: 400,
        fields: [.init(name: "MaxMessageLengthBytes", value: String(Self.largestDocument))])
    } catch {
      throw AWSError(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header",
        status: 400)
    }
  }

  /// S3's answer to XML that does not parse, or is not what the operation takes.
  var malformedDocument: AWSError {
    let message = "The XML you provided was not well-formed or did not validate against our published schema"
    return AWSError(name.hasSuffix("Acl") ? "MalformedACLError" : "MalformedXML", message, status: 400)
  }
}

extension HTTPHeaders {
  /// The headers whose names start with `prefix`, by the rest of the name in lower case; repeated ones are joined. `nil`
  /// where there are none.
  func map(prefix: String) -> AWSValue? {
    var values = AWSStructure()
    for field in fields where field.name.utf8.count > prefix.utf8.count && field.name.startsIgnoringASCIICase(prefix) {
      let name = String(decoding: field.name.utf8.dropFirst(prefix.utf8.count).map(\.asciiLowercased), as: UTF8.self)
      let earlier = values[name]?.string.map { $0 + "," } ?? ""
      values[name] = .string(earlier + field.value)
    }
    return values.isEmpty ? nil : .structure(values)
  }
}

extension Substring {
  var trimmingSpaces: String {
    let start = utf8.firstIndex { $0 != UInt8(ascii: " ") } ?? utf8.endIndex
    let end = utf8.lastIndex { $0 != UInt8(ascii: " ") }.map(utf8.index(after:)) ?? start
    return String(self[start..<end])
  }
}
