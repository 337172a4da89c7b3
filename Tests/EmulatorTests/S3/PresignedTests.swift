import AWSAPI
import HTTP
import SigV4
import Testing

@testable import Emulator

@Suite("S3: presigned requests")
struct PresignedTests {
  let lab: S3PermissionTests.Lab

  init() throws {
    lab = try S3PermissionTests.Lab(S3PermissionTests.allow("s3:GetObject s3:PutObject", on: "arn:aws:s3:::box/*"))
  }

  private func presigned(_ method: String, _ target: String, expires: Int = 60) throws -> HTTPRequest {
    let signer = Signer(credentials: try #require(lab.user.credentials), region: "us-east-1", service: "s3")
    let request = HTTPRequest(method: method, target: target, headers: ["Host": "localhost"])
    return signer.presign(request, at: lab.accounts.emulator.clock.now, expires: expires)
  }

  private func send(_ request: HTTPRequest) throws -> S3Reply { try S3Reply(lab.accounts.emulator.handle(request)) }

  @Test("read and write with the rights of who signed")
  func rights() throws {
    #expect(try send(presigned("GET", "/box/key")).text == "x")
    #expect(
      try send(presigned("GET", "/box/key?response-content-type=text%2Fplain")).headers["Content-Type"] == "text/plain")
    var upload = try presigned("PUT", "/box/new")
    upload.body = .bytes(Array("any bytes".utf8))
    #expect(try send(upload).status == 200)
    #expect(try send(presigned("GET", "/box/new")).text == "any bytes")
    #expect(try send(presigned("DELETE", "/box/key")).status == 403)
  }

  @Test("end when they say, and not before")
  func expiry() throws {
    let request = try presigned("GET", "/box/key", expires: 60)
    lab.accounts.emulator.clock.advance(by: .seconds(60))
    #expect(try send(request).status == 200)
    lab.accounts.emulator.clock.advance(by: .seconds(1))
    let reply = try send(request)
    #expect(reply.status == 403 && reply.code == "AccessDenied" && reply.message == "Request has expired")
  }

  @Test("are for what was signed only")
  func tampered() throws {
    var request = try presigned("GET", "/box/key")
    request.target = request.target.replacing("/box/key", with: "/box/new")
    #expect(try send(request).code == "SignatureDoesNotMatch")
  }

  @Test("may be refused by how they were signed, and by their age")
  func conditions() throws {
    let accounts = lab.accounts
    func deny(_ condition: String) throws {
      let policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
        + "\"Resource\":\"arn:aws:s3:::box/*\",\"Condition\":\(condition)}]}"
      try accounts.originating.call("s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(policy)])
    }
    try deny("{\"StringNotEquals\":{\"s3:authType\":\"REST-HEADER\"}}")
    #expect(try send(presigned("GET", "/box/key")).status == 403)
    try lab.user.call("s3:GetObject", ["Bucket": "box", "Key": "key"])
    try deny("{\"NumericGreaterThan\":{\"s3:signatureAge\":\"10000\"}}")
    let request = try presigned("GET", "/box/key", expires: 3600)
    accounts.emulator.clock.advance(by: .seconds(10))
    #expect(try send(request).status == 200)
    accounts.emulator.clock.advance(by: .seconds(1))
    #expect(try send(request).status == 403)
  }
}
