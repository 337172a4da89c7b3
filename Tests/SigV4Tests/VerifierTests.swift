import FoundationEssentials
import HTTP
import SigV4
import Testing

@Suite("SigV4 verifying") struct VerifierTests {
  static let secret = Secret("secret")
  static let now = AmazonDate.parse("20260131T120000Z") ?? .distantPast

  func signed(service: String = "iam", target: String = "/") throws -> HTTPRequest {
    let signer = Signer(
      credentials: Credentials(accessKeyID: "AKID", secretAccessKey: Self.secret, sessionToken: Secret("t+/=")),
      region: "us-east-1", service: service)
    return try signer.sign(
      HTTPRequest(
        method: "POST", target: target, headers: ["Host": "h", "X-Odd": "  a   b "],
        body: .bytes(Array("Action=X".utf8))),
      at: Self.now)
  }

  @Test("what the signer signs is accepted, and one changed byte is not", arguments: ["iam", "sts", "s3"])
  func roundTrip(service: String) throws {
    var request = try signed(service: service, target: "/a//b/../c%2Fd+e?b=2&a&b=1&%C3%A9=")
    let presented = try #require(try PresentedSignature.read(from: request))
    #expect(presented.accessKeyID == "AKID")
    #expect(presented.sessionToken == "t+/=")
    let hash = CryptoBytes.hex(DigestAlgorithm.sha256.digest(Array("Action=X".utf8)))
    try presented.checkTime(now: Self.now)
    try presented.checkScope(service: service, region: "us-east-1")
    try presented.checkSignature(of: request, secret: Self.secret, payloadHash: hash)
    request.headers["X-Odd"] = "a c"
    #expect(throws: SignatureFailure.self) {
      try presented.checkSignature(of: request, secret: Self.secret, payloadHash: hash)
    }
    #expect(throws: SignatureFailure.self) {
      try presented.checkSignature(of: request, secret: Secret("other"), payloadHash: hash)
    }
  }

  @Test(
    "a malformed Authorization header gets AWS's words",
    arguments: [
      ("another algorithm", "AWS3 x=y", "IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS3'."),
      (
        "no equal sign", "AWS4-HMAC-SHA256 abc", "IncompleteSignature",
        "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 abc'."
      ),
      (
        "nothing but a credential", "AWS4-HMAC-SHA256 Credential=a", "IncompleteSignature",
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
          + "Authorization=AWS4-HMAC-SHA256 Credential=a"
      ),
      (
        "host not signed", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=x, Signature=0",
        "SignatureDoesNotMatch",
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
      ),
      (
        "four parts", "AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=0", "IncompleteSignature",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'"
      ),
    ])
  func malformed(name: String, header: String, code: String, message: String) throws {
    let request = HTTPRequest(
      method: "POST", target: "/", headers: ["Host": "h", "X-Amz-Date": "20260131T120000Z", "Authorization": header])
    do throws(SignatureFailure) {
      _ = try PresentedSignature.read(from: request)
      Issue.record("accepted")
    } catch {
      let answer = error.error(for: .query)
      #expect(answer.code == code)
      #expect(answer.message == message)
    }
  }

  @Test("an unsigned request presents nothing; one signed twice is refused")
  func unsignedAndTwice() throws {
    #expect(try PresentedSignature.read(from: HTTPRequest(method: "GET", target: "/?X-Other=1")) == nil)
    var twice = try signed()
    twice.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=1"
    #expect(throws: SignatureFailure.signedTwice) { try PresentedSignature.read(from: twice) }
  }

  @Test(
    "the clock may be off by 15 minutes, and not by a second more",
    arguments: [(900.0, true), (901, false), (-900, true), (-901, false)])
  func skew(offset: Double, accepted: Bool) throws {
    let presented = try #require(try PresentedSignature.read(from: signed()))
    let now = Self.now.addingTimeInterval(offset)
    if accepted {
      try presented.checkTime(now: now)
    } else {
      #expect(throws: SignatureFailure.self) { try presented.checkTime(now: now) }
    }
  }

  @Test("times are written and read as they are, on any day")
  func dates() {
    for text in ["19700101T000000Z", "20000229T235959Z", "20260131T120000Z", "21000228T010203Z"] {
      #expect(AmazonDate.parse(text).map(AmazonDate.string) == text)
    }
    for text in ["20260230T000000Z", "20260131T240000Z", "2026-01-31T00:00:00Z", "20260131T000000", ""] {
      #expect(AmazonDate.parse(text) == nil)
    }
  }
}
