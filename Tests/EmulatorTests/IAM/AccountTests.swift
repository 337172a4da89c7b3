import AWSAPI
import Emulator
import HTTP
import SigV4
import Testing

@Suite("IAM: the account and what hangs on users")
struct AccountTests {
  @Test("an alias belongs to one account, and a new one takes the old one's place")
  func aliases() throws {
    let accounts = try TwoAccounts()
    try accounts.originating.call("iam:CreateAccountAlias", ["AccountAlias": "dev"])
    let error = try accounts.destination.refused(
      "iam:CreateAccountAlias", ["AccountAlias": "dev"], "EntityAlreadyExists", status: 409)
    #expect(error.message == "The account alias dev already exists.")
    try accounts.originating.call("iam:CreateAccountAlias", ["AccountAlias": "dev2"])
    #expect(
      try accounts.originating.call("iam:ListAccountAliases")["AccountAliases"]?.list?.compactMap(\.string) == ["dev2"])
    try accounts.originating.refused("iam:DeleteAccountAlias", ["AccountAlias": "dev"], "NoSuchEntity", status: 404)
    try accounts.originating.call("iam:DeleteAccountAlias", ["AccountAlias": "dev2"])
    #expect(try accounts.originating.call("iam:ListAccountAliases")["AccountAliases"]?.list?.isEmpty == true)
  }

  @Test("the summary counts what was made, not what the emulator added")
  func summary() throws {
    let accounts = try TwoAccounts()
    let before = try accounts.originating.call("iam:GetAccountSummary")
    #expect(before["SummaryMap/Users"]?.integer == 0)
    #expect(before["SummaryMap/UsersQuota"]?.integer == 5000)
    _ = try accounts.user("Ada")
    try accounts.originating.call("iam:CreateGroup", ["GroupName": "G"])
    let after = try accounts.originating.call("iam:GetAccountSummary")
    #expect(after["SummaryMap/Users"]?.integer == 1 && after["SummaryMap/Groups"]?.integer == 1)
  }

  @Test("authorization details hold everything once, whatever the page size", arguments: [1, 2, 100])
  func authorizationDetails(_ size: Int) throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "s3:*"))
    try client.call("iam:CreateGroup", ["GroupName": "G"])
    try client.call("iam:AddUserToGroup", ["GroupName": "G", "UserName": "Ada"])
    try client.call(
      "iam:AttachUserPolicy", ["UserName": "Ada", "PolicyArn": "arn:aws:iam::aws:policy/PowerUserAccess"])
    try client.call(
      "iam:CreatePolicy",
      ["PolicyName": "P", "PolicyDocument": .string(TwoAccounts.statement("Allow", "s3:*"))])
    try client.call(
      "iam:CreateRole", ["RoleName": "R", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111"))])
    var seen: [String: [AWSStructure]] = [:]
    var marker: AWSValue?
    repeat {
      let page = try client.call(
        "iam:GetAccountAuthorizationDetails", ["MaxItems": .integer(size), "Marker": marker])
      for list in ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] {
        seen[list, default: []] += (page[list]?.list ?? []).compactMap(\.structure)
      }
      marker = page["Marker"]
    } while marker != nil
    #expect(seen.mapValues(\.count) == ["UserDetailList": 1, "GroupDetailList": 1, "RoleDetailList": 1, "Policies": 2])
    let user = try #require(seen["UserDetailList"]?.first)
    #expect(user["GroupList"]?.list?.compactMap(\.string) == ["G"])
    #expect(user["UserPolicyList"]?.list?.first?.structure?["PolicyName"]?.string == "inline")
    let policy = try #require(seen["Policies"]?.first { $0["PolicyName"]?.string == "P" })
    #expect(policy["PolicyVersionList"]?.list?.first?.structure?["Document"]?.string?.contains("s3:*") == true)
    let roles = try client.call("iam:GetAccountAuthorizationDetails", ["Filter": ["Role"]])
    #expect(roles["UserDetailList"]?.list?.isEmpty == true && roles["RoleDetailList"]?.list?.count == 1)
  }

  @Test("passwords are made, changed by their owner, and removed")
  func passwords() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "iam:ChangePassword"))
    let client = accounts.originating
    let missing = try client.refused("iam:GetLoginProfile", ["UserName": "Ada"], "NoSuchEntity", status: 404)
    #expect(missing.message == "Login Profile for User Ada cannot be found.")
    try client.refused(
      "iam:CreateLoginProfile", ["UserName": "Ada", "Password": "short"], "PasswordPolicyViolation", status: 400)
    let made = try client.call(
      "iam:CreateLoginProfile", ["UserName": "Ada", "Password": "Secret-123", "PasswordResetRequired": true])
    #expect(made["LoginProfile/PasswordResetRequired"]?.boolean == true)
    try client.refused(
      "iam:CreateLoginProfile", ["UserName": "Ada", "Password": "Secret-123"], "EntityAlreadyExists", status: 409)
    try ada.refused(
      "iam:ChangePassword", ["OldPassword": "wrong", "NewPassword": "Secret-456"], "AccessDenied", status: 403)
    try ada.call("iam:ChangePassword", ["OldPassword": "Secret-123", "NewPassword": "Secret-456"])
    #expect(
      try client.call("iam:GetLoginProfile", ["UserName": "Ada"])["LoginProfile/PasswordResetRequired"]?.boolean
        == false)
    try client.call("iam:DeleteUserPolicy", ["UserName": "Ada", "PolicyName": "inline"])
    try client.call(
      "iam:DeleteAccessKey", ["UserName": "Ada", "AccessKeyId": .string(try #require(ada.credentials?.accessKeyID))])
    let conflict = try client.refused("iam:DeleteUser", ["UserName": "Ada"], "DeleteConflict", status: 409)
    #expect(conflict.message == "Cannot delete entity, must delete login profile first.")
    try client.call("iam:DeleteLoginProfile", ["UserName": "Ada"])
    try client.call("iam:DeleteUser", ["UserName": "Ada"])
  }

  @Test(
    "the lists that deleting a user asks for are there and empty",
    arguments: [
      ("iam:ListSSHPublicKeys", "SSHPublicKeys"), ("iam:ListSigningCertificates", "Certificates"),
      ("iam:ListServiceSpecificCredentials", "ServiceSpecificCredentials"), ("iam:ListMFADevices", "MFADevices"),
    ])
  func emptyLists(_ test: (operation: String, member: String)) throws {
    let client = try TwoAccounts().originating
    try client.call("iam:CreateUser", ["UserName": "Ada"])
    #expect(try client.call(test.operation, ["UserName": "Ada"])[test.member]?.list?.isEmpty == true)
    try client.refused(test.operation, ["UserName": "Bea"], "NoSuchEntity", status: 404)
  }

  @Test("a service-linked role is its service's to change, and is deleted by a task")
  func serviceLinkedRoles() throws {
    let client = try TwoAccounts().originating
    let made = try client.call("iam:CreateServiceLinkedRole", ["AWSServiceName": "autoscaling.amazonaws.com"])
    #expect(
      made["Role/Arn"]?.string
        == "arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling")
    let role: AWSStructure = ["RoleName": "AWSServiceRoleForAutoScaling"]
    let taken = try client.refused(
      "iam:CreateServiceLinkedRole", ["AWSServiceName": "autoscaling.amazonaws.com"], "InvalidInput", status: 400)
    #expect(
      taken.message == "Service role name AWSServiceRoleForAutoScaling has been taken in this account, "
        + "please try a different suffix.")
    try client.refused("iam:DeleteRole", role, "UnmodifiableEntity", status: 400)
    let task = try client.call("iam:DeleteServiceLinkedRole", role)
    let id = try #require(task["DeletionTaskId"])
    #expect(
      try client.call("iam:GetServiceLinkedRoleDeletionStatus", ["DeletionTaskId": id])["Status"]?.string
        == "SUCCEEDED")
    try client.refused("iam:GetRole", role, "NoSuchEntity")
  }

  @Test("an OpenID Connect provider is kept by its URL")
  func openIDConnect() throws {
    let client = try TwoAccounts().originating
    let made = try client.call(
      "iam:CreateOpenIDConnectProvider",
      [
        "Url": "https://token.example.com/a", "ClientIDList": ["sts.amazonaws.com"],
        "ThumbprintList": [.string(String(repeating: "A1", count: 20))],
      ])
    let arn = try #require(made["OpenIDConnectProviderArn"])
    #expect(arn.string == "arn:aws:iam::111111111111:oidc-provider/token.example.com/a")
    try client.refused(
      "iam:CreateOpenIDConnectProvider", ["Url": "https://token.example.com/a"], "EntityAlreadyExists", status: 409)
    try client.call("iam:AddClientIDToOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn, "ClientID": "b"])
    let found = try client.call("iam:GetOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn])
    #expect(found["ClientIDList"]?.list?.compactMap(\.string) == ["sts.amazonaws.com", "b"])
    #expect(found["Url"]?.string == "token.example.com/a")
    try client.call("iam:RemoveClientIDFromOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn, "ClientID": "b"])
    #expect(
      try client.call("iam:ListOpenIDConnectProviders")["OpenIDConnectProviderList/0/Arn"]?.string == arn.string)
    try client.call("iam:DeleteOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn])
    try client.refused(
      "iam:GetOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn], "NoSuchEntity", status: 404)
  }
}
