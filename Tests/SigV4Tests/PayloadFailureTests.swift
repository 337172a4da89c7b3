import HTTP
import SigV4
import Testing

@Suite("Bodies that are not as announced") struct PayloadFailureTests {
  static let end = "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var body: String
    var failure: PayloadFailure?
    var testDescription: String { name }

    init(_ name: String, _ body: String, _ failure: PayloadFailure?) {
      self.name = name
      self.body = body
      self.failure = failure
    }
  }

  /// Each is a body of five bytes whose request announced one field behind it.
  static let cases = [
    Case("as it ought to be", "5\r\nhello\r\n" + end, nil),
    Case("two chunks, hexadecimal digits in both cases", "000A\r\n", .lengthMismatch(expected: 5, provided: 10)),
    Case("a length that is none", "x\r\nhello\r\n" + end, .incomplete),
    Case("a length with a sign", "+5\r\nhello\r\n" + end, .incomplete),
    Case("a negative length", "-5\r\nhello\r\n" + end, .incomplete),
    Case("no length", "\r\nhello\r\n" + end, .incomplete),
    Case("a length of too many digits", "00000000000000005\r\nhello\r\n" + end, .incomplete),
    Case("a length beyond any number", "ffffffffffffffff\r\nhello\r\n" + end, .incomplete),
    Case("the greatest length", "7fffffffffffffff\r\n", .lengthMismatch(expected: 5, provided: .max)),
    Case("a chunk that is longer than it says", "3\r\nhello\r\n" + end, .incomplete),
    Case("no line end behind a chunk", "5\r\nhello" + end, .incomplete),
    Case("a mere line feed", "5\nhello\n" + end, .incomplete),
    Case("a signature where none is expected", "5;chunk-signature=00\r\nhello\r\n" + end, .incomplete),
    Case("fewer bytes than announced", "4\r\nhell\r\n" + end, .lengthMismatch(expected: 5, provided: 4)),
    Case("more bytes than announced", "5\r\nhello\r\n1\r\n!\r\n" + end, .lengthMismatch(expected: 5, provided: 6)),
    Case("no trailer", "5\r\nhello\r\n0\r\n\r\n", .malformedTrailer),
    Case("another trailer", "5\r\nhello\r\n0\r\nx-amz-checksum-sha1:A\r\n\r\n", .malformedTrailer),
    Case("a trailer that is no field", "5\r\nhello\r\n0\r\nnonsense\r\n\r\n", .malformedTrailer),
    Case("a trailer without a name", "5\r\nhello\r\n0\r\n:v\r\n\r\n", .malformedTrailer),
    Case(
      "a trailer twice", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:A\r\nx-amz-checksum-crc32:A\r\n\r\n",
      .malformedTrailer),
    Case("no empty line at the end", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n", .incomplete),
    Case("something behind the end", "5\r\nhello\r\n" + end + "x", .incomplete),
    Case("an endless line", String(repeating: "5", count: ChunkedDecoder.largestLine + 1), .incomplete),
    Case(
      "endless fields",
      "5\r\nhello\r\n0\r\n" + String(repeating: "a:b\r\n", count: ChunkedDecoder.mostTrailers + 1) + "\r\n",
      .malformedTrailer
    ),
  ]

  @Test("chunks without signatures", arguments: cases)
  func unsigned(_ test: Case) throws {
    let request = try ChunkedTests.request(.unsignedWithTrailer, length: 5, trailer: "x-amz-checksum-crc32")
    #expect(ChunkedTests.failure(request, Array(test.body.utf8)) == test.failure)
  }

  @Test("a signed chunk that is not the last must not be small")
  func smallChunk() throws {
    let request = try ChunkedTests.request(.signed, length: 5)
    var encoder = ChunkedEncoder(.signed, signer: try ChunkedTests.chain(request))
    let body = encoder.chunk(Array("hel".utf8)) + encoder.chunk(Array("lo".utf8)) + encoder.end()
    let failure = ChunkedTests.failure(request, body)
    #expect(failure == .chunkTooSmall(number: 2, length: 3))
    let error = try #require(failure.map { SignatureFailure.payload($0).error(for: .s3) })
    #expect(error.code == "InvalidChunkSizeError")
    #expect(error.message == "Only the last chunk is allowed to have a size less than 8192 bytes")
    #expect(error.fields.map(\.name) == ["Chunk", "BadChunkSize"] && error.fields.map(\.value) == ["2", "3"])
  }

  @Test("a stream that has failed gives nothing more")
  func nothingAfterFailure() throws {
    let request = try ChunkedTests.request(.unsignedWithTrailer, length: 5)
    let payload = S3Payload.chunked(.unsignedWithTrailer)
    let body = try payload.checkedBody(
      of: HTTPRequest(method: "PUT", target: "/", headers: request.headers, body: .bytes(Array("5\r\nhelloXX".utf8))),
      signer: nil)
    guard case .stream(let stream) = body else { throw PayloadFailure.incomplete }
    #expect(throws: SignatureFailure.payload(.incomplete)) { while try stream.next() != nil {} }
    #expect(try stream.next() == nil)
    #expect(stream.length == 5)
  }

  @Test("the announced hash is held against bytes at once, and against a stream at its end")
  func hash() throws {
    let data = Array("hello".utf8)
    let right = S3Payload.hashed(S3Payload.hash(of: data))
    let wrong = S3Payload.hashed(S3Payload.hash(of: []))
    let failure = SignatureFailure.payload(
      .hashMismatch(claimed: S3Payload.hash(of: []), computed: S3Payload.hash(of: data)))
    let inMemory = HTTPRequest(method: "PUT", target: "/", body: .bytes(data))
    #expect(try right.checkedBody(of: inMemory, signer: nil).collected() == data)
    #expect(throws: failure) { try wrong.checkedBody(of: inMemory, signer: nil) }
    let stream = { HTTPRequest(method: "PUT", target: "/", body: .stream(PiecesStream([[104], Array("ello".utf8)]))) }
    #expect(try right.checkedBody(of: stream(), signer: nil).collected() == data)
    #expect(throws: failure) { try wrong.checkedBody(of: stream(), signer: nil).collected() }
    let error = failure.error(for: .s3)
    #expect(error.code == "XAmzContentSHA256Mismatch" && error.status == 400)
    #expect(error.fields.map(\.name) == ["ClientComputedContentSHA256", "S3ComputedContentSHA256"])
  }

  @Test("a body in chunks must say how long it is without them")
  func missingLength() {
    for text in [nil, "", "x", "-1"] {
      var request = HTTPRequest(method: "PUT", target: "/")
      request.headers["x-amz-decoded-content-length"] = text
      #expect(throws: SignatureFailure.payload(.missingDecodedLength)) {
        try S3Payload.chunked(.unsignedWithTrailer).checkedBody(of: request, signer: nil)
      }
    }
  }

  @Test("signed chunks need a signed request")
  func anonymousChunks() {
    let request = HTTPRequest(method: "PUT", target: "/", headers: ["x-amz-decoded-content-length": "0"])
    #expect(throws: SignatureFailure.unsigned) {
      try S3Payload.chunked(.signed).checkedBody(of: request, signer: nil)
    }
  }

  @Test("an announcement that S3 does not know", arguments: ["", "GIBBERISH", "E3B0", "STREAMING-UNSIGNED-PAYLOAD"])
  func announcements(text: String) {
    #expect(S3Payload(announcement: text) == nil)
    let error = SignatureFailure.invalidPayloadHash(text).error(for: .s3)
    #expect(
      error.code == "InvalidArgument" && error.message.hasPrefix("x-amz-content-sha256 must be UNSIGNED-PAYLOAD,"))
    #expect(error.fields.map(\.value) == ["x-amz-content-sha256", text])
  }
}
