import AWSAPI
import HTTP
import Testing

@testable import Emulator

// What counts as public, and the public access block.
extension BucketAccessTests {
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
}
