import AWSAPI
import FoundationEssentials
import HTTP
import Testing

@Suite("Answers, to the byte")
struct ResponseEncodingTests {
  private let date = Date(timeIntervalSince1970: 1_324_336_606)
  private let query = ResponseStamp(
    requestID: "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE", second: AWSSecond(Date(timeIntervalSince1970: 1_324_336_606)))
  private let s3 = ResponseStamp(
    requestID: "4442587FB7D0A2F9", hostID: "aG9zdA==", second: AWSSecond(Date(timeIntervalSince1970: 1_324_336_606)))

  private func body(_ response: HTTPResponse) throws -> String {
    String(decoding: try response.body.collected(), as: UTF8.self)
  }

  private func answer(_ operation: String, _ answer: AWSStructure) throws -> HTTPResponse {
    let operation = try #require(Catalogue.operation(named: operation))
    return operation.encodeResponse(answer, stamp: operation.service == .s3 ? s3 : query)
  }

  @Test("of IAM: members in order, policies percent-encoded, what is not there left out")
  func role() throws {
    let response = try answer(
      "iam:CreateRole",
      [
        "Role": [
          "CreateDate": .timestamp(date), "RoleName": "R", "Path": "/", "RoleId": "AROAEXAMPLE",
          "MaxSessionDuration": nil,
          "Arn": "arn:aws:iam::111111111111:role/R", "AssumeRolePolicyDocument": #"{"a": "*"}"#,
        ]
      ])
    #expect(response.status == 200)
    #expect(response.headers["x-amzn-RequestId"] == query.requestID)
    #expect(response.headers["Content-Type"] == "text/xml")
    #expect(response.headers["Date"] == "Mon, 19 Dec 2011 23:16:46 GMT")
    #expect(
      try body(response) == """
        <CreateRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><CreateRoleResult><Role><Path>/</Path>\
        <RoleName>R</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::111111111111:role/R</Arn>\
        <CreateDate>2011-12-19T23:16:46Z</CreateDate>\
        <AssumeRolePolicyDocument>%7B%22a%22%3A%20%22%2A%22%7D</AssumeRolePolicyDocument></Role></CreateRoleResult>\
        <ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ResponseMetadata>\
        </CreateRoleResponse>
        """)
  }

  @Test("of IAM: no result, an empty result, an empty list and a map")
  func emptiness() throws {
    let metadata = "<ResponseMetadata><RequestId>\(query.requestID)</RequestId></ResponseMetadata>"
    let namespace = #"xmlns="https://iam.amazonaws.com/doc/2010-05-08/""#
    #expect(
      try body(answer("iam:DeleteRole", [:])) == "<DeleteRoleResponse \(namespace)>\(metadata)</DeleteRoleResponse>")
    #expect(
      try body(answer("iam:UpdateRole", [:]))
        == "<UpdateRoleResponse \(namespace)><UpdateRoleResult/>\(metadata)</UpdateRoleResponse>")
    #expect(
      try body(answer("iam:ListRoleTags", ["Tags": [], "IsTruncated": false]))
        == "<ListRoleTagsResponse \(namespace)><ListRoleTagsResult><Tags/><IsTruncated>false</IsTruncated>"
        + "</ListRoleTagsResult>\(metadata)</ListRoleTagsResponse>")
    #expect(
      try body(answer("iam:GetAccountSummary", ["SummaryMap": ["Users": 27, "Groups": 0]]))
        == "<GetAccountSummaryResponse \(namespace)><GetAccountSummaryResult><SummaryMap><entry><key>Users</key>"
        + "<value>27</value></entry><entry><key>Groups</key><value>0</value></entry></SummaryMap>"
        + "</GetAccountSummaryResult>\(metadata)</GetAccountSummaryResponse>")
  }

  @Test("errors of the query services")
  func queryError() throws {
    let error = AWSError("NoSuchEntity", "The role with name <R> cannot be found.", status: 404)
    let response = error.response(.sts, stamp: query)
    #expect(response.status == 404)
    #expect(response.headers["Content-Type"] == "text/xml")
    #expect(
      try body(response) == """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
        <Code>NoSuchEntity</Code><Message>The role with name &lt;R&gt; cannot be found.</Message></Error>\
        <RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ErrorResponse>
        """)
    let receiver = try body(AWSError("ServiceFailure", "", status: 500).response(.iam, stamp: query))
    #expect(receiver.contains("<Type>Receiver</Type>"))
  }

  @Test("errors of S3: bare, with their fields, and without a body for HEAD")
  func s3Error() throws {
    let error = AWSError(
      "NoSuchKey", "The specified key does not exist.", status: 404, fields: [.init(name: "Key", value: "a\u{1}&b")],
      headers: ["x-amz-delete-marker": "true"])
    let response = error.response(.s3, stamp: s3)
    #expect(
      response.headers.fields.map { "\($0.name): \($0.value)" } == [
        "x-amz-id-2: aG9zdA==", "x-amz-request-id: 4442587FB7D0A2F9", "Date: Mon, 19 Dec 2011 23:16:46 GMT",
        "Server: AmazonS3", "x-amz-delete-marker: true", "Content-Type: application/xml",
      ])
    #expect(
      try body(response) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a&#x1;&amp;b</Key>\
        <RequestId>4442587FB7D0A2F9</RequestId><HostId>aG9zdA==</HostId></Error>
        """)
    let head = error.response(.s3, stamp: s3, isHead: true)
    #expect(head.status == 404)
    #expect(head.body.length == 0)
    #expect(head.headers["Content-Type"] == nil)
    #expect(head.headers["x-amz-request-id"] == "4442587FB7D0A2F9")
  }

  @Test("of S3: a listing in S3's order, flattened, with milliseconds")
  func listing() throws {
    let response = try answer(
      "s3:ListObjectsV2",
      [
        "Contents": [
          ["Key": "a<b", "Size": 3, "ETag": "\"e\"", "StorageClass": "STANDARD", "LastModified": .timestamp(date)]
        ],
        "CommonPrefixes": [], "IsTruncated": false, "MaxKeys": 1000, "KeyCount": 1, "Name": "b", "Prefix": "",
      ])
    #expect(response.headers["Content-Type"] == "application/xml")
    #expect(
      try body(response) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix>\
        <KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>a&lt;b</Key>\
        <LastModified>2011-12-19T23:16:46.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>3</Size>\
        <StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>
        """)
  }

  @Test("of S3: a location is the root's own text, and nothing for us-east-1")
  func location() throws {
    let root = #"<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"#
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    #expect(
      try body(answer("s3:GetBucketLocation", ["LocationConstraint": "eu-west-1"]))
        == declaration + root + "eu-west-1</LocationConstraint>")
    #expect(
      try body(answer("s3:GetBucketLocation", ["LocationConstraint": ""])) == declaration + root
        + "</LocationConstraint>")
  }

  @Test("of S3: grantees have a type, policies are raw, objects are bytes, metadata are headers")
  func specialities() throws {
    let acl = try body(
      answer(
        "s3:GetBucketAcl",
        [
          "Owner": ["ID": "o"],
          "Grants": [["Grantee": ["Type": "CanonicalUser", "ID": "o"], "Permission": "FULL_CONTROL"]],
        ]))
    #expect(
      acl.hasSuffix(
        """
        <Owner><ID>o</ID></Owner><AccessControlList><Grant>\
        <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>o</ID></Grantee>\
        <Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>
        """))
    let policy = try answer("s3:GetBucketPolicy", ["Policy": "{ }"])
    #expect(try body(policy) == "{ }")
    #expect(policy.headers["Content-Type"] == "application/json")
    let object = try #require(Catalogue.operation(named: "s3:GetObject")).encodeResponse(
      [
        "Body": .bytes([1, 2]), "ContentType": "text/plain", "Metadata": ["team": "a"],
        "LastModified": .timestamp(date),
      ],
      status: 206, headers: ["Content-Range": "bytes 0-1/9"], stamp: s3)
    #expect(object.status == 206)
    #expect(try object.body.collected() == [1, 2])
    #expect(object.headers["Content-Range"] == "bytes 0-1/9")
    #expect(object.headers["x-amz-meta-team"] == "a")
    #expect(object.headers["Last-Modified"] == "Mon, 19 Dec 2011 23:16:46 GMT")
    #expect(object.headers.values("Content-Type") == ["text/plain"])
    #expect(try answer("s3:DeleteObject", [:]).status == 204)
  }
}
