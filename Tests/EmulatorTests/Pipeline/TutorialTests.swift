import AWSAPI
import Emulator
import HTTP
import SigV4
import Testing

@Suite("The cross-account tutorial, call by call")
struct TutorialTests {
  @Test("David may take the role on, Jane is refused by an explicit deny, and an hour later the keys have expired")
  func tutorial() throws {
    let accounts = try TwoAccounts()
    let (destination, originating) = (accounts.destination, accounts.originating)
    try destination.call("s3:CreateBucket", ["Bucket": "amzn-s3-demo-bucket-shared-container"])
    let role = try destination.call(
      "iam:CreateRole",
      [
        "RoleName": "UpdateData",
        "AssumeRolePolicyDocument": .string(TwoAccounts.trust("arn:aws:iam::111111111111:root")),
      ])
    let roleArn = try #require(role["Role/Arn"]?.string)
    #expect(roleArn == "arn:aws:iam::999999999999:role/UpdateData")
    let policy = try destination.call(
      "iam:CreatePolicy",
      ["PolicyName": "read-write-app-bucket", "PolicyDocument": .string(Self.bucketPolicy)])
    let policyArn = try #require(policy["Policy/Arn"]?.string)
    try destination.call("iam:AttachRolePolicy", ["RoleName": "UpdateData", "PolicyArn": .string(policyArn)])
    for (group, user, effect) in [("Developers", "David", "Allow"), ("Analysts", "Jane", "Deny")] {
      try originating.call("iam:CreateGroup", ["GroupName": .string(group)])
      try originating.call(
        "iam:AttachGroupPolicy",
        ["GroupName": .string(group), "PolicyArn": "arn:aws:iam::aws:policy/PowerUserAccess"])
      try originating.call("iam:CreateUser", ["UserName": .string(user)])
      try originating.call("iam:AddUserToGroup", ["GroupName": .string(group), "UserName": .string(user)])
      try originating.call(
        "iam:PutGroupPolicy",
        [
          "GroupName": .string(group), "PolicyName": "assume",
          "PolicyDocument": .string(TwoAccounts.statement(effect, "sts:AssumeRole", on: roleArn)),
        ])
    }
    let david = try originating.withKey(of: "David")
    let jane = try originating.withKey(of: "Jane")
    let bucket: AWSValue = "amzn-s3-demo-bucket-shared-container"

    try david.refused("s3:ListObjectsV2", ["Bucket": bucket], "AccessDenied", status: 403)
    let parameters: AWSStructure = ["RoleArn": .string(roleArn), "RoleSessionName": "David-ProdUpdate"]
    let session = try david.call("sts:AssumeRole", parameters)
    #expect(
      session["AssumedRoleUser/Arn"]?.string
        == "arn:aws:sts::999999999999:assumed-role/UpdateData/David-ProdUpdate")
    #expect(session["PackedPolicySize"] == nil)
    let updating = try david.becoming(session)
    #expect(try updating.call("sts:GetCallerIdentity")["Account"]?.string == "999999999999")
    try updating.call("s3:PutObject", ["Bucket": bucket, "Key": "a.txt", "Body": .blob(.bytes(Array("hello".utf8)))])
    let object = try updating.call("s3:GetObject", ["Bucket": bucket, "Key": "a.txt"])
    #expect(try object["Body"]?.blob?.collected() == Array("hello".utf8))
    try updating.refused("iam:ListUsers", [:], "AccessDenied", status: 403)

    let refusal = try jane.refused("sts:AssumeRole", parameters, "AccessDenied", status: 403)
    #expect(
      refusal.message
        == "User: arn:aws:iam::111111111111:user/Jane is not authorized to perform: sts:AssumeRole on resource: "
        + "arn:aws:iam::999999999999:role/UpdateData with an explicit deny in an identity-based policy")
    try jane.call("s3:ListBuckets")

    accounts.emulator.clock.advance(by: .seconds(3600))
    let expired = try updating.refused("s3:ListObjectsV2", ["Bucket": bucket], "ExpiredToken", status: 400)
    #expect(expired.message == "The provided token has expired.")
    try updating.refused("sts:GetCallerIdentity", [:], "ExpiredToken", status: 403)
    try david.becoming(try david.call("sts:AssumeRole", parameters)).call("s3:ListObjectsV2", ["Bucket": bucket])
  }

  private static let bucketPolicy = #"""
    {"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"},
    {"Effect":"Allow","Action":["s3:ListBucket","s3:GetBucketLocation"],"Resource":"arn:aws:s3:::amzn-s3-demo-bucket-shared-container"},
    {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::amzn-s3-demo-bucket-shared-container/*"}]}
    """#
}
