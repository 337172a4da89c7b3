import AWSAPI
import FoundationEssentials
import HTTP
import SigV4
import Testing

@testable import Emulator

/// Uploads as SDKs send them, in chunks, through the whole of the emulator.
@Suite("S3: uploads in chunks") struct ChunkedUploadTests {
  static let data = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
  /// The CRC-32 of the data, by Python's zlib.
  static let checksum = "WRfUOA=="

  let lab: S3Lab

  init() throws { lab = try S3Lab(buckets: "bucket") }

  /// An upload of the data to `/bucket/key`, whose encoded body `damage` may change.
  func upload(
    _ format: ChunkedFormat, checksum: String = checksum, damage: (inout [UInt8]) -> Void = { _ in }
  ) throws -> S3Reply {
    let credentials = try #require(lab.emulator.rootCredentials(of: S3Lab.owner))
    let signer = Signer(credentials: credentials, region: "us-east-1", service: "s3")
    var request = HTTPRequest(
      method: "PUT", target: "/bucket/key",
      headers: [
        "Host": "localhost", "Content-Encoding": "gzip, aws-chunked",
        "x-amz-decoded-content-length": String(Self.data.count),
      ])
    if format.hasTrailer { request.headers["x-amz-trailer"] = "x-amz-checksum-crc32" }
    request = try signer.sign(request, at: lab.emulator.clock.now, payload: .chunked(format))
    let presented = try #require(try PresentedSignature.read(from: request))
    var encoder = ChunkedEncoder(format, signer: presented.chunkSigner(keys: SigningKeys(credentials.secretAccessKey)))
    var body = encoder.chunk(Array(Self.data[..<16384])) + encoder.chunk(Array(Self.data[16384...]))
    body += encoder.end(trailers: format.hasTrailer ? ["x-amz-checksum-crc32": checksum] : [:])
    damage(&body)
    request.body = .bytes(body)
    return try S3Reply(lab.emulator.handle(request))
  }

  @Test("the object is the body without its chunks", arguments: ChunkedFormat.allCases)
  func stored(format: ChunkedFormat) throws {
    #expect(try upload(format).status == 200)
    let read = try lab.send("GET", "/bucket/key", ["x-amz-checksum-mode": "ENABLED"])
    #expect(read.body == Self.data)
    #expect(read.headers["Content-Encoding"] == "gzip")
    if format.hasTrailer { #expect(read.headers["x-amz-checksum-crc32"] == Self.checksum) }
  }

  @Test("a byte that is changed on its way is found, and nothing is stored", arguments: ChunkedFormat.allCases)
  func damaged(format: ChunkedFormat) throws {
    let reply = try upload(format) { $0[1000] ^= 1 }
    #expect(try reply.value("//Code") == (format.isSigned ? "SignatureDoesNotMatch" : "BadDigest"))
    #expect(try lab.send("GET", "/bucket/key").status == 404)
  }

  @Test("a body that ends too early is refused, and nothing is stored", arguments: ChunkedFormat.allCases)
  func truncated(format: ChunkedFormat) throws {
    let reply = try upload(format) { $0.removeLast() }
    #expect(reply.status == 400)
    #expect(try reply.value("//Code") == "IncompleteBody")
    #expect(try lab.send("GET", "/bucket/key").status == 404)
  }

  @Test("another checksum than the announced one is a malformed trailer")
  func otherTrailer() throws {
    let reply = try upload(.unsignedWithTrailer) { body in
      body.replace(Array("x-amz-checksum-crc32:".utf8), with: Array("x-amz-checksum-sha1:".utf8))
    }
    #expect(reply.status == 400)
    #expect(try reply.value("//Code") == "MalformedTrailerError")
  }

  @Test("a signature that cannot be read is answered by the service it claims")
  func claimedService() throws {
    let credential = "Credential=AKID/20260131/us-east-1/iam"
    let request = HTTPRequest(
      method: "GET", target: "/",
      headers: [
        "Host": "localhost", "X-Amz-Date": AmazonDate.string(lab.emulator.clock.now),
        "Authorization": "AWS4-HMAC-SHA256 \(credential), SignedHeaders=host, Signature=0",
      ])
    let reply = try S3Reply(lab.emulator.handle(request))
    #expect(reply.status == 400)
    #expect(try reply.value("//Code") == "IncompleteSignature")
    #expect(reply.text.contains("https://iam.amazonaws.com/doc/2010-05-08/"))
  }
}
