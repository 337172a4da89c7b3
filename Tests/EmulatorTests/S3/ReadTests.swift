import HTTP
import Testing

@testable import Emulator

@Suite("S3: conditional and partial reads")
struct ReadTests {
  static let tag = "\"781e5e245d69b566979b86e28d23f2c7\""

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var headers: HTTPHeaders
    var status: Int
    var body = ""
    var range: String?
    var testDescription: String { name }
  }

  /// The object holds `0123456789` and was modified at 12:00:00.
  static let conditionals: [Case] = [
    Case(name: "its tag", headers: ["If-Match": tag], status: 200, body: "0123456789"),
    Case(
      name: "its tag without quotes", headers: ["If-Match": String(tag.dropFirst().dropLast())], status: 200,
      body: "0123456789"),
    Case(name: "any tag", headers: ["If-Match": "*"], status: 200, body: "0123456789"),
    Case(name: "its tag among others", headers: ["If-Match": "\"x\", \(tag)"], status: 200, body: "0123456789"),
    Case(name: "another tag", headers: ["If-Match": "\"x\""], status: 412),
    Case(name: "not its tag", headers: ["If-None-Match": tag], status: 304),
    Case(name: "no tag at all", headers: ["If-None-Match": "*"], status: 304),
    Case(name: "not another tag", headers: ["If-None-Match": "\"x\""], status: 200, body: "0123456789"),
    Case(
      name: "modified since before", headers: ["If-Modified-Since": "Wed, 15 Jan 2025 11:59:59 GMT"], status: 200,
      body: "0123456789"),
    Case(
      name: "modified since that moment", headers: ["If-Modified-Since": "Wed, 15 Jan 2025 12:00:00 GMT"], status: 304),
    Case(
      name: "unmodified since before", headers: ["If-Unmodified-Since": "Wed, 15 Jan 2025 11:59:59 GMT"], status: 412),
    Case(
      name: "unmodified since that moment", headers: ["If-Unmodified-Since": "Wed, 15 Jan 2025 12:00:00 GMT"],
      status: 200, body: "0123456789"),
    Case(
      name: "its tag outweighs the date",
      headers: ["If-Match": tag, "If-Unmodified-Since": "Wed, 15 Jan 2025 11:59:59 GMT"], status: 200,
      body: "0123456789"),
    Case(
      name: "not its tag outweighs the date",
      headers: ["If-None-Match": tag, "If-Modified-Since": "Wed, 15 Jan 2025 11:59:59 GMT"], status: 304),
    Case(
      name: "another tag fails before the date is looked at",
      headers: ["If-Match": "\"x\"", "If-Modified-Since": "Wed, 15 Jan 2025 12:00:00 GMT"], status: 412),
    Case(
      name: "a failed condition comes before a bad range", headers: ["If-Match": "\"x\"", "Range": "bytes=90-"],
      status: 412),
  ]

  static let ranges: [Case] = [
    Case(name: "from and to", headers: ["Range": "bytes=2-4"], status: 206, body: "234", range: "bytes 2-4/10"),
    Case(name: "one byte", headers: ["Range": "bytes=0-0"], status: 206, body: "0", range: "bytes 0-0/10"),
    Case(name: "to the end", headers: ["Range": "bytes=7-"], status: 206, body: "789", range: "bytes 7-9/10"),
    Case(name: "the last", headers: ["Range": "bytes=-3"], status: 206, body: "789", range: "bytes 7-9/10"),
    Case(
      name: "more of the last than there are", headers: ["Range": "bytes=-30"], status: 206, body: "0123456789",
      range: "bytes 0-9/10"),
    Case(name: "beyond the end", headers: ["Range": "bytes=8-99"], status: 206, body: "89", range: "bytes 8-9/10"),
    Case(
      name: "a huge end", headers: ["Range": "bytes=8-99999999999999999999"], status: 206, body: "89",
      range: "bytes 8-9/10"),
    Case(name: "behind the end", headers: ["Range": "bytes=10-"], status: 416),
    Case(name: "none of the last", headers: ["Range": "bytes=-0"], status: 416),
    Case(name: "several ranges are passed over", headers: ["Range": "bytes=0-1,3-4"], status: 200, body: "0123456789"),
    Case(
      name: "an end before the start is passed over", headers: ["Range": "bytes=4-2"], status: 200, body: "0123456789"),
    Case(name: "another unit is passed over", headers: ["Range": "lines=1-2"], status: 200, body: "0123456789"),
    Case(name: "nonsense is passed over", headers: ["Range": "bytes=a-b"], status: 200, body: "0123456789"),
    Case(name: "no numbers are passed over", headers: ["Range": "bytes=-"], status: 200, body: "0123456789"),
    Case(name: "a sign is no number", headers: ["Range": "bytes=+1-2"], status: 200, body: "0123456789"),
  ]

  @Test("by condition and by range", arguments: conditionals + ranges)
  func reads(_ test: Case) throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send("PUT", "/box/digits", body: "0123456789")
    let got = try lab.send("GET", "/box/digits", test.headers)
    let head = try lab.send("HEAD", "/box/digits", test.headers)
    #expect(got.status == test.status && head.status == test.status && head.body.isEmpty)
    #expect(got.headers["Content-Range"] == test.range && head.headers["Content-Range"] == test.range)
    switch test.status {
    case 200, 206:
      #expect(got.text == test.body)
      #expect(head.headers["Content-Length"] == String(test.body.utf8.count))
    case 304: #expect(got.body.isEmpty && got.headers["ETag"] == Self.tag)
    case 412:
      #expect(got.code == "PreconditionFailed")
      #expect(got.message == "At least one of the pre-conditions you specified did not hold")
      #expect(got.fields["Condition"].map { test.headers[$0] != nil } == true)
    default:
      #expect(got.code == "InvalidRange")
      #expect(got.fields == ["RangeRequested": test.headers["Range"] ?? "", "ActualObjectSize": "10"])
    }
  }

  @Test("an empty object has no range")
  func emptyObject() throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send("PUT", "/box/nothing")
    #expect(try lab.send("GET", "/box/nothing").status == 200)
    #expect(try lab.send("GET", "/box/nothing", ["Range": "bytes=0-0"]).status == 416)
    #expect(try lab.send("GET", "/box/nothing", ["Range": "bytes=-1"]).status == 416)
  }

  @Test("by part number, of an object in one piece")
  func partNumber() throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send("PUT", "/box/digits", body: "0123456789")
    let first = try lab.send("GET", "/box/digits?partNumber=1")
    #expect(first.status == 206 && first.text == "0123456789" && first.headers["Content-Range"] == "bytes 0-9/10")
    #expect(first.headers["x-amz-mp-parts-count"] == nil)
    let second = try lab.send("GET", "/box/digits?partNumber=2")
    #expect(second.status == 416 && second.code == "InvalidPartNumber")
    #expect(second.fields == ["PartNumberRequested": "2", "ActualPartCount": "1"])
    #expect(try lab.send("GET", "/box/digits?partNumber=0").code == "InvalidArgument")
    #expect(try lab.send("GET", "/box/digits?partNumber=1", ["Range": "bytes=0-1"]).code == "InvalidRequest")
  }

  @Test("what is archived cannot be read, only looked at")
  func archived() throws {
    let lab = try S3Lab(buckets: "box")
    try lab.send("PUT", "/box/old", ["x-amz-storage-class": "GLACIER"], body: "x")
    let got = try lab.send("GET", "/box/old")
    #expect(got.status == 403 && got.code == "InvalidObjectState" && got.fields == ["StorageClass": "GLACIER"])
    #expect(try lab.send("HEAD", "/box/old").headers["x-amz-storage-class"] == "GLACIER")
  }
}

