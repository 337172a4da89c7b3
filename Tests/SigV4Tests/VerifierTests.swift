import FoundationEssentials
import HTTP
import SigV4
import Testing

@Suite("SigV4 verifying") struct VerifierTests {
  static let secret = Secret("secret")
  static let now = AmazonDate.parse("20260131T120000Z") ?? .distantPast

  static func signer(_ service: String) -> Signer {
    Signer(
      credentials: Credentials(accessKeyID: "AKID", secretAccessKey: secret, sessionToken: Secret("t+/=")),
      region: "us-east-1", service: service)
  }

  func signed(service: String = "iam", target: String = "/") throws -> HTTPRequest {
    try Self.signer(service).sign(
      HTTPRequest(
        method: "POST", target: target, headers: ["Host": "h", "X-Odd": "  a   b "],
        body: .bytes(Array("Action=X".utf8))),
      at: Self.now)
  }

  func presigned(service: String = "s3", target: String = "/b/k", expires: Int = 3600) -> HTTPRequest {
    Self.signer(service).presign(
      HTTPRequest(method: "GET", target: target, headers: ["Host": "h"]), at: Self.now, expires: expires)
  }

  @Test("what the signer signs is accepted, and one changed byte is not", arguments: ["iam", "sts", "s3"])
  func roundTrip(service: String) throws {
    var request = try signed(service: service, target: "/a//b/../c%2Fd+e?b=2&a&b=1&%C3%A9=")
    let presented = try #require(try PresentedSignature.read(from: request))
    #expect(presented.accessKeyID == "AKID")
    #expect(presented.sessionToken == Secret("t+/="))
    let hash = S3Payload.hash(of: Array("Action=X".utf8))
    try presented.checkTime(now: Self.now)
    try presented.checkScope(service: service, region: "us-east-1")
    try presented.checkSignature(of: request, keys: SigningKeys(Self.secret), payloadHash: hash)
    request.headers["X-Odd"] = "a c"
    #expect(throws: SignatureFailure.self) {
      try presented.checkSignature(of: request, keys: SigningKeys(Self.secret), payloadHash: hash)
    }
    #expect(throws: SignatureFailure.self) {
      try presented.checkSignature(of: request, keys: SigningKeys(Secret("other")), payloadHash: hash)
    }
  }

  @Test("an unsigned request presents nothing, one signed twice is refused, whatever the parts")
  func unsignedAndTwice() throws {
    #expect(try PresentedSignature.read(from: HTTPRequest(method: "GET", target: "/?X-Other=1")) == nil)
    var twice = try signed()
    twice.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=1"
    #expect(throws: SignatureFailure.signedTwice) { try PresentedSignature.read(from: twice) }
    var repeated = try signed()
    repeated.headers.append("authorization", "AWS4-HMAC-SHA256 x")
    #expect(throws: SignatureFailure.signedTwice) { try PresentedSignature.read(from: repeated) }
  }

  @Test("a presigned request is read even where the rest of its query is not UTF-8")
  func queryThatIsNotUTF8() throws {
    let request = presigned(target: "/b?prefix=%FF%2B")
    let presented = try #require(try PresentedSignature.read(from: request))
    #expect(presented.isPresigned)
    try presented.checkSignature(
      of: request, keys: SigningKeys(Self.secret), payloadHash: presented.s3PayloadHash(of: request))
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

  @Test(
    "a presigned request lives as long as it says at S3, and 15 minutes elsewhere",
    arguments: [("s3", 3600.0, true), ("s3", 3601, false), ("sts", 900, true), ("sts", 901, false), ("sts", 60, true)])
  func presignedLife(service: String, age: Double, accepted: Bool) throws {
    let request = presigned(service: service, expires: service == "s3" ? 3600 : 30)
    let presented = try #require(try PresentedSignature.read(from: request))
    let now = Self.now.addingTimeInterval(age)
    if accepted {
      try presented.checkTime(now: now)
    } else {
      #expect(throws: SignatureFailure.self) { try presented.checkTime(now: now) }
    }
  }

  @Test("the Date header serves where there is no X-Amz-Date, in both of its forms")
  func dateHeader() throws {
    for text in ["Sat, 31 Jan 2026 12:00:00 GMT", "Sat, 31 Jan 2026 12:00:00 -0000", "20260131T120000Z"] {
      let request = HTTPRequest(
        method: "GET", target: "/",
        headers: [
          "Host": "h", "Date": text,
          "Authorization": "AWS4-HMAC-SHA256 Credential=a/b/c/d/e,SignedHeaders=Host;date,Signature=0",
        ])
      let presented = try #require(try PresentedSignature.read(from: request))
      #expect(presented.date == "20260131T120000Z")
      #expect(presented.signedAt == Self.now)
      #expect(presented.signedHeaders.text == "host;date")
    }
  }

  @Test("a header that S3 acts on must be signed, except the payload's hash")
  func headersNotSigned() throws {
    var request = presigned()
    let presented = try #require(try PresentedSignature.read(from: request))
    request.headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD"
    request.headers["X-Amzn-Trace-Id"] = "Root=1"
    request.headers["X-Amz-"] = "no name behind it"
    try presented.checkSignature(of: request, keys: SigningKeys(Self.secret), payloadHash: "UNSIGNED-PAYLOAD")
    request.headers["X-Amz-Acl"] = "public-read"
    request.headers["x-amz-tagging"] = "a=b"
    #expect(throws: SignatureFailure.headersNotSigned(["x-amz-acl", "x-amz-tagging"])) {
      try presented.checkSignature(of: request, keys: SigningKeys(Self.secret), payloadHash: "UNSIGNED-PAYLOAD")
    }
  }

  @Test("the claimed service is found in whatever else is wrong")
  func claimedService() throws {
    let header = HTTPRequest(
      method: "GET", target: "/", headers: ["Authorization": "AWS3 x,Credential=a/b/c/sts/e,Signature"])
    #expect(PresentedSignature.claimedService(of: header) == "sts")
    #expect(PresentedSignature.claimedService(of: presigned()) == "s3")
    #expect(PresentedSignature.claimedService(of: HTTPRequest(method: "GET", target: "/?Action=X")) == nil)
  }

  @Test("neither a secret nor a session token prints")
  func secrets() throws {
    let presented = try #require(try PresentedSignature.read(from: signed()))
    let failure = SignatureFailure.expiredToken(token: presented.sessionToken)
    for value in [Self.signer("s3"), presented, failure, Secret("t+/=")] as [Any] {
      var dumped = ""
      dump(value, to: &dumped)
      for text in ["\(value)", String(reflecting: value), dumped] {
        #expect(!text.contains("t+/=") && !text.contains("\"secret\""), "\(type(of: value))")
      }
    }
    #expect(Secret("a") == Secret("a"))
    #expect(Secret("a") != Secret("b"))
    #expect(Secret("a").hashValue == Secret("a").hashValue)
  }
}

