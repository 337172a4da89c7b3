import AWSAPI
import Emulator
import HTTP
import Testing

@Suite("IAM: permissions boundaries and tags")
struct BoundaryTests {
  @Test("a boundary limits what policies grant, is counted and removed", arguments: ["User", "Role"])
  func boundary(_ kind: String) throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    let boundary: AWSValue = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    var made: AWSStructure = ["\(kind)Name": "E", "PermissionsBoundary": boundary]
    if kind == "Role" { made["AssumeRolePolicyDocument"] = .string(TwoAccounts.trust("111111111111")) }
    let reply = try client.call("iam:Create\(kind)", made)
    #expect(reply["\(kind)/PermissionsBoundary/PermissionsBoundaryArn"]?.string == boundary.string)
    try client.call(
      "iam:Put\(kind)Policy",
      ["\(kind)Name": "E", "PolicyName": "all", "PolicyDocument": .string(TwoAccounts.statement("Allow", "*"))])
    let bounded =
      kind == "User"
      ? try client.withKey(of: "E")
      : try client.becoming(
        try client.call(
          "sts:AssumeRole", ["RoleArn": "arn:aws:iam::111111111111:role/E", "RoleSessionName": "session"]))
    try bounded.call("s3:ListBuckets")
    let error = try bounded.refused("iam:ListUsers", [:], "AccessDenied", status: 403)
    #expect(error.message.hasSuffix("because no permissions boundary allows the iam:ListUsers action"))
    let usage = try client.call("iam:GetPolicy", ["PolicyArn": boundary])
    #expect(usage["Policy/PermissionsBoundaryUsageCount"]?.integer == 1)
    try client.call("iam:Delete\(kind)PermissionsBoundary", ["\(kind)Name": "E"])
    try bounded.call("iam:ListUsers")
    try client.refused("iam:Delete\(kind)PermissionsBoundary", ["\(kind)Name": "E"], "NoSuchEntity", status: 404)
    try client.call("iam:Put\(kind)PermissionsBoundary", ["\(kind)Name": "E", "PermissionsBoundary": boundary])
    try bounded.refused("iam:ListUsers", [:], "AccessDenied")
  }

  @Test("creating users can be allowed only with a boundary")
  func delegation() throws {
    let accounts = try TwoAccounts()
    let policy =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*","Condition":"#
      + #"{"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}}}"#
    let ada = try accounts.user("Ada", policy)
    try ada.refused("iam:CreateUser", ["UserName": "Bea"], "AccessDenied", status: 403)
    try ada.refused(
      "iam:CreateUser",
      ["UserName": "Bea", "PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess"], "AccessDenied")
    try ada.call(
      "iam:CreateUser", ["UserName": "Bea", "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"])
  }

  @Test("tags decide, of the caller, of the resource and of the request")
  func tags() throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    let policy =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":"#
      + #"{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}},"#
      + #"{"Effect":"Allow","Action":["iam:CreateUser","iam:TagUser"],"Resource":"*","Condition":"#
      + #"{"StringEquals":{"aws:RequestTag/team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}}]}"#
    let ada = try accounts.user("Ada", policy)
    try client.call("iam:TagUser", ["UserName": "Ada", "Tags": [["Key": "team", "Value": "red"]]])
    for (name, team) in [("Red", "red"), ("Blue", "blue")] {
      try client.call(
        "iam:CreateUser",
        ["UserName": .string(name), "Tags": [["Key": "team", "Value": .string(team)]]])
    }
    try ada.call("iam:GetUser", ["UserName": "Red"])
    try ada.refused("iam:GetUser", ["UserName": "Blue"], "AccessDenied")
    try ada.refused("iam:CreateUser", ["UserName": "New"], "AccessDenied")
    try ada.refused(
      "iam:CreateUser",
      ["UserName": "New", "Tags": [["Key": "team", "Value": "red"], ["Key": "x", "Value": "y"]]], "AccessDenied")
    try ada.call("iam:CreateUser", ["UserName": "New", "Tags": [["Key": "team", "Value": "red"]]])
    #expect(try client.call("iam:ListUserTags", ["UserName": "New"])["Tags/0/Value"]?.string == "red")
    try client.call("iam:UntagUser", ["UserName": "Red", "TagKeys": ["TEAM"]])
    try ada.refused("iam:GetUser", ["UserName": "Red"], "AccessDenied")
  }
}
