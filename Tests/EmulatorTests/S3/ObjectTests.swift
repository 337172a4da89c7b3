import HTTP
import Testing

@testable import Emulator

@Suite("S3: objects")
struct ObjectTests {
  static let hello = "\"5d41402abc4b2a76b9719d911017c592\""

  @Test("are put, got, looked at and deleted")
  func lifecycle() throws {
    let lab = try S3Lab(buckets: "box")
    let put = try lab.send("PUT", "/box/greeting", body: "hello")
    #expect(put.status == 200 && put.body.isEmpty)
    #expect(put.headers["ETag"] == Self.hello)
    #expect(put.headers["x-amz-server-side-encryption"] == "AES256")
    #expect(put.headers["x-amz-checksum-type"] == "FULL_OBJECT")
    #expect(put.headers["x-amz-checksum-crc64nvme"] == "M3eFcAZSQlc=")
    #expect(put.headers["x-amz-version-id"] == nil)
    let got = try lab.send("GET", "/box/greeting")
    #expect(got.status == 200 && got.text == "hello")
    #expect(got.headers["Content-Type"] == "binary/octet-stream")
    #expect(got.headers["Content-Length"] == "5")
    #expect(got.headers["Last-Modified"] == "Wed, 15 Jan 2025 12:00:00 GMT")
    #expect(got.headers["ETag"] == Self.hello)
    #expect(got.headers["accept-ranges"] == "bytes")
    #expect(got.headers["x-amz-checksum-crc64nvme"] == nil, "only where it is asked for")
    #expect(got.headers["x-amz-storage-class"] == nil, "STANDARD is not told")
    let head = try lab.send("HEAD", "/box/greeting")
    #expect(head.status == 200 && head.body.isEmpty && head.headers["Content-Length"] == "5")
    #expect(try lab.send("DELETE", "/box/greeting").status == 204)
    #expect(try lab.send("DELETE", "/box/greeting").status == 204, "deleting what is not there is no error")
    let missing = try lab.send("GET", "/box/greeting")
    #expect(missing.status == 404 && missing.code == "NoSuchKey" && missing.fields == ["Key": "greeting"])
    let headMissing = try lab.send("HEAD", "/box/greeting")
    #expect(headMissing.status == 404 && headMissing.body.isEmpty)
  }

  @Test("keep what was said of them")
  func properties() throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send(
      "PUT", "/box/page",
      [
        "Content-Type": "text/html", "Cache-Control": "no-cache", "Content-Disposition": "inline",
        "Content-Encoding": "aws-chunked,gzip", "Content-Language": "de", "Expires": "Thu, 01 Dec 2030 16:00:00 GMT",
        "x-amz-meta-Colour": "blue", "x-amz-meta-size": "9", "x-amz-storage-class": "STANDARD_IA",
        "x-amz-tagging": "a=1&b=2%203", "x-amz-website-redirect-location": "/other",
      ], body: "x")
    let got = try lab.send("GET", "/box/page", ["x-amz-checksum-mode": "ENABLED"])
    let expected = [
      "Content-Type": "text/html", "Cache-Control": "no-cache", "Content-Disposition": "inline",
      "Content-Encoding": "gzip", "Content-Language": "de", "Expires": "Thu, 01 Dec 2030 16:00:00 GMT",
      "x-amz-meta-colour": "blue", "x-amz-meta-size": "9", "x-amz-storage-class": "STANDARD_IA",
      "x-amz-tagging-count": "2", "x-amz-website-redirect-location": "/other", "x-amz-checksum-type": "FULL_OBJECT",
    ]
    for (name, value) in expected { #expect(got.headers[name] == value, "\(name)") }
    let overridden = try lab.send(
      "GET", "/box/page?response-content-type=text%2Fplain&response-cache-control=max-age%3D1")
    #expect(overridden.headers["Content-Type"] == "text/plain" && overridden.headers["Cache-Control"] == "max-age=1")
    #expect(try lab.send("GET", "/box/page").headers["Content-Type"] == "text/html")
  }

