import AWSAPI
import HTTP
import SigV4
import Testing

@testable import Emulator

@Suite("S3: permissions")
struct S3PermissionTests {
  static let account = TwoAccounts.originating

  /// A bucket of Originating with one object, and a user there with a policy.
  struct Lab {
    var accounts: TwoAccounts
    var user: TestClient

    init(_ statements: String...) throws {
      accounts = try TwoAccounts()
      for call in ["s3:CreateBucket"] { try accounts.originating.call(call, ["Bucket": "box"]) }
      try accounts.originating.call("s3:PutObject", ["Bucket": "box", "Key": "key", "Body": .bytes(Array("x".utf8))])
      let policy = "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements.joined(separator: ","))]}"
      user = try accounts.user("Ann", statements.isEmpty ? nil : policy)
    }
  }

  static func allow(_ actions: String, on resources: String, condition: String = "{}") -> String {
    "{\"Effect\":\"Allow\",\"Action\":[\(quoted(actions))],\"Resource\":[\(quoted(resources))],\"Condition\":\(condition)}"
  }

  static func quoted(_ list: String) -> String {
    list.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
  }

  static let arn = "arn:aws:iam::\(account):user/Ann"

  @Test("a refusal quotes the resource")
  func quotedResource() throws {
    let lab = try Lab(Self.allow("s3:ListBucket", on: "*"))
    let error = try lab.user.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
    #expect(
      error.message
        == "User: \(Self.arn) is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::box/key\" because no "
        + "identity-based policy allows the s3:GetObject action")
  }

  @Test("listing all buckets is refused without a resource, and granted on either name of it")
  func allBuckets() throws {
    let lab = try Lab(Self.allow("s3:GetObject", on: "*"))
    let error = try lab.user.refused("s3:ListBuckets", [:], "AccessDenied")
    #expect(
      error.message
        == "User: \(Self.arn) is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows "
        + "the s3:ListAllMyBuckets action")
    for resource in ["*", "arn:aws:s3:::*"] {
      try Lab(Self.allow("s3:ListAllMyBuckets", on: resource)).user.call("s3:ListBuckets")
    }
  }

  @Test("a missing key is 404 to who may list the bucket, 403 to others")
  func missingKey() throws {
    let reader = try Lab(Self.allow("s3:GetObject", on: "arn:aws:s3:::box/*"))
    try reader.user.call("s3:GetObject", ["Bucket": "box", "Key": "key"])
    let error = try reader.user.refused("s3:GetObject", ["Bucket": "box", "Key": "none"], "AccessDenied", status: 403)
    #expect(error.message.contains("is not authorized to perform: s3:ListBucket on resource: \"arn:aws:s3:::box\""))
    #expect(try reader.user.send("s3:HeadObject", ["Bucket": "box", "Key": "none"]).response.status == 403)
    let lister = try Lab(Self.allow("s3:GetObject s3:ListBucket", on: "arn:aws:s3:::box/* arn:aws:s3:::box"))
    try lister.user.refused("s3:GetObject", ["Bucket": "box", "Key": "none"], "NoSuchKey", status: 404)
    #expect(try lister.user.send("s3:HeadObject", ["Bucket": "box", "Key": "none"]).response.status == 404)
  }

  @Test("another account is told nothing, not even why")
  func crossAccount() throws {
    let lab = try Lab()
    let error = try lab.accounts.destination.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied")
    #expect(error.message == "Access Denied")
    try lab.accounts.destination.refused("s3:DeleteBucket", ["Bucket": "box"], "AccessDenied", status: 403)
    try lab.accounts.destination.refused("s3:ListObjectsV2", ["Bucket": "nowhere"], "NoSuchBucket", status: 404)
  }

  @Test("nobody is allowed nothing")
  func anonymous() throws {
    var nobody = try Lab().accounts.originating
    nobody.credentials = nil
    let error = try nobody.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
    #expect(error.message == "Access Denied")
  }

  struct Condition: Sendable, CustomTestStringConvertible {
    var name: String
    var action: String
    var condition: String
    var operation: String
    var parameters: @Sendable () -> [[(String, String)]]
    var testDescription: String { name }

    init(
      _ name: String, _ action: String, _ condition: String, _ operation: String, met: [(String, String)],
      unmet: [(String, String)]
    ) {
      (self.name, self.action, self.condition, self.operation) = (name, action, condition, operation)
      parameters = { [met, unmet] }
    }
  }

  static let conditions: [Condition] = [
    Condition(
      "s3:prefix", "s3:ListBucket", "{\"StringLike\":{\"s3:prefix\":[\"home/ann/*\"]}}", "s3:ListObjectsV2",
      met: [("Prefix", "home/ann/x")], unmet: [("Prefix", "home/bob/")]),
    Condition(
      "s3:delimiter", "s3:ListBucket", "{\"StringEquals\":{\"s3:delimiter\":\"/\"}}", "s3:ListObjects",
      met: [("Delimiter", "/")], unmet: [("Delimiter", "-")]),
    Condition(
      "s3:max-keys", "s3:ListBucket", "{\"NumericLessThanEquals\":{\"s3:max-keys\":\"10\"}}", "s3:ListObjectsV2",
      met: [("MaxKeys", "10")], unmet: [("MaxKeys", "11")]),
    Condition(
      "s3:x-amz-server-side-encryption", "s3:PutObject",
      "{\"StringEquals\":{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}}", "s3:PutObject",
      met: [("Key", "k"), ("ServerSideEncryption", "aws:kms")],
      unmet: [("Key", "k"), ("ServerSideEncryption", "AES256")]),
    Condition(
      "s3:x-amz-storage-class", "s3:PutObject", "{\"StringEquals\":{\"s3:x-amz-storage-class\":\"STANDARD_IA\"}}",
      "s3:PutObject", met: [("Key", "k"), ("StorageClass", "STANDARD_IA")], unmet: [("Key", "k")]),
    Condition(
      "s3:x-amz-acl", "s3:PutObject s3:PutObjectAcl",
      "{\"StringEquals\":{\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}", "s3:PutObject",
      met: [("Key", "k"), ("ACL", "bucket-owner-full-control")], unmet: [("Key", "k")]),
    Condition(
      "s3:RequestObjectTag", "s3:PutObject s3:PutObjectTagging",
      "{\"StringEquals\":{\"s3:RequestObjectTag/team\":\"red\"}}", "s3:PutObject",
      met: [("Key", "k"), ("Tagging", "team=red")], unmet: [("Key", "k"), ("Tagging", "team=blue")]),
    Condition(
      "s3:RequestObjectTagKeys", "s3:PutObject s3:PutObjectTagging",
      "{\"ForAllValues:StringEquals\":{\"s3:RequestObjectTagKeys\":[\"a\",\"b\"]}}", "s3:PutObject",
      met: [("Key", "k"), ("Tagging", "a=1&b=2")], unmet: [("Key", "k"), ("Tagging", "a=1&c=2")]),
    Condition(
      "s3:if-none-match", "s3:PutObject", "{\"Null\":{\"s3:if-none-match\":\"false\"}}", "s3:PutObject",
      met: [("Key", "k"), ("IfNoneMatch", "*")], unmet: [("Key", "k")]),
    Condition(
      "s3:authType", "s3:ListBucket", "{\"StringEquals\":{\"s3:authType\":\"REST-HEADER\"}}", "s3:ListObjectsV2",
      met: [], unmet: []),
  ]

  @Test("condition keys", arguments: conditions)
  func condition(_ test: Condition) throws {
    let lab = try Lab(Self.allow(test.action, on: "arn:aws:s3:::box arn:aws:s3:::box/*", condition: test.condition))
    let (met, unmet) = (test.parameters()[0], test.parameters()[1])
    func send(_ parameters: [(String, String)]) throws -> TestClient.Reply {
      var call: AWSStructure = ["Bucket": "box"]
      for (name, value) in parameters { call[name] = Int(value).map { .integer($0) } ?? .string(value) }
      return try lab.user.send(test.operation, call)
    }
    #expect(try send(met).response.status == 200)
    if !unmet.isEmpty { #expect(try send(unmet).response.status == 403) }
  }

  @Test("s3:ExistingObjectTag follows the object")
  func existingTag() throws {
    let lab = try Lab(
      Self.allow(
        "s3:GetObject", on: "arn:aws:s3:::box/*",
        condition: "{\"StringEquals\":{\"s3:ExistingObjectTag/team\":\"${aws:username}\"}}"))
    for (key, team) in [("mine", "Ann"), ("theirs", "Bob")] {
      try lab.accounts.originating.call(
        "s3:PutObject", ["Bucket": "box", "Key": .string(key), "Tagging": .string("team=\(team)")])
    }
    try lab.user.call("s3:GetObject", ["Bucket": "box", "Key": "mine"])
    try lab.user.refused("s3:GetObject", ["Bucket": "box", "Key": "theirs"], "AccessDenied")
  }

  @Test("what a call does besides must be allowed as well")
  func furtherActions() throws {
    let lab = try Lab(Self.allow("s3:PutObject s3:CreateBucket", on: "*"))
    try lab.user.call("s3:PutObject", ["Bucket": "box", "Key": "k"])
    for (extra, action) in [
      ("Tagging", "s3:PutObjectTagging"), ("ACL", "s3:PutObjectAcl"), ("GrantRead", "s3:PutObjectAcl"),
    ] {
      let error = try lab.user.refused(
        "s3:PutObject", ["Bucket": "box", "Key": "k", extra: "private"], "AccessDenied")
      #expect(error.message.contains(action), "\(error.message)")
    }
    let error = try lab.user.refused("s3:CreateBucket", ["Bucket": "new", "ACL": "private"], "AccessDenied")
    #expect(error.message.contains("s3:PutBucketAcl"))
  }
}
