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

    init(ownership: String? = nil, blocked: Bool = true) throws {
      accounts = try TwoAccounts()
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

  // MARK: Public access

  static let publicness: [(name: String, principal: String, condition: String, isPublic: Bool)] = [
    ("everyone", "\"*\"", "{}", true),
    ("everyone by AWS", "{\"AWS\":\"*\"}", "{}", true),
    ("an account", "{\"AWS\":\"999999999999\"}", "{}", false),
    ("everyone of an organization", "\"*\"", "{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-abcdefghij\"}}", false),
    ("everyone of a network", "\"*\"", "{\"IpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"}}", false),
    ("everyone of half the net", "\"*\"", "{\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/1\"}}", true),
    ("everyone of a wide IPv6 network", "\"*\"", "{\"IpAddress\":{\"aws:SourceIp\":\"2001::/16\"}}", true),
    ("everyone outside of a network", "\"*\"", "{\"NotIpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"}}", true),
    (
      "everyone whose ARN fits a pattern", "\"*\"", "{\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::*:role/R\"}}",
      true
    ),
    (
      "everyone with an ARN", "\"*\"", "{\"ArnEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::999999999999:role/R\"}}",
      false
    ),
    ("everyone by a variable", "\"*\"", "{\"StringEquals\":{\"aws:userid\":\"${aws:userid}\"}}", true),
    ("everyone who says where from", "\"*\"", "{\"StringEquals\":{\"aws:Referer\":\"x\"}}", true),
    ("everyone, if the key is there", "\"*\"", "{\"StringEqualsIfExists\":{\"aws:SourceVpc\":\"vpc-1\"}}", true),
    ("everyone of a VPC", "\"*\"", "{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}", false),
  ]

  @Test("public is what grants to more than fixed values", arguments: publicness.indices)
  func publicPolicy(index: Int) throws {
    let test = Self.publicness[index]
    let lab = try Lab(blocked: false)
    let statement = Self.allow(test.principal, "s3:GetObject", condition: test.condition)
    try lab.put(statement)
    let status = try lab.owner.call("s3:GetBucketPolicyStatus", ["Bucket": "box"])
    #expect(status["PolicyStatus/IsPublic"]?.boolean == test.isPublic, "\(test.name)")
    try lab.block("BlockPublicPolicy")
    let again: AWSStructure = ["Bucket": "box", "Policy": .string(Self.policy(statement))]
    guard test.isPublic else {
      try lab.owner.call("s3:PutBucketPolicy", again)
      return
    }
    let error = try lab.owner.refused("s3:PutBucketPolicy", again, "AccessDenied", status: 403)
    #expect(
      error.message.hasSuffix(
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access."))
  }

  @Test("RestrictPublicBuckets leaves a public policy to the owner's account")
  func restricted() throws {
    let lab = try Lab(blocked: false)
    try lab.put(Self.allow("\"*\"", "s3:GetObject"))
    let user = try lab.accounts.user("Ann")
    for client in [lab.nobody, lab.stranger, user] { #expect(try lab.canRead(client)) }
    try lab.block("RestrictPublicBuckets")
    #expect(try !lab.canRead(lab.nobody))
    #expect(try !lab.canRead(lab.stranger))
    #expect(try lab.canRead(user), "the policy itself still counts in the owner's account")
    try lab.owner.call("s3:DeletePublicAccessBlock", ["Bucket": "box"])
    #expect(try lab.canRead(lab.nobody))
  }

  @Test("a policy that is not public is not restricted")
  func notRestricted() throws {
    let lab = try Lab()
    try lab.put(Self.allow("{\"AWS\":\"\(TwoAccounts.destination)\"}", "s3:GetObject"))
    #expect(try lab.canRead(lab.stranger))
  }

  @Test("a new bucket blocks everything; the block can be told, changed and deleted")
  func block() throws {
    let lab = try Lab()
    let names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
    func told() throws -> [Bool?] {
      let reply = try lab.owner.call("s3:GetPublicAccessBlock", ["Bucket": "box"])
      return names.map { reply["PublicAccessBlockConfiguration/\($0)"]?.boolean }
    }
    #expect(try told() == [true, true, true, true])
    try lab.block("IgnorePublicAcls")
    #expect(try told() == [false, true, false, false])
    try lab.owner.call("s3:DeletePublicAccessBlock", ["Bucket": "box"])
    try lab.owner.refused(
      "s3:GetPublicAccessBlock", ["Bucket": "box"], "NoSuchPublicAccessBlockConfiguration", status: 404)
  }

  // MARK: Access control lists

  @Test("lists are off unless ownership turns them on")
  func ownership() throws {
    let lab = try Lab(blocked: false)
    func told() throws -> String? {
      try lab.owner.call("s3:GetBucketOwnershipControls", ["Bucket": "box"])[
        "OwnershipControls/Rules/0/ObjectOwnership"]?.string
    }
    #expect(try told() == "BucketOwnerEnforced")
    try lab.owner.refused(
      "s3:PutBucketAcl", ["Bucket": "box", "ACL": "private"], "AccessControlListNotSupported", status: 400)
    try lab.owner.refused(
      "s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "private"], "AccessControlListNotSupported")
    try lab.owner.call(
      "s3:PutBucketOwnershipControls",
      ["Bucket": "box", "OwnershipControls": ["Rules": [["ObjectOwnership": "ObjectWriter"]]]])
    #expect(try told() == "ObjectWriter")
    try lab.owner.call("s3:PutBucketAcl", ["Bucket": "box", "ACL": "authenticated-read"])
    try lab.owner.refused(
      "s3:PutBucketOwnershipControls",
      ["Bucket": "box", "OwnershipControls": ["Rules": [["ObjectOwnership": "BucketOwnerEnforced"]]]],
      "InvalidBucketAclWithObjectOwnership")
    try lab.owner.call("s3:DeleteBucketOwnershipControls", ["Bucket": "box"])
    try lab.owner.refused(
      "s3:GetBucketOwnershipControls", ["Bucket": "box"], "OwnershipControlsNotFoundError", status: 404)
  }

  @Test("lists are told with owner, grantees and their types")
  func told() throws {
    let lab = try Lab(ownership: "ObjectWriter", blocked: false)
    let id = CanonicalUser.id(ofAccount: TwoAccounts.originating)
    let first = try lab.owner.call("s3:GetBucketAcl", ["Bucket": "box"])
    #expect(first["Owner/ID"]?.string == id && first["Grants"]?.list?.count == 1)
    #expect(first["Grants/0/Grantee/ID"]?.string == id && first["Grants/0/Grantee/Type"]?.string == "CanonicalUser")
    #expect(first["Grants/0/Permission"]?.string == "FULL_CONTROL")
    try lab.owner.call("s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "public-read"])
    let second = try lab.owner.call("s3:GetObjectAcl", ["Bucket": "box", "Key": "key"])
    #expect(second["Grants/1/Grantee/URI"]?.string == "http://acs.amazonaws.com/groups/global/AllUsers")
    #expect(second["Grants/1/Grantee/Type"]?.string == "Group" && second["Grants/1/Permission"]?.string == "READ")
    let text = String(
      decoding: try lab.owner.send("s3:GetBucketAcl", ["Bucket": "box"]).response.body.collected(), as: UTF8.self)
    #expect(
      text.contains("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\">"))
  }

  @Test("an object that everyone may read")
  func publicRead() throws {
    let lab = try Lab(ownership: "ObjectWriter", blocked: false)
    #expect(try !lab.canRead(lab.nobody))
    try lab.owner.call("s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "public-read"])
    #expect(try lab.canRead(lab.nobody))
    #expect(try lab.canRead(lab.stranger))
    try lab.nobody.refused("s3:PutObject", ["Bucket": "box", "Key": "key"], "AccessDenied")
    try lab.nobody.refused("s3:ListObjects", ["Bucket": "box"], "AccessDenied")
    try lab.block("IgnorePublicAcls")
    #expect(try !lab.canRead(lab.nobody))
    try lab.block("BlockPublicAcls")
    #expect(try lab.canRead(lab.nobody), "what is public stays so")
    let error = try lab.owner.refused(
      "s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "public-read"], "AccessDenied")
    #expect(error.message.contains("because public ACLs are prevented by the BlockPublicAcls setting"))
    try lab.owner.refused("s3:PutObject", ["Bucket": "box", "Key": "new", "ACL": "public-read"], "AccessDenied")
  }

  @Test("an object that everyone with an account may read")
  func authenticatedRead() throws {
    let lab = try Lab(ownership: "ObjectWriter", blocked: false)
    try lab.owner.call("s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "authenticated-read"])
    #expect(try !lab.canRead(lab.nobody))
    #expect(try lab.canRead(lab.stranger))
  }

  @Test("a bucket that another account may list and write")
  func bucketGrants() throws {
    let lab = try Lab(ownership: "ObjectWriter", blocked: false)
    let other = CanonicalUser.id(ofAccount: TwoAccounts.destination)
    try lab.stranger.refused("s3:ListObjectsV2", ["Bucket": "box"], "AccessDenied")
    try lab.owner.call(
      "s3:PutBucketAcl",
      ["Bucket": "box", "GrantRead": .string("id=\"\(other)\""), "GrantWrite": .string("id=\(other)")])
    try lab.stranger.call("s3:ListObjectsV2", ["Bucket": "box"])
    try lab.stranger.call("s3:PutObject", ["Bucket": "box", "Key": "theirs", "Body": .bytes([1])])
    try lab.stranger.refused("s3:GetBucketAcl", ["Bucket": "box"], "AccessDenied")
    // What the other account wrote is its own: the bucket's owner may not read it, but may delete it.
    try lab.owner.refused("s3:GetObject", ["Bucket": "box", "Key": "theirs"], "AccessDenied")
    try lab.stranger.call("s3:GetObject", ["Bucket": "box", "Key": "theirs"])
    try lab.stranger.call("s3:PutObjectAcl", ["Bucket": "box", "Key": "theirs", "ACL": "bucket-owner-full-control"])
    try lab.owner.call("s3:GetObject", ["Bucket": "box", "Key": "theirs"])
    try lab.owner.call("s3:DeleteObject", ["Bucket": "box", "Key": "theirs"])
  }

  @Test("what others upload belongs to whom the ownership says")
  func uploads() throws {
    for (ownership, acl, reads) in [
      ("BucketOwnerEnforced", nil, true), ("BucketOwnerPreferred", nil, false),
      ("BucketOwnerPreferred", "bucket-owner-full-control", true), ("ObjectWriter", nil, false),
    ] as [(String, String?, Bool)] {
      let lab = try Lab(ownership: ownership)
      try lab.put(Self.allow("{\"AWS\":\"\(TwoAccounts.destination)\"}", "s3:PutObject*"))
      try lab.stranger.call(
        "s3:PutObject", ["Bucket": "box", "Key": "theirs", "ACL": acl.map { .string($0) }])
      let reply = try lab.owner.send("s3:GetObject", ["Bucket": "box", "Key": "theirs"])
      #expect((reply.response.status == 200) == reads, "\(ownership) \(acl ?? "none")")
    }
  }

  static let badLists: [(name: String, parameters: @Sendable () -> AWSStructure, code: String)] = [
    ("nothing", { [:] }, "MissingSecurityHeader"),
    ("a canned list that is none", { ["ACL": "mine"] }, "InvalidArgument"),
    (
      "both", { ["ACL": "private", "GrantRead": "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\""] },
      "InvalidRequest"
    ),
    ("no format", { ["GrantRead": "everyone"] }, "InvalidArgument"),
    ("no such group", { ["GrantRead": "uri=\"x\""] }, "InvalidArgument"),
    ("no such id", { ["GrantRead": "id=\"x\""] }, "InvalidArgument"),
    ("an address", { ["GrantRead": "emailAddress=\"a@example.com\""] }, "UnresolvableGrantByEmailAddress"),
    ("somebody else's bucket", { ["AccessControlPolicy": ["Owner": ["ID": "x"], "Grants": []]] }, "InvalidArgument"),
  ]

  @Test("lists that are none are refused", arguments: badLists.indices)
  func badList(index: Int) throws {
    let test = Self.badLists[index]
    let lab = try Lab(ownership: "ObjectWriter", blocked: false)
    var parameters = test.parameters()
    parameters["Bucket"] = "box"
    try lab.owner.refused("s3:PutBucketAcl", parameters, test.code, status: 400)
  }

  @Test("every statement of ours is read")
  func statements() {
    let everyone = AccessControlList(
      owner: "111111111111",
      grants: [
        .init(grantee: .group(.allUsers), permission: .fullControl),
        .init(grantee: .group(.authenticatedUsers), permission: .write),
        .init(grantee: .account("222222222222"), permission: .readACP),
        .init(grantee: .group(.logDelivery), permission: .write),
      ])
    let statements = ACLStatements(everyone, ignoringPublic: false)
    #expect(statements.bucketStatements(arn: "arn:aws:s3:::box").count == 4)
    #expect(statements.objectStatements().count == 2)
    #expect(ACLStatements(everyone, ignoringPublic: true).bucketStatements(arn: "arn:aws:s3:::box").count == 1)
  }
}
