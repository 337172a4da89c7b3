import AWSAPI
import HTTP
import SigV4
import Testing

@testable import Emulator

@Suite("S3: deleting many")
struct DeleteManyTests {
  static func request(_ objects: String, quiet: Bool = false) -> (body: String, headers: HTTPHeaders) {
    let body = "<Delete>\(objects)\(quiet ? "<Quiet>true</Quiet>" : "")</Delete>"
    return (body, ["Content-MD5": Base64.encode(DigestAlgorithm.md5.digest(body.utf8))])
  }

  @Test("tells what was done, and of what was not there the same")
  func done() throws {
    let lab = try S3Lab(buckets: "box")
    for key in ["a", "b"] { try lab.send("PUT", "/box/\(key)", body: key) }
    let (body, headers) = Self.request("<Object><Key>a</Key></Object><Object><Key>none</Key></Object>")
    let reply = try lab.send("POST", "/box?delete", headers, body: body)
    #expect(reply.status == 200)
    #expect(try reply.values("/DeleteResult/Deleted/Key") == ["a", "none"] && reply.values("//Error").isEmpty)
    #expect(try reply.value("//DeleteMarker") == nil)
    #expect(try lab.send("GET", "/box").values("//Key") == ["b"])
    let (quiet, more) = Self.request("<Object><Key>b</Key></Object>", quiet: true)
    #expect(try lab.send("POST", "/box?delete", more, body: quiet).values("/DeleteResult/*").isEmpty)
  }

  @Test("in a bucket with versions, adds markers or removes versions")
  func versions() throws {
    let lab = try VersioningTests.lab()
    let id = try lab.send("PUT", "/box/a", body: "1").headers["x-amz-version-id"] ?? ""
    let (body, headers) = Self.request("<Object><Key>a</Key></Object>")
    let marked = try lab.send("POST", "/box?delete", headers, body: body)
    let marker = try #require(try marked.value("//DeleteMarkerVersionId"))
    #expect(try marked.value("//DeleteMarker") == "true" && marked.value("//Deleted/VersionId") == nil)
    let both = Self.request(
      "<Object><Key>a</Key><VersionId>\(id)</VersionId></Object><Object><Key>a</Key><VersionId>\(marker)</VersionId></Object>"
    )
    let removed = try lab.send("POST", "/box?delete", both.headers, body: both.body)
    #expect(try removed.values("//Deleted/VersionId") == [id, marker])
    #expect(try removed.values("//DeleteMarkerVersionId") == [marker])
    #expect(try lab.send("GET", "/box?versions").values("//VersionId").isEmpty)
  }

  @Test("refuses each object for itself")
  func partly() throws {
    let lab = try S3PermissionTests.Lab(
      S3PermissionTests.allow("s3:DeleteObject", on: "arn:aws:s3:::box/mine/*"))
    for key in ["mine/1", "theirs/1"] {
      try lab.accounts.originating.call("s3:PutObject", ["Bucket": "box", "Key": .string(key)])
    }
    let reply = try lab.user.call(
      "s3:DeleteObjects", ["Bucket": "box", "Delete": ["Objects": [["Key": "mine/1"], ["Key": "theirs/1"]]]])
    #expect(reply["Deleted/0/Key"]?.string == "mine/1" && reply["Deleted"]?.list?.count == 1)
    #expect(reply["Errors/0/Key"]?.string == "theirs/1" && reply["Errors/0/Code"]?.string == "AccessDenied")
    #expect(
      reply["Errors/0/Message"]?.string?.contains("s3:DeleteObject on resource: \"arn:aws:s3:::box/theirs/1\"") == true)
    try lab.accounts.originating.call("s3:HeadObject", ["Bucket": "box", "Key": "theirs/1"])
  }

  @Test("demands a digest, and that it fits")
  func digest() throws {
    let lab = try S3Lab(buckets: "box")
    let (body, _) = Self.request("<Object><Key>a</Key></Object>")
    let none = try lab.send("POST", "/box?delete", body: body)
    #expect(
      none.code == "InvalidRequest" && none.message?.hasPrefix("Missing required header for this request") == true)
    #expect(
      try lab.send("POST", "/box?delete", ["Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="], body: body).code == "BadDigest")
    #expect(try lab.send("POST", "/box?delete", ["x-amz-checksum-crc32": "AAAAAA=="], body: body).code == "BadDigest")
    let crc = Base64.encode(ChecksumAlgorithm.crc32.value(of: Array(body.utf8)))
    #expect(try lab.send("POST", "/box?delete", ["x-amz-checksum-crc32": crc], body: body).status == 200)
  }

  @Test("takes a thousand and no more")
  func limit() throws {
    let lab = try S3Lab(buckets: "box")
    for (count, status) in [(1000, 200), (1001, 400)] {
      let (body, headers) = Self.request((0..<count).map { "<Object><Key>\($0)</Key></Object>" }.joined())
      #expect(try lab.send("POST", "/box?delete", headers, body: body).status == status)
    }
    let (empty, headers) = Self.request("")
    #expect(try lab.send("POST", "/box?delete", headers, body: empty).code == "MalformedXML")
  }
}
