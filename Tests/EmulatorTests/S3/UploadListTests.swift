import AWSAPI
import HTTP
import Testing

@testable import Emulator

@Suite("S3: listing uploads, parts and attributes")
struct UploadListTests {
  @Test("uploads by key and by when they began, page by page")
  func uploads() throws {
    let lab = try S3Lab(buckets: "box")
    var ids: [String] = []
    for key in ["b", "a", "b", "d/1"] {
      ids.append(try lab.send("POST", "/box/\(key)?uploads").value("//UploadId") ?? "")
      lab.emulator.clock.advance(by: .seconds(1))
    }
    let all = try lab.send("GET", "/box?uploads")
    #expect(try all.values("//Upload/UploadId") == [ids[1], ids[0], ids[2], ids[3]])
    #expect(try all.values("//Upload/Key") == ["a", "b", "b", "d/1"])
    #expect(try all.value("//Upload/Initiated") == "2025-01-15T12:00:01.000Z")
    #expect(try all.value("//Owner/ID") == CanonicalUser.id(ofAccount: S3Lab.owner))
    #expect(try all.value("//Initiator/ID") == CanonicalUser.id(ofAccount: S3Lab.owner), "the root user began it")
    #expect(try all.value("//Bucket") == "box" && all.value("//MaxUploads") == "1000")
    #expect(try all.value("//KeyMarker") == "" && all.value("//UploadIdMarker") == "" && all.value("//Prefix") == nil)
    #expect(try all.value("//NextKeyMarker") == "d/1" && all.value("//NextUploadIdMarker") == ids[3])
    var collected: [String] = []
    var markers = ""
    var isTruncated = true
    while isTruncated, collected.count < 10 {
      let page = try lab.send("GET", "/box?uploads&max-uploads=1&delimiter=/\(markers)")
      collected += try page.values("//Upload/UploadId | //CommonPrefixes/Prefix")
      isTruncated = try page.value("//IsTruncated") == "true"
      let key = PercentEncoding.encode(try page.value("//NextKeyMarker") ?? "")
      markers = "&key-marker=\(key)&upload-id-marker=\(try page.value("//NextUploadIdMarker") ?? "")"
    }
    #expect(collected == [ids[1], ids[0], ids[2], "d/"])
    #expect(try lab.send("GET", "/box?uploads&prefix=b&encoding-type=url").values("//Upload/Key") == ["b", "b"])
  }

  @Test("parts, page by page")
  func parts() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try MultipartTests.Upload(lab)
    for number in [5, 1, 3] { try upload.part(number, Array("part \(number)".utf8)) }
    let all = try lab.send("GET", "/box/whole?uploadId=\(upload.id)")
    #expect(try all.values("//Part/PartNumber") == ["1", "3", "5"] && all.values("//Part/Size") == ["6", "6", "6"])
    #expect(try all.value("//PartNumberMarker") == "0" && all.value("//NextPartNumberMarker") == "5")
    #expect(try all.value("//MaxParts") == "1000" && all.value("//IsTruncated") == "false")
    #expect(try all.value("//StorageClass") == "STANDARD" && all.value("//ChecksumAlgorithm") == nil)
    #expect(try all.values("//ChecksumCRC64NVME").isEmpty, "as the upload asked for none")
    let page = try lab.send("GET", "/box/whole?uploadId=\(upload.id)&max-parts=1&part-number-marker=1")
    #expect(try page.values("//PartNumber") == ["3"] && page.value("//IsTruncated") == "true")
    #expect(try page.value("//NextPartNumberMarker") == "3")
    #expect(try lab.send("GET", "/box/whole?uploadId=none").code == "NoSuchUpload")
  }

  @Test("an IAM user is named as who began an upload")
  func initiator() throws {
    let lab = try S3PermissionTests.Lab(S3PermissionTests.allow("s3:*", on: "*"))
    let upload = try lab.user.call("s3:CreateMultipartUpload", ["Bucket": "box", "Key": "k"])
    let parts = try lab.user.call(
      "s3:ListParts", ["Bucket": "box", "Key": "k", "UploadId": upload["UploadId"]])
    #expect(parts["Initiator/ID"]?.string == S3PermissionTests.arn && parts["Initiator/DisplayName"]?.string == "Ann")
  }

  @Test("attributes that are asked for, and no others")
  func attributes() throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send("PUT", "/box/k", body: "hello")
    let some = try lab.send("GET", "/box/k?attributes", ["x-amz-object-attributes": "ETag,ObjectSize"])
    #expect(try some.value("//ETag") == "5d41402abc4b2a76b9719d911017c592" && some.value("//ObjectSize") == "5")
    #expect(try some.value("//StorageClass") == nil && some.value("//Checksum") == nil)
    #expect(some.headers["Last-Modified"] == "Wed, 15 Jan 2025 12:00:00 GMT")
    let others = try lab.send(
      "GET", "/box/k?attributes", ["x-amz-object-attributes": "Checksum,StorageClass,ObjectParts"])
    #expect(
      try others.value("//Checksum/ChecksumCRC64NVME") == "M3eFcAZSQlc="
        && others.value("//ChecksumType") == "FULL_OBJECT")
    #expect(try others.value("//StorageClass") == "STANDARD" && others.value("//ObjectParts") == nil)
    #expect(try lab.send("GET", "/box/k?attributes", ["x-amz-object-attributes": "Colour"]).code == "InvalidArgument")
    #expect(try lab.send("GET", "/box/none?attributes", ["x-amz-object-attributes": "ETag"]).code == "NoSuchKey")
  }

  @Test("the parts of an object, where they have checksums")
  func objectParts() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try MultipartTests.Upload(lab, ["x-amz-checksum-algorithm": "SHA1"])
    let value = Base64.encode(ChecksumAlgorithm.sha1.value(of: Array("x".utf8)))
    let tag = try upload.part(4, Array("x".utf8), ["x-amz-checksum-sha1": value]).headers["ETag"]
    #expect(try upload.complete([(4, tag, "<ChecksumSHA1>\(value)</ChecksumSHA1>")]).status == 200)
    let reply = try lab.send("GET", "/box/whole?attributes", ["x-amz-object-attributes": "ObjectParts,Checksum"])
    #expect(try reply.value("//ObjectParts/PartsCount") == "1" && reply.value("//Part/PartNumber") == "1")
    #expect(try reply.value("//Part/ChecksumSHA1") == value && reply.value("//Part/Size") == "1")
    #expect(
      try reply.value("//ChecksumType") == "COMPOSITE" && reply.value("//Checksum/ChecksumSHA1")?.contains("-") == false
    )
  }
}
