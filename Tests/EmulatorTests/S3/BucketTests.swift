import HTTP
import Testing

@testable import Emulator

@Suite("S3: buckets")
struct BucketTests {
  @Test("are made, found, located, listed and removed")
  func lifecycle() throws {
    let lab = try S3Lab()
    let created = try lab.send("PUT", "/alpha")
    #expect(created.status == 200 && created.body.isEmpty)
    #expect(created.headers["Location"] == "/alpha")
    #expect(created.headers["x-amz-bucket-arn"] == "arn:aws:s3:::alpha")
    let found = try lab.send("HEAD", "/alpha")
    #expect(found.status == 200)
    #expect(found.headers["x-amz-bucket-region"] == "us-east-1")
    #expect(found.headers["x-amz-access-point-alias"] == "false")
    try lab.send("PUT", "/beta")
    try lab.send("PUT", "/gamma", as: S3Lab.other)
    let listed = try lab.send("GET", "/")
    #expect(try listed.values("//Bucket/Name") == ["alpha", "beta"])
    #expect(try listed.values("//Bucket/CreationDate") == Array(repeating: "2025-01-15T12:00:00.000Z", count: 2))
    #expect(try listed.value("//Owner/ID")?.utf8.count == 64)
    #expect(try listed.value("//BucketRegion") == nil)
    let removed = try lab.send("DELETE", "/alpha")
    #expect(removed.status == 204 && removed.body.isEmpty)
    #expect(try lab.send("HEAD", "/alpha").status == 404)
    #expect(try lab.send("GET", "/").values("//Bucket/Name") == ["beta"])
  }

  @Test("a name is one bucket, whoever asks")
  func nameIsTaken() throws {
    let lab = try S3Lab(buckets: "taken")
    #expect(try lab.send("PUT", "/taken").status == 200, "us-east-1 makes one's own bucket again")
    let refused = try lab.send("PUT", "/taken", as: S3Lab.other)
    #expect(refused.status == 409 && refused.code == "BucketAlreadyExists")
    #expect(refused.fields == ["BucketName": "taken"])
    try lab.send("PUT", "/far", body: Self.constraint("eu-west-1"), region: "eu-west-1")
    let again = try lab.send("PUT", "/far", body: Self.constraint("eu-west-1"), region: "eu-west-1")
    #expect(again.status == 409 && again.code == "BucketAlreadyOwnedByYou")
  }

  @Test("a bad name is refused")
  func badName() throws {
    let reply = try S3Lab().send("PUT", "/Bad_Name")
    #expect(reply.status == 400 && reply.code == "InvalidBucketName" && reply.fields == ["BucketName": "Bad_Name"])
  }

  @Test(
    "that is not there is 404 everywhere",
    arguments: ["GET /nowhere", "GET /nowhere?location", "DELETE /nowhere", "GET /nowhere/key", "PUT /nowhere/key"])
  func missing(request: String) throws {
    let parts = request.split(separator: " ")
    let reply = try S3Lab().send(String(parts[0]), String(parts[1]))
    #expect(reply.status == 404 && reply.code == "NoSuchBucket" && reply.fields == ["BucketName": "nowhere"])
    #expect(reply.message == "The specified bucket does not exist")
  }

  @Test("with something in it stays")
  func notEmpty() throws {
    let lab = try S3Lab(buckets: "full")
    try lab.send("PUT", "/full/key", body: "x")
    let reply = try lab.send("DELETE", "/full")
    #expect(reply.status == 409 && reply.code == "BucketNotEmpty")
    #expect(reply.message == "The bucket you tried to delete is not empty")
    try lab.send("DELETE", "/full/key")
    #expect(try lab.send("DELETE", "/full").status == 204)
  }

  static func constraint(_ region: String) -> String {
    "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>\(region)"
      + "</LocationConstraint></CreateBucketConfiguration>"
  }

  struct Region: Sendable, CustomTestStringConvertible {
    var constraint: String?
    var endpoint: String
    /// The region, or the error's code.
    var outcome: String
    var testDescription: String { "\(constraint ?? "none") asked at \(endpoint): \(outcome)" }
  }

