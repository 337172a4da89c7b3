import HTTP

/// The head of a request: what it says, and how its body ends.
struct RequestHead: Sendable {
  var method: String
  var target: String
  var headers: HTTPHeaders
  /// Whether the client speaks HTTP/1.1 rather than 1.0.
  var isCurrent: Bool
  var framing: BodyFraming
  /// Whether the client wants the connection kept.
  var keepsAlive: Bool
  /// Whether the client holds the body back until it is told to go on.
  var expectsContinue: Bool
}

/// How a body's end is found.
enum BodyFraming: Sendable, Hashable {
  case length(Int64)
  case chunked
}

extension RequestHead {
  /// Takes a whole head apart, strictly: what two readers could understand differently is refused.
  ///
  /// Source: RFC 9112, sections 2 to 7, and its appendix on request smuggling.
  /// - Parameter bytes: the request line and the fields, each with its line end, without the empty line.
  init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ServerLimits) throws(RequestFailure) {
    var lines = HeadLines(bytes)
    guard let requestLine = lines.next() else { throw RequestFailure("There is no request line.") }
    let words = try RequestLine(requestLine)
    var fields = FieldReader()
    while let line = lines.next() { try fields.read(line, limits: limits) }

    method = words.method
    target = words.target
    isCurrent = words.isCurrent
    headers = HTTPHeaders(fields.fields)
    framing = try fields.framing(isCurrent: isCurrent, limits: limits)
    keepsAlive = fields.connection.map { $0.keepsAlive(default: words.isCurrent) } ?? words.isCurrent
    expectsContinue = isCurrent && fields.expectsContinue
    guard fields.hosts == 1 || (fields.hosts == 0 && !isCurrent) else {
      throw RequestFailure("A request has one Host.")
    }
    if let authority = words.authority, let host = headers["Host"], !authority.equalsIgnoringASCIICase(host) {
      throw RequestFailure("Target and Host name different hosts.")
    }
  }
}

/// The lines of a head, without their ends.
private struct HeadLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var start = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    let end = bytes.end(before: UInt8(ascii: "\n"), from: start)
    guard end < bytes.count else { return nil }
    defer { start = end + 1 }
    return bytes.part(start..<(end - 1))
  }
}

/// The first line of a request.
private struct RequestLine {
  var method: String
  var target: String
  var isCurrent: Bool
  /// The host of a target that is a whole URL, as proxies are sent.
  var authority: String?

  private static let longestMethod = 16

  init(_ line: UnsafeBufferPointer<UInt8>) throws(RequestFailure) {
    let space = UInt8(ascii: " ")
    guard let first = line.firstIndex(of: space), let last = line.lastIndex(of: space), first < last else {
      throw RequestFailure("The request line is not a method, a target and a version.")
    }
    let name = line[..<first]
    guard !name.isEmpty, name.count <= Self.longestMethod, name.allSatisfy(\.isTokenCharacter) else {
      throw RequestFailure("The method is malformed.")
    }
    method = String(decoding: name, as: UTF8.self)
    let version = line.part((last + 1)...)
    if version.isText("HTTP/1.1") {
      isCurrent = true
    } else if version.isText("HTTP/1.0") {
      isCurrent = false
    } else if version.starts(with: "HTTP/".utf8) {
      throw RequestFailure(505, "This is a server for HTTP/1.1.")
    } else {
      throw RequestFailure("The request line is not a method, a target and a version.")
    }
    let wanted = line.part((first + 1)..<last)
    guard wanted.isPrintable, !wanted.contains(space) else {
      throw RequestFailure("The target has bytes that must be percent-encoded.")
    }
    target = String(decoding: wanted, as: UTF8.self)
    try takeAuthority()
  }

  /// Splits `http://host/path`.
  private mutating func takeAuthority() throws(RequestFailure) {
    guard target.utf8.first != UInt8(ascii: "/") else { return }
    guard target != "*" else { return }
    guard let scheme = ["http://", "https://"].first(where: { target.hasPrefix($0) }) else {
      throw RequestFailure("The target is neither a path nor a URL.")
    }
    let rest = target.dropFirst(scheme.utf8.count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    authority = String(rest[..<end])
    let path = rest[end...]
    target = path.hasPrefix("/") ? String(path) : "/" + path
  }
}
