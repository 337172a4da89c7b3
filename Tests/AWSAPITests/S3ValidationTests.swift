import AWSAPI
import HTTP
import Testing

@Suite("Validation by S3")
struct S3ValidationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var request: String
    var headers: HTTPHeaders = [:]
    var body = ""
    var code: String?
    var message: String?
    var fields: [String] = []
    var testDescription: String { "\(request) \(headers.fields.map { "\($0.name): \($0.value)" }) \(body)" }
  }

  private static let malformed =
    "The XML you provided was not well-formed or did not validate against our published schema"

  @Test(
    "the first fault, in S3's words",
    arguments: [
      Case(request: "GET /b?list-type=2&max-keys=10"),
      Case(
        request: "GET /b?list-type=2&max-keys=ten", code: "InvalidArgument",
        message: "Provided max-keys not an integer or within integer range",
        fields: ["ArgumentName=max-keys", "ArgumentValue=ten"]),
      Case(
        request: "GET /b?max-keys=3000000000", code: "InvalidArgument",
        message: "Provided max-keys not an integer or within integer range",
        fields: ["ArgumentName=max-keys", "ArgumentValue=3000000000"]),
      Case(
        request: "GET /b?max-keys=-1", code: "InvalidArgument",
        message: "Argument maxKeys must be an integer between 0 and 2147483647",
        fields: ["ArgumentName=maxKeys", "ArgumentValue=-1"]),
      Case(
        request: "GET /b?encoding-type=base64", code: "InvalidArgument",
        message: "Invalid Encoding Method specified in Request",
        fields: ["ArgumentName=encoding-type", "ArgumentValue=base64"]),
      Case(
        request: "PUT /b/k?partNumber=0&uploadId=u", code: "InvalidArgument",
        message: "Part number must be an integer between 1 and 10000, inclusive",
        fields: ["ArgumentName=partNumber", "ArgumentValue=0"]),
      Case(
        request: "PUT /b/k?partNumber=x&uploadId=u", code: "InvalidArgument",
        message: "Part number must be an integer between 1 and 10000, inclusive",
        fields: ["ArgumentName=partNumber", "ArgumentValue=x"]),
      Case(
        request: "PUT /b/k", headers: ["x-amz-storage-class": "COLD"], code: "InvalidStorageClass",
        message: "The storage class you specified is not valid", fields: ["StorageClassRequested=COLD"]),
      Case(
        request: "PUT /b/k", headers: ["x-amz-acl": "all"], code: "InvalidArgument", message: "",
        fields: ["ArgumentName=x-amz-acl", "ArgumentValue=all"]),
      Case(request: "PUT /b/k", headers: ["Content-Length": "5368709120"]),
      Case(
        request: "PUT /b/\(String(repeating: "k", count: 1025))", code: "KeyTooLongError",
        message: "Your key is too long", fields: ["Size=1025", "MaxSizeAllowed=1024"]),
      Case(
        request: "PUT /b?versioning", body: "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>",
        code: "MalformedXML", message: malformed),
      Case(
        request: "PUT /b?versioning", body: "<VersioningConfiguration><State>Enabled</State></VersioningConfiguration>",
        code: "MalformedXML", message: malformed),
      Case(request: "PUT /b?versioning", body: "<Versioning/>", code: "MalformedXML", message: malformed),
      Case(request: "PUT /b?versioning", body: "not XML", code: "MalformedXML", message: malformed),
      Case(
        request: "PUT /b?versioning",
        body: #"<!DOCTYPE a [<!ENTITY x "y">]><VersioningConfiguration><Status>&x;</Status></VersioningConfiguration>"#,
        code: "MalformedXML", message: malformed),
      Case(
        request: "PUT /b?versioning",
        body: #"<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status>"#
          + "</VersioningConfiguration>"),
      Case(request: "PUT /b?acl", body: "<x/>", code: "MalformedACLError", message: malformed),
      Case(
        request: "PUT /b?tagging", body: "<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>",
        code: "MalformedXML", message: malformed),
      Case(request: "PUT /b?tagging", code: "MissingRequestBodyError", message: "Request Body is empty"),
      Case(
        request: "PUT /b",
        body: "<CreateBucketConfiguration><LocationConstraint>bar</LocationConstraint></CreateBucketConfiguration>"),
      Case(
        request: "GET /b/k?attributes", code: "MissingSecurityHeader",
        message: "Your request was missing a required header", fields: ["MissingHeaderName=x-amz-object-attributes"]),
      Case(request: "GET /b/k?attributes", headers: ["x-amz-object-attributes": "ETag, ObjectSize"]),
      Case(
        request: "GET /b/k?attributes", headers: ["x-amz-object-attributes": "ETag,Colour"], code: "InvalidArgument",
        message: "Invalid attribute name specified.",
        fields: ["ArgumentName=x-amz-object-attributes", "ArgumentValue=Colour"]),
    ])
  func faults(_ test: Case) throws {
    let pieces = test.request.split(separator: " ").map(String.init)
    let request = HTTPRequest(
      method: pieces[0], target: pieces[1], headers: test.headers, body: .bytes(Array(test.body.utf8)))
    let route = try Catalogue.route(request)
    var fault: AWSError?
    do throws(AWSError) {
      try route.operation.validate(route.operation.decodeRequest(request, at: route))
    } catch {
      fault = error
    }
    #expect(fault?.code == test.code)
    #expect(fault?.message == test.message)
    #expect(fault?.fields.map { "\($0.name)=\($0.value)" } ?? [] == test.fields)
  }

  @Test("a body that is too large is not read to its end")
  func largeBody() throws {
    let request = HTTPRequest(
      method: "PUT", target: "/b?tagging", body: .bytes(Array(repeating: 0x20, count: Operation.largestDocument + 1)))
    let route = try Catalogue.route(request)
    let error = #expect(throws: AWSError.self) { try route.operation.decodeRequest(request, at: route) }
    #expect(error?.code == "MaxMessageLengthExceeded")
  }

  @Test("metadata is a map with small letters")
  func metadata() throws {
    let request = HTTPRequest(
      method: "PUT", target: "/b/k", headers: ["X-Amz-Meta-Team": "a", "x-amz-meta-": "no", "x-amz-meta-team": "b"])
    let route = try Catalogue.route(request)
    let metadata = try route.operation.decodeRequest(request, at: route)["Metadata"]?.structure
    #expect(metadata?.members.map(\.name) == ["team"])
    #expect(metadata?["team"]?.string == "a,b")
  }
}
