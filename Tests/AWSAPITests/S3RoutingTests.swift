import AWSAPI
import HTTP
import Testing

@Suite("S3 routing")
struct S3RoutingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var request: String
    var host = "127.0.0.1:4600"
    var headers: HTTPHeaders = [:]
    var expected: String
    var testDescription: String { "\(request) at \(host)" }
  }

  /// `operation bucket key`, or the error's code and status.
  private static func outcome(_ test: Case) -> String {
    let pieces = test.request.split(separator: " ", maxSplits: 1).map(String.init)
    var request = HTTPRequest(method: pieces[0], target: pieces[1], headers: test.headers)
    request.headers["Host"] = test.host
    do {
      let route = try Catalogue.route(request)
      return [route.operation.name, route.bucket ?? "-", route.key ?? "-"].joined(separator: " ")
    } catch {
      return "\(error.code) \(error.status)"
    }
  }

  @Test(
    "what the path and the method say",
    arguments: [
      Case(request: "GET /", expected: "ListBuckets - -"),
      Case(request: "GET /?max-buckets=2", expected: "ListBuckets - -"),
      Case(request: "PUT /bucket", expected: "CreateBucket bucket -"),
      Case(request: "PUT /bucket/", expected: "CreateBucket bucket -"),
      Case(request: "HEAD /bucket", expected: "HeadBucket bucket -"),
      Case(request: "DELETE /bucket", expected: "DeleteBucket bucket -"),
      Case(request: "GET /bucket", expected: "ListObjects bucket -"),
      Case(request: "GET /bucket?prefix=list-type%3D2", expected: "ListObjects bucket -"),
      Case(request: "GET /bucket?list-type=2&prefix=a", expected: "ListObjectsV2 bucket -"),
      Case(request: "GET /bucket?list-type=3", expected: "InvalidArgument 400"),
      Case(request: "GET /bucket?location", expected: "GetBucketLocation bucket -"),
      Case(request: "GET /bucket?location=", expected: "GetBucketLocation bucket -"),
      Case(request: "GET /bucket?policy", expected: "GetBucketPolicy bucket -"),
      Case(request: "GET /bucket?policyStatus", expected: "GetBucketPolicyStatus bucket -"),
      Case(request: "GET /bucket?versions&prefix=a", expected: "ListObjectVersions bucket -"),
      Case(request: "GET /bucket?uploads", expected: "ListMultipartUploads bucket -"),
      Case(request: "GET /bucket?requestPayment", expected: "GetBucketRequestPayment bucket -"),
      Case(request: "POST /bucket?delete", expected: "DeleteObjects bucket -"),
      Case(request: "PUT /bucket/key", expected: "PutObject bucket key"),
      Case(request: "GET /bucket/key?x-id=GetObject", expected: "GetObject bucket key"),
      Case(request: "GET /bucket/key?versionId=1&partNumber=2", expected: "GetObject bucket key"),
      Case(request: "GET /bucket/key?uploadId=1", expected: "ListParts bucket key"),
      Case(request: "GET /bucket/key?attributes", expected: "GetObjectAttributes bucket key"),
      Case(request: "POST /bucket/key?uploads", expected: "CreateMultipartUpload bucket key"),
      Case(request: "POST /bucket/key?uploadId=1", expected: "CompleteMultipartUpload bucket key"),
      Case(request: "PUT /bucket/key?partNumber=1&uploadId=1", expected: "UploadPart bucket key"),
      Case(request: "DELETE /bucket/key?uploadId=1", expected: "AbortMultipartUpload bucket key"),
      Case(request: "PUT /bucket/key", headers: ["X-Amz-Copy-Source": "b/k"], expected: "CopyObject bucket key"),
      Case(
        request: "PUT /bucket/key?partNumber=1&uploadId=1", headers: ["x-amz-copy-source": "b/k"],
        expected: "UploadPartCopy bucket key"),
      Case(
        request: "PUT /bucket/key?acl", headers: ["x-amz-copy-source": "b/k"], expected: "PutObjectAcl bucket key"),
    ])
  func operations(_ test: Case) {
    #expect(Self.outcome(test) == test.expected)
  }

  @Test(
    "keys are taken as they are",
    arguments: [
      Case(request: "GET /bucket/a%3Fb", expected: "GetObject bucket a?b"),
      Case(request: "GET /bucket/a%3Facl", expected: "GetObject bucket a?acl"),
      Case(request: "GET /bucket//a", expected: "GetObject bucket /a"),
      Case(request: "GET /bucket/a//b/", expected: "GetObject bucket a//b/"),
      Case(request: "GET /bucket/./../a", expected: "GetObject bucket ./../a"),
      Case(request: "GET /bucket/a+b%20c", expected: "GetObject bucket a+b c"),
      Case(request: "GET /bucket/a%2Fb%2525", expected: "GetObject bucket a/b%25"),
      Case(request: "GET /bucket/100%", expected: "GetObject bucket 100%"),
      Case(request: "GET /bucket/%E6%97%A5", expected: "GetObject bucket 日"),
      Case(request: "GET /bucket/%FF", expected: "InvalidURI 400"),
      Case(request: "GET /bucket?prefix=%FF", expected: "InvalidURI 400"),
      Case(request: "GET //key", expected: "InvalidURI 400"),
      Case(request: "GET bucket/key", expected: "InvalidURI 400"),
    ])
  func keys(_ test: Case) {
    #expect(Self.outcome(test) == test.expected)
  }

  @Test(
    "the host may name the bucket",
    arguments: [
      Case(request: "GET /", host: "s3.amazonaws.com", expected: "ListBuckets - -"),
      Case(request: "GET /", host: "s3.localhost:4600", expected: "ListBuckets - -"),
      Case(request: "GET /", host: "bucket.s3.localhost:4600", expected: "ListObjects bucket -"),
      Case(request: "GET /key/more", host: "bucket.s3.amazonaws.com", expected: "GetObject bucket key/more"),
      Case(request: "GET /key", host: "my.bucket.s3.eu-west-1.amazonaws.com", expected: "GetObject my.bucket key"),
      Case(request: "GET /key", host: "bucket.s3-eu-west-1.amazonaws.com", expected: "GetObject bucket key"),
      Case(request: "GET /key", host: "a.s3.b.s3.localhost", expected: "GetObject a.s3.b key"),
      Case(request: "GET //key", host: "bucket.s3.localhost", expected: "GetObject bucket /key"),
      Case(request: "GET /bucket/key", host: "[::1]:4600", expected: "GetObject bucket key"),
    ])
  func hosts(_ test: Case) {
    #expect(Self.outcome(test) == test.expected)
  }

  @Test(
    "what is not served is refused, and never taken for something else",
    arguments: [
      Case(request: "GET /bucket?inventory", expected: "NotImplemented 501"),
      Case(request: "GET /bucket?notification", expected: "NotImplemented 501"),
      Case(request: "PUT /bucket?requestPayment", expected: "NotImplemented 501"),
      Case(request: "DELETE /bucket?website", expected: "NotImplemented 501"),
      Case(request: "DELETE /bucket?acl", expected: "MethodNotAllowed 405"),
      Case(request: "PUT /bucket/key?retention", expected: "NotImplemented 501"),
      Case(request: "POST /bucket/key?restore", expected: "NotImplemented 501"),
      Case(request: "GET /bucket/key?torrent", expected: "NotImplemented 501"),
      Case(request: "POST /bucket", expected: "NotImplemented 501"),
      Case(request: "PUT /bucket/key?uploadId=1", expected: "InvalidArgument 400"),
      Case(request: "PUT /bucket/key?partNumber=1", expected: "InvalidArgument 400"),
      Case(request: "GET /bucket?acl&policy", expected: "InvalidArgument 400"),
      Case(request: "PUT /", expected: "MethodNotAllowed 405"),
      Case(request: "PATCH /bucket/key", expected: "MethodNotAllowed 405"),
      Case(request: "POST /bucket?policy", expected: "MethodNotAllowed 405"),
    ])
  func refusals(_ test: Case) {
    #expect(Self.outcome(test) == test.expected)
  }
}
