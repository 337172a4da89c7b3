import Testing

@testable import HTTPServer

@Suite struct HeadTests {
  @Test func `a head is complete with its empty line`() throws {
    var scanner = HeadScanner()
    let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\nmore".utf8)
    let end = try bytes.withUnsafeBufferPointer { try scanner.end(in: $0, limits: ServerLimits()) }
    #expect(end == bytes.count - 4)
  }
}
