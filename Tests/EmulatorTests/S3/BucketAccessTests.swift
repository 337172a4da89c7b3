import AWSAPI
import HTTP
import Testing

@testable import Emulator

@Suite("S3: bucket policies, lists and the public access block")
struct BucketAccessTests {
  /// A bucket of Originating with an object, a client of its administrator, one of Destination's, and one of nobody.
  struct Lab {
    let accounts: TwoAccounts
    var owner: TestClient { accounts.originating }
    var stranger: TestClient { accounts.destination }
    var nobody: TestClient {
      var client = accounts.originating
      client.credentials = nil
      return client
    }

    init(
      ownership: String? = nil, blocked: Bool = true, organization: EmulatorConfiguration.Organization? = nil
    ) throws {
      accounts = try TwoAccounts(organization: organization)
      try owner.call("s3:CreateBucket", ["Bucket": "box", "ObjectOwnership": ownership.map { .string($0) }])
      try owner.call("s3:PutObject", ["Bucket": "box", "Key": "key", "Body": .bytes(Array("x".utf8))])
      if !blocked { try owner.call("s3:DeletePublicAccessBlock", ["Bucket": "box"]) }
    }

    func put(_ statement: String, location: SourceLocation = #_sourceLocation) throws {
      try owner.call(
        "s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(BucketAccessTests.policy(statement))],
        location: location)
    }

    func block(_ names: String...) throws {
      var block: AWSStructure = [:]
      for name in names { block[name] = true }
      try owner.call(
        "s3:PutPublicAccessBlock", ["Bucket": "box", "PublicAccessBlockConfiguration": .structure(block)])
    }

    func canRead(_ client: TestClient) throws -> Bool {
      try client.send("s3:GetObject", ["Bucket": "box", "Key": "key"]).response.status == 200
    }
  }

  static func policy(_ statement: String) -> String { "{\"Version\":\"2012-10-17\",\"Statement\":[\(statement)]}" }

  static func allow(
    _ principal: String, _ action: String, on resource: String = "arn:aws:s3:::box/*", condition: String = "{}"
  ) -> String {
    "{\"Effect\":\"Allow\",\"Principal\":\(principal),\"Action\":\"\(action)\",\"Resource\":\"\(resource)\",\"Condition\":\(condition)}"
  }

  // MARK: Policies

  @Test("a policy is told as it was put, and is gone when it was deleted")
  func policyLifecycle() throws {
    let lab = try Lab()
    let none = try lab.owner.refused("s3:GetBucketPolicy", ["Bucket": "box"], "NoSuchBucketPolicy", status: 404)
    #expect(none.message == "The bucket policy does not exist" && none.fields.map(\.name) == ["BucketName"])
    let text = Self.policy(" " + Self.allow("{\"AWS\":\"\(TwoAccounts.destination)\"}", "s3:GetObject"))
    let put = try lab.owner.call("s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(text)])
    #expect(put.response.status == 204)
    #expect(try lab.owner.call("s3:GetBucketPolicy", ["Bucket": "box"])["Policy"]?.string == text)
    #expect(try lab.canRead(lab.stranger))
    try lab.owner.call("s3:DeleteBucketPolicy", ["Bucket": "box"])
    #expect(try !lab.canRead(lab.stranger))
    try lab.owner.refused("s3:GetBucketPolicy", ["Bucket": "box"], "NoSuchBucketPolicy")
  }

  static let malformed: [(name: String, text: String, message: String)] = [
    ("not JSON", "Statement", "Policies must be valid JSON and the first byte must be '{'"),
    ("broken JSON", "{\"Version\":", "Policies must be valid JSON and the first byte must be '{'"),
    ("no statement", "{\"Version\":\"2012-10-17\"}", "Missing required field Statement"),
    (
      "no principal", policy("{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::box/*\"}"),
      "Missing required field Principal"
    ),
    (
      "no action", policy("{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"arn:aws:s3:::box/*\"}"),
      "Missing required field Action"
    ),
    (
      "no resource", policy("{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"}"),
      "Missing required field Resource"
    ),
    ("another service", policy(allow("\"*\"", "iam:GetUser")), "Policy has invalid action"),
    (
      "another bucket", policy(allow("\"*\"", "s3:GetObject", on: "arn:aws:s3:::other/*")),
      "Policy has invalid resource"
    ),
    (
      "a bucket whose name goes on", policy(allow("\"*\"", "s3:GetObject", on: "arn:aws:s3:::boxes/*")),
      "Policy has invalid resource"
    ),
    ("no such account", policy(allow("{\"AWS\":\"123456789012\"}", "s3:GetObject")), "Invalid principal in policy"),
    (
      "no such user", policy(allow("{\"AWS\":\"arn:aws:iam::111111111111:user/None\"}", "s3:GetObject")),
      "Invalid principal in policy"
    ),
    (
      "objects for an action on the bucket", policy(allow("\"*\"", "s3:ListBucket")),
      "Action does not apply to any resource(s) in statement"
    ),
    (
      "the bucket for an action on objects", policy(allow("\"*\"", "s3:GetObject", on: "arn:aws:s3:::box")),
      "Action does not apply to any resource(s) in statement"
    ),
  ]

  @Test("a policy that is none is refused", arguments: malformed.indices)
  func malformedPolicy(index: Int) throws {
    let test = Self.malformed[index]
    let lab = try Lab(blocked: false)
    let error = try lab.owner.refused(
      "s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(test.text)], "MalformedPolicy", status: 400)
    #expect(error.message == test.message, "\(test.name)")
  }

  @Test("a policy of more than 20 KB is refused")
  func largePolicy() throws {
    let lab = try Lab(blocked: false)
    let sid = String(repeating: "a", count: 20_480)
    let text = Self.policy(
      "{\"Sid\":\"\(sid)\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::box/*\"}"
    )
    try lab.owner.refused("s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(text)], "MalformedPolicy")
  }

  @Test("the policy of a bucket is its owner's only, whomever it allows")
  func foreignPolicy() throws {
    let lab = try Lab()
    try lab.put(Self.allow("{\"AWS\":\"\(TwoAccounts.destination)\"}", "s3:*Policy", on: "arn:aws:s3:::box"))
    let error = try lab.stranger.refused("s3:GetBucketPolicy", ["Bucket": "box"], "MethodNotAllowed", status: 405)
    #expect(error.message == "The specified method is not allowed against this resource.")
  }

  @Test("the root user who locked itself out can let itself in again")
  func rootIsNeverLost() throws {
    let lab = try Lab()
    try lab.put(
      "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::box\",\"arn:aws:s3:::box/*\"]}"
    )
    try lab.owner.refused("s3:DeleteBucketPolicy", ["Bucket": "box"], "AccessDenied", status: 403)
    var root = lab.owner
    root.credentials = lab.accounts.emulator.rootCredentials(of: TwoAccounts.originating)
    try root.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied")
    try root.call("s3:DeleteBucketPolicy", ["Bucket": "box"])
    #expect(try lab.canRead(lab.owner))
  }
}
