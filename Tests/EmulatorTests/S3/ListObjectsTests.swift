import HTTP
import Testing

@testable import Emulator

@Suite("S3: listing objects")
struct ListObjectsTests {
  static func lab(_ keys: String...) throws -> S3Lab {
    let lab = try S3Lab(buckets: "box")
    for key in keys { try lab.send("PUT", "/box/\(PercentEncoding.encode(key, keeping: "/"))", body: key) }
    return lab
  }

  @Test("version 2 has the members that AWS sends, in its order")
  func version2() throws {
    let reply = try Self.lab("a").send("GET", "/box?list-type=2")
    #expect(
      reply.text
        == """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>box</Name><Prefix></Prefix>\
        <KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents>\
        <Key>a</Key><LastModified>2025-01-15T12:00:00.000Z</LastModified>\
        <ETag>&quot;0cc175b9c0f1b6a831c399e269772661&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>\
        <ChecksumType>FULL_OBJECT</ChecksumType><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>\
        </ListBucketResult>
        """)
  }

  @Test("version 1 has a marker and owners")
  func version1() throws {
    let reply = try Self.lab("a").send("GET", "/box?encoding-type=url")
    #expect(
      try reply.value("//Marker") == "" && reply.value("//Prefix") == "" && reply.value("//EncodingType") == "url")
    #expect(try reply.value("//Contents/Owner/ID") == CanonicalUser.id(ofAccount: S3Lab.owner))
    #expect(try reply.value("//KeyCount") == nil)
    #expect(try reply.value("//NextMarker") == nil)
  }

  @Test("an empty bucket has no contents")
  func empty() throws {
    let reply = try Self.lab().send("GET", "/box?list-type=2")
    #expect(
      try reply.values("//Contents").isEmpty && reply.value("//KeyCount") == "0" && reply.value("//Name") == "box")
  }

  @Test("by prefix and delimiter, page by page, each entry once", arguments: ["list-type=2", ""])
  func pages(version: String) throws {
    let lab = try Self.lab("a", "dir/1", "dir/2", "dir/sub/3", "e", "z/1")
    var entries: [String] = []
    var next: String? = ""
    while let start = next, entries.count < 20 {
      let reply = try lab.send("GET", "/box?\(version)&delimiter=%2F&max-keys=1\(start)")
      entries += try reply.values("//Contents/Key | //CommonPrefixes/Prefix")
      #expect(try reply.value("//IsTruncated") == (entries.count < 4 ? "true" : "false"))
      next =
        version.isEmpty
        ? try reply.value("//NextMarker").map { "&marker=\(PercentEncoding.encode($0))" }
        : try reply.value("//NextContinuationToken").map { "&continuation-token=\(PercentEncoding.encode($0))" }
    }
    #expect(entries == ["a", "dir/", "e", "z/"])
    #expect(
      try lab.send("GET", "/box?\(version)&prefix=dir/&delimiter=/").values("//Contents/Key") == ["dir/1", "dir/2"])
    #expect(
      try lab.send("GET", "/box?\(version)&prefix=dir/&delimiter=/").values("//CommonPrefixes/Prefix") == ["dir/sub/"])
  }

  @Test("start-after and fetch-owner")
  func startAfter() throws {
    let lab = try Self.lab("a", "b", "c")
    let reply = try lab.send("GET", "/box?list-type=2&start-after=a&fetch-owner=true")
    #expect(try reply.values("//Key") == ["b", "c"])
    #expect(try reply.value("//StartAfter") == "a")
    #expect(try reply.values("//Owner/ID").count == 2)
    #expect(try lab.send("GET", "/box?list-type=2&start-after=a").values("//Owner/ID").isEmpty)
  }

  @Test("encoding-type=url encodes every name")
  func encoding() throws {
    let lab = try Self.lab("test_file(3).png", "a b/c+d", "é/ü", "x*y~z")
    let reply = try lab.send("GET", "/box?list-type=2&encoding-type=url")
    #expect(try reply.values("//Key") == ["a+b/c%2Bd", "test_file%283%29.png", "x*y%7Ez", "%C3%A9/%C3%BC"])
    let rolled = try lab.send("GET", "/box?list-type=2&encoding-type=url&delimiter=%2F&prefix=a%20&start-after=a%20")
    #expect(try rolled.value("//CommonPrefixes/Prefix") == "a+b/")
    #expect(try rolled.value("/ListBucketResult/Prefix") == "a+" && rolled.value("//StartAfter") == "a+")
    #expect(try rolled.value("//Delimiter") == "/")
  }

  @Test("max-keys is capped, may be nothing, and must be a number")
  func maxKeys() throws {
    let lab = try Self.lab("a")
    #expect(try lab.send("GET", "/box?list-type=2&max-keys=5000").value("//MaxKeys") == "1000")
    let nothing = try lab.send("GET", "/box?list-type=2&max-keys=0")
    #expect(try nothing.value("//KeyCount") == "0" && nothing.value("//IsTruncated") == "false")
    for bad in ["-1", "x", "99999999999"] {
      let reply = try lab.send("GET", "/box?list-type=2&max-keys=\(bad)")
      #expect(reply.status == 400 && reply.code == "InvalidArgument", "\(bad)")
    }
    #expect(try lab.send("GET", "/box?list-type=2&encoding-type=xml").code == "InvalidArgument")
    #expect(try lab.send("GET", "/box?list-type=2&continuation-token=%21").code == "InvalidArgument")
    #expect(try lab.send("GET", "/box?list-type=3").code == "InvalidArgument")
  }
}
