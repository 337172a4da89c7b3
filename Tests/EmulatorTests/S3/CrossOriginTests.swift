import HTTP
import Testing

@testable import Emulator

@Suite("S3: requests of other origins")
struct CrossOriginTests {
  static func lab() throws -> S3Lab {
    let lab = try S3Lab(buckets: "box", "plain")
    try lab.send(
      "PUT", "/box?cors",
      body: """
        <CORSConfiguration><CORSRule><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>\
        <AllowedMethod>GET</AllowedMethod><AllowedHeader>x-amz-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
        <MaxAgeSeconds>60</MaxAgeSeconds></CORSRule><CORSRule><AllowedOrigin>*</AllowedOrigin>\
        <AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>
        """)
    return lab
  }

  @Test("a preflight that a rule allows")
  func allowed() throws {
    let reply = try Self.lab().sendUnsigned(
      "OPTIONS", "/box/key",
      [
        "Origin": "https://app.example.com", "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "X-Amz-Date, x-amz-acl",
      ])
    #expect(reply.status == 200 && reply.body.isEmpty)
    let expected = [
      "Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Allow-Methods": "PUT, GET",
      "Access-Control-Allow-Headers": "x-amz-date, x-amz-acl", "Access-Control-Expose-Headers": "ETag",
      "Access-Control-Max-Age": "60", "Access-Control-Allow-Credentials": "true", "Server": "AmazonS3",
    ]
    for (name, value) in expected { #expect(reply.headers[name] == value, "\(name)") }
  }

  static let refusals: [(name: String, target: String, headers: HTTPHeaders, status: Int, message: String)] = [
    (
      "no origin", "/box", ["Access-Control-Request-Method": "GET"], 400,
      "Insufficient information. Origin request header needed."
    ),
    ("no method", "/box", ["Origin": "https://a.example.com"], 400, "Invalid Access-Control-Request-Method: null"),
    (
      "a method that is none", "/box", ["Origin": "https://a.example.com", "Access-Control-Request-Method": "PATCH"],
      400, "Invalid Access-Control-Request-Method: PATCH"
    ),
    (
      "no bucket", "/none", ["Origin": "https://a.example.com", "Access-Control-Request-Method": "GET"], 403,
      "CORSResponse: Bucket not found"
    ),
    (
      "no rules", "/plain", ["Origin": "https://a.example.com", "Access-Control-Request-Method": "GET"], 403,
      "CORSResponse: CORS is not enabled for this bucket."
    ),
    (
      "another origin", "/box", ["Origin": "https://example.org", "Access-Control-Request-Method": "PUT"], 403,
      "CORSResponse: This CORS request is not allowed."
    ),
    (
      "another method", "/box/k", ["Origin": "https://a.example.com", "Access-Control-Request-Method": "DELETE"], 403,
      "CORSResponse: This CORS request is not allowed."
    ),
    (
      "another header", "/box",
      [
        "Origin": "https://a.example.com", "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization",
      ], 403, "CORSResponse: This CORS request is not allowed."
    ),
  ]

  @Test("a preflight that none allows", arguments: refusals.indices)
  func refused(index: Int) throws {
    let test = Self.refusals[index]
    let reply = try Self.lab().sendUnsigned("OPTIONS", test.target, test.headers)
    #expect(
      reply.status == test.status && reply.message?.hasPrefix(test.message) == true, "\(test.name): \(reply.text)")
    #expect(reply.headers["Access-Control-Allow-Origin"] == nil)
    if test.status == 403 { #expect(reply.fields["ResourceType"] == (test.target == "/box/k" ? "OBJECT" : "BUCKET")) }
  }

  @Test("the answer itself, also where it is an error")
  func answers() throws {
    let lab = try Self.lab()
    let put = try lab.send("PUT", "/box/key", ["Origin": "https://app.example.com"], body: "x")
    #expect(
      put.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
        && put.headers["Access-Control-Expose-Headers"] == "ETag")
    #expect(
      try lab.send("GET", "/box/none", ["Origin": "https://other.org"]).headers["Access-Control-Allow-Origin"] == "*")
    #expect(
      try lab.send("PUT", "/box/key", ["Origin": "https://other.org"], body: "x").headers["Access-Control-Allow-Origin"]
        == nil)
    #expect(try lab.send("GET", "/box/key").headers["Access-Control-Allow-Origin"] == nil)
  }
}
