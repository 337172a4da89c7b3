import FoundationEssentials
import HTTP
import SigV4
import Synchronization
import Testing

/// The examples of AWS's page "Authenticating Requests: Using the Authorization Header", with its credentials.
@Suite("SigV4 signing") struct SignerTests {
  static let signer = Signer(
    credentials: Credentials(
      accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
    region: "us-east-1", service: "s3")
  static let date = AmazonDate.parse("20130524T000000Z") ?? .distantPast

  @Test("GET Object with a range")
  func getObject() throws {
    let request = HTTPRequest(
      method: "GET", target: "/test.txt",
      headers: ["Host": "examplebucket.s3.amazonaws.com", "Range": "bytes=0-9"])
    let signed = try Self.signer.sign(request, at: Self.date)
    #expect(
      signed.headers["Authorization"]?.hasSuffix(
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41") == true)
  }

  @Test("PUT Object with a key that must be encoded")
  func putObject() throws {
    let request = HTTPRequest(
      method: "PUT", target: "/test%24file.text",
      headers: [
        "Host": "examplebucket.s3.amazonaws.com", "Date": "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
      ],
      body: .bytes(Array("Welcome to Amazon S3.".utf8)))
    let signed = try Self.signer.sign(request, at: Self.date)
    #expect(
      signed.headers["Authorization"]?.hasSuffix(
        "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd") == true)
  }

  @Test(
    "a sub-resource without a value, and sorted query parameters",
    arguments: [
      ("/?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
      ("/?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ])
  func query(target: String, signature: String) throws {
    let request = HTTPRequest(method: "GET", target: target, headers: ["Host": "examplebucket.s3.amazonaws.com"])
    let signed = try Self.signer.sign(request, at: Self.date)
    #expect(signed.headers["Authorization"]?.hasSuffix("Signature=" + signature) == true)
  }

  @Test("the presigned example")
  func presigned() {
    let request = HTTPRequest(method: "GET", target: "/test.txt", headers: ["Host": "examplebucket.s3.amazonaws.com"])
    let signed = Self.signer.presign(request, at: Self.date, expires: 86400)
    #expect(signed.target.hasSuffix("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
  }

  @Test("a stream that is hashed for its signature is still there to be sent")
  func hashedStream() throws {
    let request = HTTPRequest(
      method: "PUT", target: "/key", headers: ["Host": "h"], body: .stream(PiecesStream([[1, 2], [3]])))
    let signed = try Self.signer.sign(request, at: Self.date)
    #expect(try signed.body.collected() == [1, 2, 3])
    #expect(signed.headers["x-amz-content-sha256"] == S3Payload.hash(of: [1, 2, 3]))
  }

  @Test("a request that is signed again has one signature and one token")
  func signedAgain() throws {
    var signer = Self.signer
    signer.credentials.sessionToken = Secret("first")
    let request = HTTPRequest(method: "GET", target: "/", headers: ["Host": "h"])
    let once = try signer.sign(request, at: Self.date)
    signer.credentials.sessionToken = nil
    let twice = try signer.sign(once, at: Self.date.addingTimeInterval(60))
    #expect(twice.headers.values("Authorization").count == 1)
    #expect(twice.headers["X-Amz-Security-Token"] == nil)
    let fresh = try signer.sign(request, at: Self.date.addingTimeInterval(60))
    #expect(fresh.headers["Authorization"] == twice.headers["Authorization"])
  }
}

/// A stream of given pieces.
final class PiecesStream: HTTPBodyStream {
  private let pieces: Mutex<ArraySlice<[UInt8]>>
  init(_ pieces: [[UInt8]]) { self.pieces = Mutex(pieces[...]) }
  var length: Int64? { nil }
  func next() -> [UInt8]? { pieces.withLock { $0.popFirst() } }
}