  @Test(
    "are kept under the very bytes of their keys",
    arguments: ["a/../b", "a//b", "%C3%A9", "e%CC%81", "a+b", "a%20b", "./x"])
  func keys(path: String) throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send("PUT", "/box/\(path)", body: path)
    #expect(try lab.send("GET", "/box/\(path)").text == path)
    let listed = try lab.send("GET", "/box?list-type=2").values("//Key")
    #expect(listed.map { Array($0.utf8) } == [PercentEncoding.decodeBytes(path)])
    #expect(try lab.send("GET", "/box/\(path)x").status == 404)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var headers: HTTPHeaders
    var code: String
    var status = 400
    var message: String?
    var fields: [String: String] = [:]
    var key = "key"
    var testDescription: String { name }
  }

  static let refusals: [Refusal] = [
    Refusal(
      name: "an MD5 that is none", headers: ["Content-MD5": "nonsense"], code: "InvalidDigest",
      message: "The Content-MD5 you specified was invalid.", fields: ["Content-MD5": "nonsense"]),
    Refusal(
      name: "another body's MD5", headers: ["Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="], code: "BadDigest",
      message: "The Content-MD5 you specified did not match what we received.",
      fields: ["ExpectedDigest": "1B2M2Y8AsgTpgAmY7PhCfg==", "CalculatedDigest": "XUFAKrxLKna5cZ2REBfFkg=="]),
    Refusal(
      name: "another body's CRC32", headers: ["x-amz-checksum-crc32": "AAAAAA=="], code: "BadDigest",
      message: "The CRC32 you specified did not match the calculated checksum."),
    Refusal(
      name: "another body's CRC64NVME", headers: ["x-amz-checksum-crc64nvme": "AAAAAAAAAAA="], code: "BadDigest",
      message: "The CRC64NVME you specified did not match the calculated checksum."),
    Refusal(
      name: "a checksum of the wrong length", headers: ["x-amz-checksum-sha256": "AAAAAA=="], code: "InvalidRequest",
      message: "Value for x-amz-checksum-sha256 header is invalid."),
    Refusal(
      name: "two checksums", headers: ["x-amz-checksum-crc32": "NhCmhg==", "x-amz-checksum-crc32c": "mnG7TA=="],
      code: "InvalidRequest",
      message: "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."),
    Refusal(
      name: "an announced checksum that does not come", headers: ["x-amz-sdk-checksum-algorithm": "CRC32"],
      code: "InvalidRequest",
      message: "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers "
        + "were found."),
    Refusal(
      name: "a storage class that is none", headers: ["x-amz-storage-class": "COLD"], code: "InvalidStorageClass",
      fields: ["StorageClassRequested": "COLD"]),
    Refusal(
      name: "two tags of one key", headers: ["x-amz-tagging": "a=1&a=2"], code: "InvalidArgument",
      fields: ["ArgumentName": "x-amz-tagging", "ArgumentValue": "a=1&a=2"]),
    Refusal(
      name: "a tag of AWS's", headers: ["x-amz-tagging": "aws:a=1"], code: "InvalidTag", fields: ["TagKey": "aws:a"]),
    Refusal(
      name: "a tag with a forbidden letter", headers: ["x-amz-tagging": "a=%3C"], code: "InvalidTag",
      message: "The TagValue you have provided is invalid", fields: ["TagKey": "a", "TagValue": "<"]),
    Refusal(
      name: "eleven tags", headers: ["x-amz-tagging": (0..<11).map { "k\($0)=v" }.joined(separator: "&")],
      code: "BadRequest", message: "Object tags cannot be greater than 10"),
    Refusal(
      name: "metadata beyond 2 KB", headers: ["x-amz-meta-a": String(repeating: "x", count: 2048)],
      code: "MetadataTooLarge", fields: ["Size": "2049", "MaxSizeAllowed": "2048"]),
    Refusal(
      name: "a list where lists are off", headers: ["x-amz-acl": "public-read"], code: "AccessControlListNotSupported",
      message: "The bucket does not allow ACLs"),
    Refusal(
      name: "a canned list and grants", headers: ["x-amz-acl": "private", "x-amz-grant-read": "uri=\"x\""],
      code: "InvalidArgument", message: "Invalid group uri"),
    Refusal(
      name: "a lock where nothing locks",
      headers: ["x-amz-object-lock-mode": "GOVERNANCE", "x-amz-object-lock-retain-until-date": "2030-01-01T00:00:00Z"],
      code: "InvalidRequest", message: "Bucket is missing Object Lock Configuration"),
    Refusal(
      name: "a customer's key", headers: ["x-amz-server-side-encryption-customer-algorithm": "AES256"],
      code: "NotImplemented", status: 501),
    Refusal(
      name: "a key that is too long", headers: [:], code: "KeyTooLongError",
      fields: ["Size": "1025", "MaxSizeAllowed": "1024"], key: String(repeating: "k", count: 1025)),
  ]

  @Test("are refused", arguments: refusals)
  func refused(_ test: Refusal) throws {
    let lab = try S3Lab(buckets: "box")
    let reply = try lab.send("PUT", "/box/\(test.key)", test.headers, body: "hello")
    #expect(reply.status == test.status && reply.code == test.code, "\(reply.text)")
    if let message = test.message { #expect(reply.message == message) }
    for (name, value) in test.fields { #expect(reply.fields[name] == value) }
    #expect(try lab.send("GET", "/box").values("//Key") == [], "nothing was put")
  }

  /// Of `hello`, computed with Python's zlib and hashlib and, for the CRCs it has not, bit by bit.
  static let checksums: [(algorithm: String, value: String)] = [
    ("crc32", "NhCmhg=="), ("crc32c", "mnG7TA=="), ("crc64nvme", "M3eFcAZSQlc="),
    ("sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="), ("sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
  ]

  @Test("have the checksum that the client gives", arguments: checksums.indices)
  func checksum(index: Int) throws {
    let (algorithm, value) = Self.checksums[index]
    let lab = try S3Lab(buckets: "box")
    let header = "x-amz-checksum-\(algorithm)"
    let put = try lab.send(
      "PUT", "/box/key", [header: value, "x-amz-sdk-checksum-algorithm": algorithm.uppercased()], body: "hello")
    #expect(put.status == 200 && put.headers[header] == value, "\(put.text)")
    let got = try lab.send("GET", "/box/key", ["x-amz-checksum-mode": "ENABLED"])
    #expect(got.headers[header] == value && got.headers["x-amz-checksum-type"] == "FULL_OBJECT")
    let listed = try lab.send("GET", "/box?list-type=2")
    #expect(try listed.value("//ChecksumAlgorithm") == algorithm.uppercased())
    #expect(try listed.value("//ChecksumType") == "FULL_OBJECT")
    let partly = try lab.send("GET", "/box/key", ["x-amz-checksum-mode": "ENABLED", "Range": "bytes=0-1"])
    #expect(partly.headers[header] == nil, "not of a part")
  }
}
