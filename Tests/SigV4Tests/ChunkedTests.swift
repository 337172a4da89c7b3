import FoundationEssentials
import HTTP
import SigV4
import Testing

/// The worked examples of AWS's pages on chunked uploads, and what happens to chunks that are not as they ought to be.
@Suite("aws-chunked") struct ChunkedTests {
  static let example = [UInt8](repeating: UInt8(ascii: "a"), count: 65536 + 1024)

  /// The request of the examples, with the signature over its headers.
  static func request(_ format: ChunkedFormat, length: Int, trailer: String? = nil) throws -> HTTPRequest {
    var request = HTTPRequest(
      method: "PUT", target: "/examplebucket/chunkObject.txt",
      headers: [
        "Host": "s3.amazonaws.com", "x-amz-storage-class": "REDUCED_REDUNDANCY", "Content-Encoding": "aws-chunked",
        "x-amz-decoded-content-length": String(length),
      ])
    if format == .signed { request.headers["Content-Length"] = "66824" }
    request.headers["x-amz-trailer"] = trailer
    return try SignerTests.signer.sign(request, at: SignerTests.date, payload: .chunked(format))
  }

  static func chain(_ request: HTTPRequest) throws -> ChunkSigner {
    let presented = try #require(try PresentedSignature.read(from: request))
    return presented.chunkSigner(keys: SigningKeys(SignerTests.signer.credentials.secretAccessKey))
  }

  /// What a server gets to read of `body`.
  static func read(_ request: HTTPRequest, _ body: HTTPBody) throws -> (bytes: [UInt8], trailers: HTTPHeaders) {
    var request = request
    request.body = body
    let presented = try #require(try PresentedSignature.read(from: request))
    let checked = try presented.s3Payload(of: request).checkedBody(of: request, signer: chain(request))
    let bytes = try checked.collected()
    guard case .stream(let stream) = checked, let chunked = stream as? ChunkedStream else { return (bytes, [:]) }
    return (bytes, chunked.trailers)
  }

  static func failure(_ request: HTTPRequest, _ body: [UInt8]) -> PayloadFailure? {
    do {
      _ = try read(request, .bytes(body))
      return nil
    } catch SignatureFailure.payload(let failure) {
      return failure
    } catch {
      Issue.record(error)
      return nil
    }
  }

