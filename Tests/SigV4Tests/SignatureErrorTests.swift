import FoundationEssentials
import HTTP
import SigV4
import Testing

/// What each failure is answered with, word for word.
@Suite("Signature failures in AWS's words") struct SignatureErrorTests {
  static let now = AmazonDate.parse("20260131T120000Z") ?? .distantPast

  /// The failure of a request that must not get through, looked for in AWS's order.
  static func failure(
    of request: HTTPRequest, service: String, secret: Secret = Secret("secret")
  ) -> SignatureFailure? {
    do throws(SignatureFailure) {
      guard let presented = try PresentedSignature.read(from: request) else { return .unsigned }
      try presented.checkTime(now: now)
      try presented.checkScope(service: service, region: "us-east-1")
      let hash = service == "s3" ? try presented.s3PayloadHash(of: request) : S3Payload.hash(of: [])
      try presented.checkSignature(of: request, keys: SigningKeys(secret), payloadHash: hash)
      return nil
    } catch {
      return error
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var authorization: String?
    var target = "/"
    var date: String? = "20260131T120000Z"
    var code: String
    var status: Int
    var message: String
    var fields: [SignatureError.Field] = []

    var testDescription: String { name }

    init(
      _ name: String, _ authorization: String?, target: String = "/", date: String? = "20260131T120000Z", _ status: Int,
      _ code: String, _ message: String, _ fields: KeyValuePairs<String, String> = [:]
    ) {
      self.name = name
      self.authorization = authorization
      self.target = target
      self.date = date
      self.status = status
      self.code = code
      self.message = message
      self.fields = SignatureError("", "", status: 0, fields: fields).fields
    }

    var request: HTTPRequest {
      var request = HTTPRequest(method: "GET", target: target, headers: ["Host": "h"])
      request.headers["Authorization"] = authorization
      request.headers["X-Amz-Date"] = date
      request.headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD"
      return request
    }
  }

  @Test("IAM and STS", arguments: queryCases)
  func iamAndSTS(_ test: Case) throws {
    let failure = try #require(Self.failure(of: test.request, service: "iam"))
    #expect(
      failure.error(for: .query) == SignatureError(test.code, test.message, status: test.status), "\(failure)")
  }

  @Test("S3", arguments: s3Cases)
  func s3Only(_ test: Case) throws {
    let failure = try #require(Self.failure(of: test.request, service: "s3"))
    var expected = SignatureError(test.code, test.message, status: test.status)
    expected.fields = test.fields
    #expect(failure.error(for: .s3) == expected, "\(failure)")
  }

  @Test("a signature that does not fit tells S3's client what was signed")
  func mismatch() throws {
    let signer = Signer(
      credentials: Credentials(accessKeyID: "AKID", secretAccessKey: Secret("secret")), region: "us-east-1",
      service: "s3")
    let request = try signer.sign(HTTPRequest(method: "GET", target: "/k", headers: ["Host": "h"]), at: Self.now)
    let failure = try #require(Self.failure(of: request, service: "s3", secret: Secret("other")))
    let error = failure.error(for: .s3)
    #expect(error.code == "SignatureDoesNotMatch")
    #expect(
      error.fields.map(\.name) == [
        "AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes", "CanonicalRequest",
        "CanonicalRequestBytes",
      ])
    let value = { (name: String) in error.fields.first { $0.name == name }?.value ?? "" }
    #expect(value("StringToSign").hasPrefix("AWS4-HMAC-SHA256\n20260131T120000Z\n20260131/us-east-1/s3/aws4_request\n"))
    #expect(value("StringToSignBytes").hasPrefix("41 57 53 34 2d 48"))
    #expect(value("CanonicalRequest").hasPrefix("GET\n/k\n\nhost:h\nx-amz-content-sha256:e3b0c442"))
    #expect(value("CanonicalRequestBytes").hasPrefix("47 45 54 0a 2f 6b 0a"))
    #expect(
      failure.error(for: .query).message
        == "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        + "Key and signing method. Consult the service documentation for details.")
  }

  @Test("what only the caller can know has its words as well")
  func keysAndTokens() {
    let cases: [(SignatureFailure, ServiceFamily, Int, String, String)] = [
      (
        .unknownKey(accessKeyID: "A"), .query, 403, "InvalidClientTokenId",
        "The security token included in the request is invalid."
      ),
      (
        .invalidToken(accessKeyID: "A", token: nil), .query, 403, "InvalidClientTokenId",
        "The security token included in the request is invalid"
      ),
      (.expiredToken(token: nil), .query, 403, "ExpiredToken", "The security token included in the request is expired"),
      (
        .unknownKey(accessKeyID: "A"), .s3, 403, "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records."
      ),
      (
        .invalidToken(accessKeyID: "A", token: nil), .s3, 400, "InvalidToken",
        "The provided token is malformed or otherwise invalid."
      ),
      (.expiredToken(token: nil), .s3, 400, "ExpiredToken", "The provided token has expired."),
    ]
    for (failure, family, status, code, message) in cases {
      let error = failure.error(for: family)
      #expect(error.code == code && error.status == status && error.message == message, "\(failure) \(family)")
    }
    let token = SignatureFailure.expiredToken(token: Secret("T")).error(for: .s3)
    #expect(token.fields.map(\.name) == ["Token-0"] && token.fields.map(\.value) == ["T"])
  }
}