@Suite("Amazon's dates") struct AmazonDateTests {
  @Test("times are written and read as they are, on any day")
  func dates() {
    for text in ["19700101T000000Z", "20000229T235959Z", "20260131T120000Z", "21000228T010203Z", "00010101T000000Z"] {
      #expect(AmazonDate.parse(text).map(AmazonDate.string) == text)
    }
    for text in [
      "20260230T000000Z", "20260131T240000Z", "2026-01-31T00:00:00Z", "20260131T000000", "", "+0260131T120000Z",
      "20260131T1200é",
    ] {
      #expect(AmazonDate.parse(text) == nil)
    }
    #expect(AmazonDate.string(.distantFuture.addingTimeInterval(1e15)) == "99991231T235959Z")
  }

  @Test("HTTP's dates are read, others are not")
  func httpDates() {
    let date = AmazonDate.parse("20130524T010203Z")
    #expect(AmazonDate.parseHTTPDate("Fri, 24 May 2013 01:02:03 GMT") == date)
    #expect(AmazonDate.parseHTTPDate("Fri, 24 May 2013 01:02:03 -0000") == date)
    for text in [
      "Fri, 24 May 2013 01:02:03 CET", "24 May 2013 01:02:03 GMT", "Fri, 31 Feb 2013 01:02:03 GMT",
      "Fri, 24 May 2013 1:2:3 GMT", "Friday, 24-May-13 01:02:03 GMT", "",
    ] {
      #expect(AmazonDate.parseHTTPDate(text) == nil)
    }
  }

  @Test("S3's errors write the extended form")
  func extended() {
    #expect(AmazonDate.parse("20130524T010203Z").map(AmazonDate.extended) == "2013-05-24T01:02:03Z")
  }
}
