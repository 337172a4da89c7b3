import HTTP
import Testing

@testable import HTTPServer

@Suite struct HeadTests {
  @Test(arguments: [1, 2, 5, 100]) func `a head is complete with its empty line, in pieces of any size`(size: Int)
    throws
  {
    let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\nmore".utf8)
    var scanner = HeadScanner()
    var end: Int?
    for count in stride(from: size, through: bytes.count + size, by: size) where end == nil {
      let piece = Array(bytes.prefix(count))
      end = try piece.withUnsafeBufferPointer { try scanner.end(in: $0, limits: ServerLimits()) }
    }
    #expect(end == bytes.count - 4)
  }

  private func head(_ text: String) throws -> RequestHead {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { try RequestHead($0, limits: ServerLimits()) }
  }

  @Test func `what a head says`() throws {
    let head = try head(
      "PUT /a%2Fb//c?d=%20+e HTTP/1.1\r\nhOST: a\r\nX-A:  \t b  c \t\r\nX-A:d\r\nContent-Length: 12\r\n"
        + "Expect: 100-Continue\r\nConnection: TE, close\r\n")
    #expect(head.method == "PUT")
    #expect(head.target == "/a%2Fb//c?d=%20+e")
    #expect(head.headers.values("x-a") == ["b  c", "d"])
    #expect(head.headers.fields.map(\.name).prefix(2) == ["hOST", "X-A"])
    #expect(head.framing == .length(12))
    #expect(head.expectsContinue && !head.keepsAlive)
  }

  @Test func `a URL as target gives its path`() throws {
    #expect(try head("GET http://a:1?b HTTP/1.1\r\nHost: a:1\r\n").target == "/?b")
    #expect(try head("GET https://a/b HTTP/1.1\r\nHost: a\r\n").target == "/b")
  }

  @Test func `how long a connection is kept`() throws {
    #expect(try head("GET / HTTP/1.1\r\nHost: a\r\n").keepsAlive)
    #expect(try !head("GET / HTTP/1.0\r\n").keepsAlive)
    #expect(try head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n").keepsAlive)
  }

  @Test func `a response cannot be split by what is in a value`() {
    let response = HTTPResponse(status: 200, headers: ["X-A": "a\r\nX-B: c\0d"], body: .bytes([65]))
    var bytes = ByteWriter(capacity: 0)
    ResponseHead(response: response, request: nil, keepsAlive: true).write(to: &bytes)
    #expect(
      bytes.text == "HTTP/1.1 200 OK\r\nX-A: a  X-B: c d\r\nContent-Length: 1\r\n\r\n")
  }
}
