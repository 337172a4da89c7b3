import HTTP
import Synchronization
import Testing

@testable import AWSClient

@Suite("The transport over libcurl") struct CurlTransportTests {
  private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

  private func exchange(
    _ request: HTTPRequest, answer: RawServer.Answer = .bytes(Self.ok), settings: CurlSettings = CurlSettings()
  ) throws -> (sent: String, response: Result<HTTPResponse, TransportError>) {
    let server = try RawServer(answering: answer)
    defer { server.stop() }
    let transport = CurlTransport(settings)
    let endpoint = Endpoint(.http, host: "127.0.0.1", port: server.port)
    let response: Result<HTTPResponse, TransportError>
    do throws(TransportError) {
      response = .success(try transport.send(request, to: endpoint))
    } catch {
      response = .failure(error)
    }
    return (server.received.first ?? "", response)
  }

  @Test(
    "the target that was signed is the target that is sent",
    arguments: [
      "/", "/a/./b", "/a/../b", "//double//slash", "/%2F%2e%2E/x", "/plus+and%20space", "/~!$&'()*,;=:@", "/%FF%00",
      "/[a]|^{b}\"<>", "/path?", "/path?a=1&a=2&&b", "/path?x=a?b", "/hash#tag?still=path",
      "/a?list-type=2&prefix=..%2F",
    ])
  func targets(target: String) throws {
    let (sent, response) = try exchange(HTTPRequest(method: "GET", target: target, headers: ["Host": "h"]))
    #expect(try response.get().status == 200)
    #expect(sent == "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
  }

  @Test("headers keep their spelling, order and repetitions, and none is added")
  func requestHeaders() throws {
    var headers: HTTPHeaders = ["Host": "example.s3.amazonaws.com", "x-amz-Date": "now", "X-A": "1"]
    headers.append("x-a", "2")
    headers.append("X-Empty", "")
    let (sent, _) = try exchange(HTTPRequest(method: "DELETE", target: "/key", headers: headers))
    #expect(
      sent == "DELETE /key HTTP/1.1\r\nHost: example.s3.amazonaws.com\r\nx-amz-Date: now\r\nX-A: 1\r\nx-a: 2\r\n"
        + "X-Empty:\r\n\r\n")
  }

  @Test("response headers keep their spelling and repetitions; interim answers and trailers leave nothing")
  func responseHeaders() throws {
    let answer =
      "HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\nHTTP/1.1 404 Not Found\r\nETag: \"a\"\r\nx-dup: 1\r\nX-Dup:  2 \r\n"
      + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Trailer: t\r\n\r\n"
    let (_, result) = try exchange(
      HTTPRequest(method: "GET", target: "/", headers: ["Host": "h"]), answer: .bytes(answer))
    let response = try result.get()
    #expect(response.status == 404)
    #expect(response.headers.fields.map(\.name) == ["ETag", "x-dup", "X-Dup", "Transfer-Encoding"])
    #expect(response.headers.values("x-dup") == ["1", "2"])
    #expect(try response.body.collected() == Array("abc".utf8))
  }

  @Test("a redirect and a compressed body are handed on as they came")
  func nothingIsFollowedOrDecoded() throws {
    let answer =
      "HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1F}abc"
    let (_, result) = try exchange(
      HTTPRequest(method: "GET", target: "/", headers: ["Host": "h"]), answer: .bytes(answer))
    let response = try result.get()
    #expect(response.status == 301)
    #expect(try response.body.collected() == Array("\u{1F}abc".utf8))
  }

  @Test("HEAD has a length and no body")
  func head() throws {
    let (sent, result) = try exchange(
      HTTPRequest(method: "HEAD", target: "/bucket", headers: ["Host": "h"]),
      answer: .bytes("HTTP/1.1 403 Forbidden\r\nContent-Length: 243\r\n\r\n"))
    #expect(sent == "HEAD /bucket HTTP/1.1\r\nHost: h\r\n\r\n")
    let response = try result.get()
    #expect(response.status == 403)
    #expect(response.headers["content-length"] == "243")
    #expect(try response.body.collected().isEmpty)
  }

  @Test("a PUT or POST without a body says so", arguments: ["PUT", "POST"])
  func emptyUpload(method: String) throws {
    let (sent, result) = try exchange(HTTPRequest(method: method, target: "/bucket", headers: ["Host": "h"]))
    #expect(try result.get().status == 200)
    #expect(sent == "\(method) /bucket HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
  }

  @Test("a large body is sent at once, without Expect")
  func upload() throws {
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
    let (sent, result) = try exchange(
      HTTPRequest(
        method: "PUT", target: "/k", headers: ["Host": "h", "Content-Type": "text/plain"], body: .bytes(body)))
    #expect(try result.get().status == 200)
    #expect(
      sent.hasPrefix("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 3145728\r\n\r\nxxx"))
    #expect(sent.utf8.count(where: { $0 == UInt8(ascii: "x") }) >= body.count)
  }

  @Test("a streamed body of known length")
  func stream() throws {
    let stream = Pieces(["one ", "two ", "three"])
    let (sent, result) = try exchange(
      HTTPRequest(method: "POST", target: "/", headers: ["Host": "h"], body: .stream(stream)))
    #expect(try result.get().status == 200)
    #expect(sent == "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 13\r\n\r\none two three")
  }

  @Test("connections are kept")
  func reuse() throws {
    let server = try RawServer(answering: .bytes(Self.ok))
    defer { server.stop() }
    let transport = CurlTransport()
    for _ in 0..<5 {
      let request = HTTPRequest(method: "GET", target: "/", headers: ["Host": "h"])
      _ = try transport.send(request, to: Endpoint(.http, host: "127.0.0.1", port: server.port))
    }
    #expect(server.received.count == 5)
    #expect(server.connections == 1)
  }

  @Test(
    "what cannot be sent as it is, is not sent",
    arguments: [
      HTTPRequest(method: "GET", target: "/a b"), HTTPRequest(method: "GET", target: "/é"),
      HTTPRequest(method: "GET", target: ""), HTTPRequest(method: "GET\r\nX: y", target: "/"),
      HTTPRequest(method: "GET", target: "/", headers: ["X": "a\r\nY: b"]),
      HTTPRequest(method: "GET", target: "/", headers: ["X:": "a"]),
      HTTPRequest(method: "GET", target: "/", headers: ["": "a"]),
    ])
  func unsendable(request: HTTPRequest) throws {
    let (sent, result) = try exchange(request)
    #expect(sent.isEmpty)
    #expect(throws: TransportError.self) { try result.get() }
  }
}