  @Test("AWS's example of signed chunks")
  func signedExample() throws {
    let request = try Self.request(.signed, length: 66560)
    #expect(
      request.headers["Authorization"]?.hasSuffix("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")
        == true)
    var encoder = ChunkedEncoder(.signed, signer: try Self.chain(request))
    let body =
      encoder.chunk(Array(Self.example.prefix(65536))) + encoder.chunk(Array(Self.example.dropFirst(65536)))
      + encoder.end()
    let text = String(decoding: body, as: UTF8.self)
    #expect(body.count == 66824)
    #expect(
      text.hasPrefix("10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\naaa"))
    #expect(
      text.contains("\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\naaa"))
    #expect(
      text.hasSuffix(
        "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n"))
    #expect(try Self.read(request, .bytes(body)).bytes == Self.example)
  }

  @Test("AWS's example of signed chunks with a trailer, its line ends included")
  func trailerExample() throws {
    // The page's text of the request and its canonical request differ in headers; this is the latter.
    let seed = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"
    let request = HTTPRequest(
      method: "PUT", target: "/examplebucket/chunkObject.txt",
      headers: [
        "Host": "s3.amazonaws.com", "X-Amz-Date": "20130524T000000Z", "x-amz-trailer": "x-amz-checksum-crc32c",
        "x-amz-content-sha256": ChunkedFormat.signedWithTrailer.rawValue, "x-amz-decoded-content-length": "66560",
        "Authorization": "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
          + "SignedHeaders=host, Signature=\(seed)",
      ])
    let data = String(decoding: Self.example, as: UTF8.self)
    let body =
      "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n"
      + data.prefix(65536) + "\r\n"
      + "400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n"
      + data.dropFirst(65536) + "\r\n"
      + "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
    // The page prints 63bddb24…, which is what comes of `AWS4-HMAC-SHA256-PAYLOAD` in the first line of the string to sign.
    // Its own rule, and SDKs, have `AWS4-HMAC-SHA256-TRAILER` there.
    let signature = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"
    for field in ["x-amz-checksum-crc32c:sOO8/Q==\r\n", "x-amz-checksum-crc32c:sOO8/Q==\n\r\n"] {
      let whole = body + field + "x-amz-trailer-signature:\(signature)\r\n\r\n"
      let read = try Self.read(request, .bytes(Array(whole.utf8)))
      #expect(read.bytes == Self.example)
      #expect(read.trailers == ["x-amz-checksum-crc32c": "sOO8/Q=="])
    }
    var encoder = ChunkedEncoder(.signedWithTrailer, signer: try Self.chain(request))
    let encoded =
      encoder.chunk(Array(Self.example.prefix(65536))) + encoder.chunk(Array(Self.example.dropFirst(65536)))
      + encoder.end(trailers: ["x-amz-checksum-crc32c": "sOO8/Q=="])
    #expect(String(decoding: encoded, as: UTF8.self).hasSuffix("x-amz-trailer-signature:\(signature)\r\n\r\n"))
  }

  @Test("what the encoder writes is read, in pieces of any size", arguments: ChunkedFormat.allCases)
  func roundTrip(format: ChunkedFormat) throws {
    let data = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let trailers: HTTPHeaders = format.hasTrailer ? ["x-amz-checksum-crc32": "AAAAAA==", "x-amz-other": "v"] : [:]
    let request = try Self.request(
      format, length: data.count, trailer: format.hasTrailer ? "x-amz-checksum-crc32, X-Amz-Other" : nil)
    var encoder = ChunkedEncoder(format, signer: try Self.chain(request))
    let body =
      encoder.chunk(Array(data[..<8192])) + encoder.chunk(Array(data[8192...])) + encoder.end(trailers: trailers)
    for size in [1, 2, 7, 64, 8192, 100_000] {
      let pieces = stride(from: 0, to: body.count, by: size).map { Array(body[$0..<min($0 + size, body.count)]) }
      let read = try Self.read(request, .stream(PiecesStream(pieces)))
      #expect(read.bytes == data)
      #expect(read.trailers == trailers)
    }
  }

  @Test("an empty body in chunks is the last chunk alone", arguments: ChunkedFormat.allCases)
  func empty(format: ChunkedFormat) throws {
    let request = try Self.request(format, length: 0)
    var encoder = ChunkedEncoder(format, signer: try Self.chain(request))
    #expect(try Self.read(request, .bytes(encoder.chunk([]) + encoder.end())).bytes == [])
  }

  @Test("a body that is cut anywhere is refused", arguments: ChunkedFormat.allCases)
  func truncated(format: ChunkedFormat) throws {
    let request = try Self.request(format, length: 5, trailer: format.hasTrailer ? "x-amz-checksum-crc32" : nil)
    var encoder = ChunkedEncoder(format, signer: try Self.chain(request))
    let body =
      encoder.chunk(Array("hello".utf8))
      + encoder.end(trailers: format.hasTrailer ? ["x-amz-checksum-crc32": "AAAAAA=="] : [:])
    #expect(Self.failure(request, body) == nil)
    for end in 0..<body.count { #expect(Self.failure(request, Array(body[..<end])) != nil, "cut at \(end)") }
    #expect(Self.failure(request, body + [0]) == .incomplete)
  }

  @Test("a changed byte anywhere in signed chunks is refused", arguments: [ChunkedFormat.signed, .signedWithTrailer])
  func changed(format: ChunkedFormat) throws {
    let request = try Self.request(format, length: 5, trailer: format.hasTrailer ? "x-amz-checksum-crc32" : nil)
    var encoder = ChunkedEncoder(format, signer: try Self.chain(request))
    let body =
      encoder.chunk(Array("hello".utf8))
      + encoder.end(trailers: format.hasTrailer ? ["x-amz-checksum-crc32": "AAAAAA=="] : [:])
    for index in body.indices {
      var changed = body
      changed[index] ^= 1
      #expect(Self.failure(request, changed) != nil, "changed at \(index)")
    }
  }
}
