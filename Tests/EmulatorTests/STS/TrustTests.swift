import AWSAPI
import Emulator
import HTTP
import SigV4
import Testing

@Suite("Trust policies keep whom they named")
struct TrustTests {
  @Test("a user who is deleted and made again is no longer trusted", arguments: [true, false])
  func recreated(_ isUser: Bool) throws {
    let accounts = try TwoAccounts()
    let allowAll = TwoAccounts.statement("Allow", "*")
    let admin = accounts.originating
    let name = isUser ? "user/Ada" : "role/Ada"
    func make() throws -> TestClient {
      if isUser { return try accounts.user("Ada", allowAll) }
      try admin.call(
        "iam:CreateRole",
        ["RoleName": "Ada", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111"))])
      try admin.call(
        "iam:PutRolePolicy", ["RoleName": "Ada", "PolicyName": "p", "PolicyDocument": .string(allowAll)])
      return try admin.becoming(
        try admin.call(
          "sts:AssumeRole",
          ["RoleArn": "arn:aws:iam::111111111111:role/Ada", "RoleSessionName": "session"]))
    }
    let ada = try make()
    let arn = try accounts.role("R", trusting: "arn:aws:iam::111111111111:\(name)")
    let parameters: AWSStructure = ["RoleArn": .string(arn), "RoleSessionName": "session"]
    try ada.call("sts:AssumeRole", parameters)
    let before = try accounts.destination.call("iam:GetRole", ["RoleName": "R"])
    #expect(before["Role/AssumeRolePolicyDocument"]?.string?.contains("arn:aws:iam::111111111111:\(name)") == true)

    if isUser {
      for key in [ada.credentials?.accessKeyID ?? ""] {
        try admin.call("iam:DeleteAccessKey", ["UserName": "Ada", "AccessKeyId": .string(key)])
      }
      try admin.call("iam:DeleteUserPolicy", ["UserName": "Ada", "PolicyName": "inline"])
      try admin.call("iam:DeleteUser", ["UserName": "Ada"])
    } else {
      try admin.call("iam:DeleteRolePolicy", ["RoleName": "Ada", "PolicyName": "p"])
      try admin.call("iam:DeleteRole", ["RoleName": "Ada"])
    }
    try ada.refused("sts:GetCallerIdentity", [:], "InvalidClientTokenId", status: 403)
    let after = try accounts.destination.call("iam:GetRole", ["RoleName": "R"])
    let text = try #require(after["Role/AssumeRolePolicyDocument"]?.string)
    #expect(text.contains(isUser ? "\"AIDA" : "\"AROA") && !text.contains(name))

    try make().refused("sts:AssumeRole", parameters, "AccessDenied", status: 403)
    try accounts.destination.call(
      "iam:UpdateAssumeRolePolicy",
      ["RoleName": "R", "PolicyDocument": .string(TwoAccounts.trust("arn:aws:iam::111111111111:\(name)"))])
  }

  @Test("a user who is renamed stays trusted, and the policy shows the new name")
  func renamed() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let arn = try accounts.role("R", trusting: "arn:aws:iam::111111111111:user/Ada")
    try accounts.originating.call("iam:UpdateUser", ["UserName": "Ada", "NewUserName": "Bea"])
    try ada.call("sts:AssumeRole", ["RoleArn": .string(arn), "RoleSessionName": "session"])
    let role = try accounts.destination.call("iam:GetRole", ["RoleName": "R"])
    #expect(role["Role/AssumeRolePolicyDocument"]?.string?.contains("user/Bea") == true)
  }

  @Test(
    "only principals that exist can be named",
    arguments: [
      ("AWS", "arn:aws:iam::111111111111:user/Nobody"), ("AWS", "arn:aws:iam::111111111111:role/None"),
      ("AWS", "arn:aws:iam::222222222222:root"), ("AWS", "222222222222"), ("AWS", "AIDAAAAAAAAAAAAAAAAAA"),
      ("AWS", "arn:aws:sts::111111111111:assumed-role/None/x"), ("AWS", "arn:aws:iam::111111111111:group/G"),
      ("AWS", "nonsense"), ("Service", "ec2"),
    ])
  func unknown(_ kind: String, _ name: String) throws {
    let client = try TwoAccounts().destination
    let document = TwoAccounts.trust(name).replacing("\"AWS\"", with: "\"\(kind)\"")
    let error = try client.refused(
      "iam:CreateRole", ["RoleName": "R", "AssumeRolePolicyDocument": .string(document)], "MalformedPolicyDocument",
      status: 400)
    let written = kind == "Service" ? "SERVICE" : kind
    #expect(error.message == "Invalid principal in policy: \"\(written)\":\"\(name)\"")
  }
}