@Suite("What goes wrong on the way") struct CurlFailureTests {
  private func failure(
    _ answer: RawServer.Answer, _ settings: CurlSettings = CurlSettings()
  ) throws -> TransportError? {
    let server = try RawServer(answering: answer)
    defer { server.stop() }
    do throws(TransportError) {
      _ = try CurlTransport(settings).send(
        HTTPRequest(method: "GET", target: "/", headers: ["Host": "h"]),
        to: Endpoint(.http, host: "127.0.0.1", port: server.port))
      return nil
    } catch {
      return error
    }
  }

  @Test("an answer above the bound")
  func tooLarge() throws {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345"
    #expect(try failure(.bytes(answer), CurlSettings(largestResponse: 4))?.kind == .tooLarge)
    #expect(try failure(.bytes(answer), CurlSettings(largestResponse: 5)) == nil)
  }

  @Test("headers above the bound")
  func tooManyHeaders() throws {
    let header = "X-Long: " + String(repeating: "y", count: 60_000) + "\r\n"
    let answer = "HTTP/1.1 200 OK\r\n" + String(repeating: header, count: 6) + "\r\n"
    #expect(try failure(.closing(answer))?.kind == .tooLarge)
  }

  @Test("a server that says nothing")
  func silence() throws {
    let settings = CurlSettings(connectTimeout: .seconds(1), totalTimeout: .milliseconds(150))
    #expect(try failure(.silence, settings)?.kind == .timedOut)
  }

  @Test("a body that ends early, and a connection that does")
  func broken() throws {
    #expect(try failure(.closing("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"))?.kind == .broken)
    #expect(try failure(.closing(""))?.kind == .broken)
  }

  @Test("nobody listens")
  func refused() throws {
    let server = try RawServer(answering: .silence)
    server.stop()
    #expect(throws: TransportError.self) {
      try CurlTransport().send(
        HTTPRequest(method: "GET", target: "/"), to: Endpoint(.http, host: "127.0.0.1", port: server.port))
    }
  }
}

@Suite("libcurl, loaded when it is needed") struct CurlLibraryTests {
  @Test("the first name that is there is taken")
  func isThere() throws {
    #expect(throws: Never.self) { try CurlLibrary(named: ["libcurl-of-nobody.so.4", "libcurl.so.4"]) }
  }

  @Test("a machine without it is told what to install, and why it was not found")
  func isMissing() {
    let error = #expect(throws: TransportError.self) { try CurlLibrary(named: ["libcurl-of-nobody.so.4"]) }
    #expect(error?.message.hasPrefix("calls over the network need libcurl (Debian's package libcurl4): ") == true)
    #expect(error?.message.contains("libcurl-of-nobody.so.4: cannot open shared object file") == true)
  }

  @Test("a library that is none of its kind is refused")
  func isAnother() {
    let error = #expect(throws: TransportError.self) { try CurlLibrary(named: ["libc.so.6"]) }
    #expect(error?.message.contains("undefined symbol: curl_global_init") == true)
  }
}

/// A body that comes in pieces.
private final class Pieces: HTTPBodyStream {
  let length: Int64?
  private let pieces: Mutex<[String]>

  init(_ pieces: [String]) {
    length = Int64(pieces.reduce(0) { $0 + $1.utf8.count })
    self.pieces = Mutex(pieces)
  }

  func next() -> [UInt8]? {
    pieces.withLock { $0.isEmpty ? nil : Array($0.removeFirst().utf8) }
  }
}
