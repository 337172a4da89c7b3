import HTTP
import SigV4
import Testing

@testable import Emulator

@Suite("S3: copies")
struct CopyTests {
  static func lab() throws -> S3Lab {
    let lab = try S3Lab(buckets: "box", "shelf")
    try lab.send(
      "PUT", "/box/from here",
      [
        "Content-Type": "text/plain", "x-amz-meta-a": "1", "x-amz-tagging": "t=1",
        "x-amz-website-redirect-location": "/x",
      ], body: "hello")
    return lab
  }

  @Test("take everything along but the redirect")
  func whole() throws {
    let lab = try Self.lab()
    let copied = try lab.send("PUT", "/shelf/to", ["x-amz-copy-source": "/box/from%20here"])
    #expect(copied.status == 200)
    #expect(try copied.value("/CopyObjectResult/ETag") == ObjectTests.hello)
    #expect(try copied.value("//LastModified") == "2025-01-15T12:00:00.000Z")
    #expect(
      try copied.value("//ChecksumCRC64NVME") == "M3eFcAZSQlc=" && copied.value("//ChecksumType") == "FULL_OBJECT")
    #expect(copied.headers["x-amz-server-side-encryption"] == "AES256")
    let got = try lab.send("GET", "/shelf/to")
    #expect(got.text == "hello" && got.headers["Content-Type"] == "text/plain" && got.headers["x-amz-meta-a"] == "1")
    #expect(got.headers["x-amz-tagging-count"] == "1" && got.headers["x-amz-website-redirect-location"] == nil)
  }

  @Test("replace what the directives say")
  func directives() throws {
    let lab = try Self.lab()
    try lab.send(
      "PUT", "/box/to",
      [
        "x-amz-copy-source": "box/from%20here", "x-amz-metadata-directive": "REPLACE", "x-amz-meta-b": "2",
        "x-amz-tagging-directive": "REPLACE", "x-amz-tagging": "u=1&v=2", "x-amz-storage-class": "STANDARD_IA",
        "x-amz-checksum-algorithm": "SHA256",
      ])
    let got = try lab.send("GET", "/box/to", ["x-amz-checksum-mode": "ENABLED"])
    #expect(got.headers["x-amz-meta-a"] == nil && got.headers["x-amz-meta-b"] == "2")
    #expect(got.headers["Content-Type"] == "binary/octet-stream" && got.headers["x-amz-tagging-count"] == "2")
    #expect(got.headers["x-amz-storage-class"] == "STANDARD_IA")
    #expect(got.headers["x-amz-checksum-sha256"] == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")
  }

  @Test("onto itself must change something")
  func itself() throws {
    let lab = try Self.lab()
    let same = try lab.send("PUT", "/box/from%20here", ["x-amz-copy-source": "/box/from%20here"])
    #expect(same.status == 400 && same.code == "InvalidRequest" && same.message?.contains("to itself") == true)
    let changed = try lab.send(
      "PUT", "/box/from%20here", ["x-amz-copy-source": "/box/from%20here", "x-amz-metadata-directive": "REPLACE"])
    #expect(changed.status == 200)
  }

  static let refusals: [(name: String, headers: HTTPHeaders, status: Int, code: String)] = [
    ("no object", ["x-amz-copy-source": "/box/none"], 404, "NoSuchKey"),
    ("no bucket", ["x-amz-copy-source": "/nowhere/k"], 404, "NoSuchBucket"),
    ("no key", ["x-amz-copy-source": "/box/"], 400, "InvalidArgument"),
    ("no slash", ["x-amz-copy-source": "box"], 400, "InvalidArgument"),
    (
      "another tag", ["x-amz-copy-source": "/box/from%20here", "x-amz-copy-source-if-match": "\"x\""], 412,
      "PreconditionFailed"
    ),
    (
      "its tag", ["x-amz-copy-source": "/box/from%20here", "x-amz-copy-source-if-none-match": ObjectTests.hello], 412,
      "PreconditionFailed"
    ),
    (
      "not modified",
      [
        "x-amz-copy-source": "/box/from%20here", "x-amz-copy-source-if-modified-since": "Wed, 15 Jan 2025 12:00:00 GMT",
      ], 412, "PreconditionFailed"
    ),
    (
      "a directive that is none", ["x-amz-copy-source": "/box/from%20here", "x-amz-metadata-directive": "KEEP"], 400,
      "InvalidArgument"
    ),
    (
      "a checksum that is none", ["x-amz-copy-source": "/box/from%20here", "x-amz-checksum-algorithm": "MD4"], 400,
      "InvalidRequest"
    ),
    (
      "something there already", ["x-amz-copy-source": "/box/from%20here", "If-None-Match": "*"], 412,
      "PreconditionFailed"
    ),
  ]

  @Test("are refused", arguments: refusals.indices)
  func refused(index: Int) throws {
    let test = Self.refusals[index]
    let lab = try Self.lab()
    try lab.send("PUT", "/shelf/to", body: "old")
    let reply = try lab.send("PUT", "/shelf/to", test.headers)
    #expect(reply.status == test.status && reply.code == test.code, "\(test.name): \(reply.text)")
    #expect(try lab.send("GET", "/shelf/to").text == "old")
  }

  @Test("of a version, and of what was uploaded in parts")
  func versionsAndParts() throws {
    let lab = try Self.lab()
    try lab.send("PUT", "/box?versioning", body: VersioningTests.status("Enabled"))
    let first = try lab.send("PUT", "/box/v", body: "one").headers["x-amz-version-id"] ?? ""
    let marker = try lab.send("DELETE", "/box/v").headers["x-amz-version-id"] ?? ""
    let copied = try lab.send("PUT", "/box/v", ["x-amz-copy-source": "/box/v?versionId=\(first)"])
    #expect(
      copied.headers["x-amz-copy-source-version-id"] == first && copied.headers["x-amz-version-id"]?.utf8.count == 32)
    #expect(try lab.send("GET", "/box/v").text == "one")
    let ofMarker = try lab.send("PUT", "/box/w", ["x-amz-copy-source": "/box/v?versionId=\(marker)"])
    #expect(ofMarker.status == 400 && ofMarker.message?.contains("delete marker") == true)
    let upload = try MultipartTests.Upload(lab, ["x-amz-checksum-algorithm": "CRC32"])
    let crc = Base64.encode(ChecksumAlgorithm.crc32.value(of: Array("part".utf8)))
    let tag = try upload.part(1, Array("part".utf8), ["x-amz-checksum-crc32": crc]).headers["ETag"]
    #expect(try upload.complete([(1, tag, "<ChecksumCRC32>\(crc)</ChecksumCRC32>")]).status == 200)
    let whole = try lab.send("PUT", "/shelf/whole", ["x-amz-copy-source": "/box/whole"])
    let md5 = CryptoBytes.hex(DigestAlgorithm.md5.digest("part".utf8))
    #expect(try whole.value("//ETag") == "\"\(md5)\"", "a copy is in one piece")
    #expect(try whole.value("//ChecksumCRC32") == crc && whole.value("//ChecksumType") == "FULL_OBJECT")
  }

  @Test("into a part, whole or by range")
  func parts() throws {
    let lab = try Self.lab()
    let upload = try MultipartTests.Upload(lab)
    let target = "/box/whole?partNumber=1&uploadId=\(upload.id)"
    let part = try lab.send(
      "PUT", target, ["x-amz-copy-source": "/box/from%20here", "x-amz-copy-source-range": "bytes=1-3"])
    #expect(part.status == 200, "\(part.text)")
    #expect(try part.value("/CopyPartResult/ETag") == "\"\(CryptoBytes.hex(DigestAlgorithm.md5.digest("ell".utf8)))\"")
    #expect(try part.value("//ChecksumCRC64NVME") == nil, "as the upload asked for none")
    for range in ["bytes=1-", "bytes=-2", "1-2", "bytes=3-1"] {
      let bad = try lab.send(
        "PUT", target, ["x-amz-copy-source": "/box/from%20here", "x-amz-copy-source-range": .init(range)])
      #expect(bad.code == "InvalidArgument", "\(range)")
    }
    let beyond = try lab.send(
      "PUT", target, ["x-amz-copy-source": "/box/from%20here", "x-amz-copy-source-range": "bytes=1-9"])
    #expect(beyond.message == "Range specified is not valid for source object of size: 5")
    #expect(try upload.complete([(1, try part.value("//ETag"), "")]).status == 200)
    #expect(try lab.send("GET", "/box/whole").text == "ell")
    #expect(try lab.send("GET", "/box/whole", ["Range": "bytes=1-1"]).text == "l")
  }
}
