import Testing

@testable import HTTPServer

@Suite struct BodyDecoderTests {
  private static let chunked = "5;a=b\r\nhello\r\n1\r\n \r\n0005\r\nworld\r\n0\r\nX-Trailer: a\r\n\r\nGET /"

  @Test(arguments: [1, 2, 3, 7, 1000]) func `chunks in pieces of any size`(size: Int) throws {
    var decoder = BodyDecoder(.chunked, limits: ServerLimits())
    var input = InputBuffer()
    var output: [UInt8] = []
    var rest = Array(Self.chunked.utf8)[...]
    while !decoder.isComplete, !rest.isEmpty {
      rest.prefix(size).withUnsafeBytes { input.append($0) }
      rest = rest.dropFirst(size)
      try decoder.decode(&input, into: &output)
    }
    #expect(decoder.isComplete)
    #expect(String(decoding: output, as: UTF8.self) == "hello world")
    // What is behind the body is left for the next request.
    #expect(input.count + rest.count == "GET /".utf8.count)
  }

  @Test func `a counted body stops at its limit and goes on`() throws {
    var decoder = BodyDecoder(.length(6), limits: ServerLimits())
    var input = InputBuffer()
    Array("abcdefgh".utf8).withUnsafeBytes { input.append($0) }
    var output: [UInt8] = []
    try decoder.decode(&input, into: &output, limit: 4)
    #expect(String(decoding: output, as: UTF8.self) == "abcd")
    #expect(!decoder.isComplete && decoder.plainBytes == 2)
    try decoder.decode(&input, into: &output)
    #expect(String(decoding: output, as: UTF8.self) == "abcdef")
    #expect(decoder.isComplete && input.count == 2)
  }

  @Test(arguments: ["\r\n", "5\nhello", "g\r\n", "5 5\r\n", "-5\r\n", "+5\r\n", "1234567890123456\r\n", "1\r\nab\r\n"])
  func `malformed chunks`(text: String) {
    var decoder = BodyDecoder(.chunked, limits: ServerLimits())
    var input = InputBuffer()
    Array(text.utf8).withUnsafeBytes { input.append($0) }
    var output: [UInt8] = []
    #expect(throws: RequestFailure.malformedChunk) { try decoder.decode(&input, into: &output) }
  }

  @Test func `a chunked body has a limit, and so has a line`() {
    var limits = ServerLimits()
    limits.bodyBytes = 8
    var decoder = BodyDecoder(.chunked, limits: limits)
    var input = InputBuffer()
    Array("5\r\nhello\r\n5\r\nworld\r\n".utf8).withUnsafeBytes { input.append($0) }
    var output: [UInt8] = []
    #expect(throws: RequestFailure.bodyTooLarge) { try decoder.decode(&input, into: &output) }

    var second = BodyDecoder(.chunked, limits: limits)
    Array(repeating: UInt8(ascii: "0"), count: 5000).withUnsafeBytes { input.append($0) }
    input.removeAll()
    Array(repeating: UInt8(ascii: "0"), count: 5000).withUnsafeBytes { input.append($0) }
    #expect(throws: RequestFailure.malformedChunk) { try second.decode(&input, into: &output) }
  }
}
