import AWSAPI
import FoundationEssentials
import HTTP
import Testing
import XML

@Suite("Answers that come from elsewhere")
struct ResponseDecodingTests {
  private func response(_ status: Int, _ headers: HTTPHeaders = [:], _ body: String = "") -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: .bytes(Array(body.utf8)))
  }

  private func decode(_ operation: String, _ response: HTTPResponse) throws -> DecodedResponse {
    try #require(Catalogue.operation(named: operation)).decodeResponse(response)
  }

  private func error(_ decoded: DecodedResponse) -> AWSError? {
    if case .failure(let error) = decoded.outcome { error } else { nil }
  }

  @Test("white space, unknown members and namespaces are no trouble, and XPath stays possible")
  func assumeRole() throws {
    let decoded = try decode(
      "sts:AssumeRole",
      response(
        200, [:],
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <Novelty><x/></Novelty>
            <Credentials>
              <AccessKeyId>ASIAEXAMPLE</AccessKeyId><Expiration> 2011-12-19T23:16:46Z </Expiration>
            </Credentials>
            <PackedPolicySize>many</PackedPolicySize>
          </AssumeRoleResult>
          <ResponseMetadata><RequestId>r1</RequestId></ResponseMetadata>
        </AssumeRoleResponse>
        """))
    let answer = try decoded.outcome.get()
    #expect(answer["Credentials"]?.structure?["AccessKeyId"]?.string == "ASIAEXAMPLE")
    #expect(answer["Credentials"]?.structure?["Expiration"]?.timestamp?.timeIntervalSince1970 == 1_324_336_606)
    #expect(answer["PackedPolicySize"]?.string == "many", "what is no number stays what it is")
    #expect(answer.members.count == 2)
    #expect(decoded.requestID == "r1")
    #expect(try decoded.document?.string("//AccessKeyId") == "ASIAEXAMPLE")
  }

  @Test("an error with its fields, and its XML")
  func s3Error() throws {
    let decoded = try decode(
      "s3:GetObject",
      response(
        404, ["x-amz-request-id": "4442587FB7D0A2F9"],
        "<Error><Code>NoSuchKey</Code><Message>m</Message><Key>k</Key><RequestId>r</RequestId><HostId>h</HostId></Error>"
      ))
    #expect(error(decoded)?.code == "NoSuchKey")
    #expect(error(decoded)?.status == 404)
    #expect(error(decoded)?.fields == [.init(name: "Key", value: "k")])
    #expect(decoded.requestID == "4442587FB7D0A2F9")
    #expect(try decoded.document?.string("/Error/Key") == "k")
  }

  @Test("an error of a query service")
  func queryError() throws {
    let decoded = try decode(
      "iam:GetRole",
      response(
        403, [:],
        """
        <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>
        <Code>AccessDenied</Code><Message>User: x</Message></Error><RequestId>r2</RequestId></ErrorResponse>
        """))
    #expect(error(decoded) == AWSError("AccessDenied", "User: x", status: 403))
    #expect(decoded.requestID == "r2")
  }

  @Test("a copy that failed after its answer had begun")
  func lateError() throws {
    let decoded = try decode(
      "s3:CopyObject", response(200, [:], "<Error><Code>InternalError</Code><Message>m</Message></Error>"))
    #expect(error(decoded) == AWSError("InternalError", "m", status: 500))
  }

  @Test("an answer to HEAD, and a proxy's page, say no more than their status")
  func bodiless() throws {
    let head = try decode("s3:HeadObject", response(404))
    #expect(error(head)?.code == "404")
    #expect(error(head)?.message == "Not Found")
    let page = try decode("iam:GetRole", response(503, ["Content-Type": "text/html"], "<html><body>Busy<br></html>"))
    #expect(error(page)?.code == "503")
    #expect(page.document == nil)
    let text = try decode("iam:GetRole", response(502, [:], "upstream gone"))
    #expect(error(text)?.code == "502")
  }

  @Test(
    "what is not XML is an error, never a crash",
    arguments: [
      "<GetRoleResponse><GetRoleResult>", "no XML", "<a/><b/>",
      #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><GetRoleResponse>&x;</GetRoleResponse>"#,
    ])
  func malformed(_ body: String) throws {
    let operation = try #require(Catalogue.operation(named: "iam:GetRole"))
    #expect(throws: XMLError.self) { try operation.decodeResponse(response(200, [:], body)) }
    if body.hasPrefix("<") {
      #expect(throws: XMLError.self) { try operation.decodeResponse(response(400, [:], body)) }
    }
  }

  @Test("an empty answer has no members")
  func empty() throws {
    #expect(try decode("iam:DeleteRole", response(200)).outcome.get().isEmpty)
    #expect(try decode("s3:DeleteBucket", response(204)).outcome.get().isEmpty)
  }
}
