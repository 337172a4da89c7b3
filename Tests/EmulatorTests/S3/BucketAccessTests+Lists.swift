import AWSAPI
import HTTP
import Testing

@testable import Emulator

// Access control lists and the ownership of objects.
extension BucketAccessTests {
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