@Suite("S3: conditional writes")
struct ConditionalWriteTests {
  @Test("only where nothing is yet")
  func ifNoneMatch() throws {
    let lab = try S3Lab(buckets: "box")
    #expect(try lab.send("PUT", "/box/k", ["If-None-Match": "*"], body: "1").status == 200)
    let second = try lab.send("PUT", "/box/k", ["If-None-Match": "*"], body: "2")
    #expect(
      second.status == 412 && second.code == "PreconditionFailed" && second.fields == ["Condition": "If-None-Match"])
    #expect(try lab.send("GET", "/box/k").text == "1")
    let odd = try lab.send("PUT", "/box/k", ["If-None-Match": "\"x\""], body: "2")
    #expect(odd.status == 501 && odd.code == "NotImplemented" && odd.fields["Header"] == "If-None-Match")
  }

  @Test("only in place of what is meant")
  func ifMatch() throws {
    let lab = try S3Lab(buckets: "box")
    let missing = try lab.send("PUT", "/box/k", ["If-Match": "\"x\""], body: "1")
    #expect(missing.status == 404 && missing.code == "NoSuchKey")
    let tag = try lab.send("PUT", "/box/k", body: "1").headers["ETag"] ?? ""
    #expect(try lab.send("PUT", "/box/k", ["If-Match": tag], body: "2").status == 200)
    let stale = try lab.send("PUT", "/box/k", ["If-Match": tag], body: "3")
    #expect(stale.status == 412 && stale.fields == ["Condition": "If-Match"])
    #expect(try lab.send("DELETE", "/box/k", ["If-Match": tag]).status == 412)
    #expect(try lab.send("DELETE", "/box/k", ["If-Match": "*"]).status == 204)
    #expect(try lab.send("DELETE", "/box/k", ["If-Match": "*"]).status == 404)
  }
}
