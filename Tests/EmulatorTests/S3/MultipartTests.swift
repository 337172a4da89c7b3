import HTTP
import SigV4
import Testing

@testable import Emulator

@Suite("S3: uploads in parts")
struct MultipartTests {
  /// A part of the least size that is allowed before the last, not the same in every byte.
  static let big = (0..<CompletedUpload.smallestPart).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }

  /// An upload that was begun.
  struct Upload {
    var lab: S3Lab
    var id: String
    var begun: S3Reply

    init(_ lab: S3Lab, _ headers: HTTPHeaders = [:]) throws {
      self.lab = lab
      begun = try lab.send("POST", "/box/whole?uploads", headers)
      id = try #require(try begun.value("//UploadId"), "\(begun.text)")
    }

    @discardableResult
    func part(_ number: Int, _ bytes: [UInt8], _ headers: HTTPHeaders = [:]) throws -> S3Reply {
      try lab.send("PUT", "/box/whole?partNumber=\(number)&uploadId=\(id)", headers, bytes: bytes)
    }

    /// Completes with these parts, each a number, a tag, and further elements.
    func complete(_ parts: [(Int, String?, String)], _ headers: HTTPHeaders = [:]) throws -> S3Reply {
      let listed = parts.map { "<Part><PartNumber>\($0.0)</PartNumber><ETag>\($0.1 ?? "")</ETag>\($0.2)</Part>" }
      let body = "<CompleteMultipartUpload>\(listed.joined())</CompleteMultipartUpload>"
      return try lab.send("POST", "/box/whole?uploadId=\(id)", headers, body: body)
    }

    func abort() throws -> S3Reply { try lab.send("DELETE", "/box/whole?uploadId=\(id)") }
  }

  @Test("make one object, with a checksum of all of it")
  func whole() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try Upload(lab, ["Content-Type": "text/plain", "x-amz-meta-a": "b"])
    #expect(try upload.begun.value("//Bucket") == "box" && upload.begun.value("//Key") == "whole")
    #expect(upload.begun.headers["x-amz-server-side-encryption"] == "AES256")
    #expect(upload.begun.headers["x-amz-checksum-algorithm"] == nil)
    // Numbers need not follow each other, and a part may be sent again.
    try upload.part(3, Array("not this".utf8))
    let first = try upload.part(3, Self.big)
    let last = try upload.part(7, Array("end".utf8))
    #expect(first.status == 200 && first.headers["ETag"]?.utf8.count == 34)
    #expect(try lab.send("GET", "/box/whole").status == 404, "nothing is there before it is complete")
    let done = try upload.complete([(3, first.headers["ETag"], ""), (7, last.headers["ETag"], "")])
    #expect(done.status == 200, "\(done.text)")
    #expect(try done.value("//Location") == "https://box.s3.amazonaws.com/whole")
    let digests = DigestAlgorithm.md5.digest(Self.big) + DigestAlgorithm.md5.digest(Array("end".utf8))
    let tag = "\"\(CryptoBytes.hex(DigestAlgorithm.md5.digest(digests)))-2\""
    #expect(try done.value("//ETag") == tag)
    let all = Self.big + Array("end".utf8)
    let checksum = Base64.encode(ChecksumAlgorithm.crc64nvme.value(of: all))
    #expect(try done.value("//ChecksumCRC64NVME") == checksum && done.value("//ChecksumType") == "FULL_OBJECT")
    let got = try lab.send("GET", "/box/whole", ["x-amz-checksum-mode": "ENABLED"])
    #expect(got.body == all && got.headers["ETag"] == tag && got.headers["x-amz-checksum-crc64nvme"] == checksum)
    #expect(got.headers["Content-Type"] == "text/plain" && got.headers["x-amz-meta-a"] == "b")
    try expectParts(lab, all: all)
    #expect(try upload.abort().code == "NoSuchUpload", "the upload is over")
  }

  private func expectParts(_ lab: S3Lab, all: [UInt8]) throws {
    let second = try lab.send("GET", "/box/whole?partNumber=2")
    #expect(second.status == 206 && second.text == "end" && second.headers["x-amz-mp-parts-count"] == "2")
    #expect(second.headers["Content-Range"] == "bytes \(all.count - 3)-\(all.count - 1)/\(all.count)")
    let across = try lab.send("GET", "/box/whole", ["Range": "bytes=\(all.count - 5)-\(all.count - 2)"])
    #expect(across.body == Array(all[(all.count - 5)..<(all.count - 1)]))
    #expect(try lab.send("HEAD", "/box/whole?partNumber=3").status == 416)
  }

  @Test("with a checksum of the parts' checksums", arguments: [ChecksumAlgorithm.crc32, .crc32c, .sha1, .sha256])
  func composite(algorithm: ChecksumAlgorithm) throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try Upload(lab, ["x-amz-checksum-algorithm": algorithm.rawValue])
    #expect(upload.begun.headers["x-amz-checksum-type"] == "COMPOSITE")
    let values = [Self.big, Array("end".utf8)].map { algorithm.value(of: $0) }
    let first = try upload.part(1, Self.big, [algorithm.header: Base64.encode(values[0])])
    let last = try upload.part(2, Array("end".utf8), [algorithm.header: Base64.encode(values[1])])
    #expect(last.headers[algorithm.header] == Base64.encode(values[1]) && last.headers["x-amz-checksum-type"] == nil)
    func element(_ value: [UInt8]) -> String { "<\(algorithm.member)>\(Base64.encode(value))</\(algorithm.member)>" }
    let missing = try upload.complete([(1, first.headers["ETag"], ""), (2, last.headers["ETag"], "")])
    #expect(missing.code == "InvalidRequest", "\(missing.text)")
    let wrong = try upload.complete([(1, first.headers["ETag"], element(values[1])), (2, last.headers["ETag"], "")])
    #expect(wrong.code == "BadDigest")
    #expect(wrong.message?.hasPrefix("The \(algorithm.rawValue.lowercased()) you specified for part 1 did not") == true)
    let done = try upload.complete([
      (1, first.headers["ETag"], element(values[0])), (2, last.headers["ETag"], element(values[1])),
    ])
    let expected = Base64.encode(algorithm.value(of: values[0] + values[1])) + "-2"
    #expect(try done.value("//\(algorithm.member)") == expected && done.value("//ChecksumType") == "COMPOSITE")
    let got = try lab.send("HEAD", "/box/whole", ["x-amz-checksum-mode": "ENABLED"])
    #expect(got.headers[algorithm.header] == expected && got.headers["x-amz-checksum-type"] == "COMPOSITE")
    let part = try lab.send("HEAD", "/box/whole?partNumber=2", ["x-amz-checksum-mode": "ENABLED"])
    #expect(part.headers[algorithm.header] == Base64.encode(values[1]))
  }

  @Test("with a checksum of the whole where that is asked for")
  func fullObject() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try Upload(lab, ["x-amz-checksum-algorithm": "CRC32", "x-amz-checksum-type": "FULL_OBJECT"])
    let values = [Self.big, Array("end".utf8)].map { Base64.encode(ChecksumAlgorithm.crc32.value(of: $0)) }
    let first = try upload.part(1, Self.big, ["x-amz-checksum-crc32": values[0]])
    let last = try upload.part(2, Array("end".utf8), ["x-amz-checksum-crc32": values[1]])
    let parts = [(1, first.headers["ETag"], ""), (2, last.headers["ETag"], "")]
    let whole = Base64.encode(ChecksumAlgorithm.crc32.value(of: Self.big + Array("end".utf8)))
    #expect(try upload.complete(parts, ["x-amz-checksum-crc32": "AAAAAA=="]).code == "BadDigest")
    #expect(try upload.complete(parts, ["x-amz-checksum-type": "COMPOSITE"]).code == "InvalidRequest")
    #expect(try upload.complete(parts, ["x-amz-mp-object-size": "7"]).code == "InvalidRequest")
    let done = try upload.complete(parts, ["x-amz-checksum-crc32": whole, "x-amz-checksum-type": "FULL_OBJECT"])
    #expect(try done.value("//ChecksumCRC32") == whole && done.value("//ChecksumType") == "FULL_OBJECT")
  }

  @Test("refuse parts that are too small, missing, changed or out of order")
  func refusals() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try Upload(lab)
    let one = try upload.part(1, Array("one".utf8)).headers["ETag"] ?? ""
    let two = try upload.part(2, Array("two".utf8)).headers["ETag"] ?? ""
    let small = try upload.complete([(1, one, ""), (2, two, "")])
    #expect(small.status == 400 && small.code == "EntityTooSmall")
    #expect(
      small.fields == [
        "ProposedSize": "3", "MinSizeAllowed": "5242880", "PartNumber": "1",
        "ETag": String(one.dropFirst().dropLast()),
      ])
    let order = try upload.complete([(2, two, ""), (1, one, "")])
    #expect(order.code == "InvalidPartOrder" && order.fields == ["UploadId": upload.id])
    let missing = try upload.complete([(3, two, "")])
    #expect(missing.code == "InvalidPart")
    #expect(missing.fields == ["UploadId": upload.id, "PartNumber": "3", "ETag": String(two.dropFirst().dropLast())])
    #expect(try upload.complete([(1, two, "")]).code == "InvalidPart")
    #expect(try upload.complete([]).code == "MalformedXML")
    #expect(try upload.part(0, []).code == "InvalidArgument")
    #expect(try upload.part(10_001, []).message == "Part number must be an integer between 1 and 10000, inclusive")
    #expect(try upload.complete([(2, two, "")]).status == 200, "the last part may be small")
  }

  @Test("are known by their id and key only")
  func unknown() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try Upload(lab)
    let elsewhere = try lab.send("PUT", "/box/other?partNumber=1&uploadId=\(upload.id)", body: "x")
    #expect(elsewhere.status == 404 && elsewhere.code == "NoSuchUpload" && elsewhere.fields == ["UploadId": upload.id])
    #expect(try upload.abort().status == 204)
    #expect(try upload.abort().status == 404)
    #expect(try upload.part(1, []).code == "NoSuchUpload")
    #expect(try upload.complete([(1, "x", "")]).code == "NoSuchUpload")
  }

  @Test("do not hold a bucket back from being deleted, and hold no condition open")
  func conditions() throws {
    let lab = try S3Lab(buckets: "box")
    let upload = try Upload(lab)
    let tag = try upload.part(1, Array("x".utf8)).headers["ETag"]
    try lab.send("PUT", "/box/whole", body: "first")
    let refused = try upload.complete([(1, tag, "")], ["If-None-Match": "*"])
    #expect(refused.status == 412 && refused.fields == ["Condition": "If-None-Match"])
    try lab.send("DELETE", "/box/whole")
    #expect(try lab.send("DELETE", "/box").status == 204)
  }

  @Test(
    "name their checksum right",
    arguments: [
      (["x-amz-checksum-algorithm": "MD4"], "InvalidRequest"),
      (["x-amz-checksum-type": "COMPOSITE"], "InvalidRequest"),
      (["x-amz-checksum-algorithm": "SHA1", "x-amz-checksum-type": "FULL_OBJECT"], "InvalidRequest"),
      (["x-amz-checksum-algorithm": "CRC64NVME", "x-amz-checksum-type": "COMPOSITE"], "InvalidRequest"),
    ] as [(HTTPHeaders, String)])
  func badChecksum(headers: HTTPHeaders, code: String) throws {
    let lab = try S3Lab(buckets: "box")
    #expect(try lab.send("POST", "/box/k?uploads", headers).code == code)
  }

  @Test("take a part's checksum of the upload's kind only")
  func partChecksum() throws {
    let upload = try Upload(try S3Lab(buckets: "box"), ["x-amz-checksum-algorithm": "SHA256"])
    let crc = Base64.encode(ChecksumAlgorithm.crc32.value(of: Array("x".utf8)))
    let other = try upload.part(1, Array("x".utf8), ["x-amz-checksum-crc32": crc])
    #expect(
      other.message == "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32")
    let none = try upload.part(1, Array("x".utf8))
    #expect(
      none.message == "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: null")
  }
}