  @Test(
    "stand in the region that is asked for",
    arguments: [
      Region(constraint: nil, endpoint: "us-east-1", outcome: "us-east-1"),
      Region(constraint: "eu-central-1", endpoint: "us-east-1", outcome: "eu-central-1"),
      Region(constraint: "eu-central-1", endpoint: "eu-central-1", outcome: "eu-central-1"),
      Region(constraint: "EU", endpoint: "eu-west-1", outcome: "eu-west-1"),
      Region(constraint: nil, endpoint: "eu-west-1", outcome: "IllegalLocationConstraintException"),
      Region(constraint: "eu-west-2", endpoint: "eu-west-1", outcome: "IllegalLocationConstraintException"),
      Region(constraint: "us-east-1", endpoint: "us-east-1", outcome: "InvalidLocationConstraint"),
      Region(constraint: "bar", endpoint: "us-east-1", outcome: "InvalidLocationConstraint"),
      Region(constraint: "bar", endpoint: "us-west-2", outcome: "IllegalLocationConstraintException"),
    ])
  func regions(_ test: Region) throws {
    let lab = try S3Lab()
    let body = test.constraint.map(Self.constraint) ?? ""
    let reply = try lab.send("PUT", "/somewhere", body: body, region: test.endpoint)
    guard reply.status == 200 else {
      #expect(reply.code == test.outcome)
      return
    }
    let head = try lab.send("HEAD", "/somewhere", region: test.outcome)
    #expect(head.headers["x-amz-bucket-region"] == test.outcome)
    let location = try lab.send("GET", "/somewhere?location", region: test.outcome)
    #expect(try location.value("/LocationConstraint") == (test.outcome == "us-east-1" ? "" : test.outcome))
    #expect(try location.value("/LocationConstraint/LocationConstraint") == nil)
  }

  @Test("are asked for in their own region only")
  func wrongRegion() throws {
    let lab = try S3Lab()
    try lab.send("PUT", "/far", body: Self.constraint("eu-central-1"))
    let refused = try lab.send("GET", "/far")
    #expect(refused.status == 400 && refused.code == "AuthorizationHeaderMalformed")
    #expect(
      refused.message
        == "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'")
    #expect(refused.fields == ["Region": "eu-central-1"])
    #expect(refused.headers["x-amz-bucket-region"] == "eu-central-1")
    let redirected = try lab.send("GET", "/far", region: "eu-west-1")
    #expect(redirected.status == 301 && redirected.code == "PermanentRedirect")
    #expect(try lab.send("GET", "/far?location").value("/LocationConstraint") == "eu-central-1")
  }

  @Test("are listed page by page, by prefix and by region")
  func pages() throws {
    let lab = try S3Lab(buckets: "aaa", "abb", "abc", "bbb")
    try lab.send("PUT", "/abz", body: Self.constraint("eu-west-1"))
    let first = try lab.send("GET", "/?max-buckets=2&prefix=ab")
    #expect(try first.values("//Bucket/Name") == ["abb", "abc"])
    #expect(try first.value("//Prefix") == "ab")
    #expect(try first.value("//BucketRegion") == "us-east-1")
    let token = try #require(try first.value("//ContinuationToken"))
    let second = try lab.send("GET", "/?max-buckets=2&prefix=ab&continuation-token=\(token)")
    #expect(try second.values("//Bucket/Name") == ["abz"])
    #expect(try second.value("//ContinuationToken") == nil)
    #expect(try lab.send("GET", "/?bucket-region=eu-west-1").values("//Bucket/Name") == ["abz"])
    #expect(try lab.send("GET", "/?continuation-token=nonsense").code == "InvalidArgument")
  }

  @Test(
    "are guarded by the owner that the client expects",
    arguments: [
      ("111111111111", nil), ("222222222222", "AccessDenied"), ("abcd", "InvalidBucketOwnerAWSAccountID"),
      ("0000000000020", "InvalidBucketOwnerAWSAccountID"),
    ] as [(String, String?)])
  func expectedOwner(owner: String, code: String?) throws {
    let lab = try S3Lab(buckets: "mine")
    let reply = try lab.send("GET", "/mine?location", ["x-amz-expected-bucket-owner": owner])
    #expect(reply.code == code)
    if code == "InvalidBucketOwnerAWSAccountID" { #expect(reply.message?.hasSuffix("[\(owner)]") == true) }
  }
}
