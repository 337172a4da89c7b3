import AWSAPI
import Emulator
import HTTP
import IAMPolicy
import Testing

@Suite("IAM: policies")
struct PolicyTests {
  static let document =
    "{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\": {\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}\n}"

  @Test("inline policies are kept to the byte, replaced, listed and deleted", arguments: ["User", "Group", "Role"])
  func inline(_ kind: String) throws {
    let client = try TwoAccounts().originating
    var made: AWSStructure = ["\(kind)Name": "E"]
    if kind == "Role" { made["AssumeRolePolicyDocument"] = .string(TwoAccounts.trust("111111111111")) }
    try client.call("iam:Create\(kind)", made)
    let name: AWSStructure = ["\(kind)Name": "E", "PolicyName": "P"]
    let missing = try client.refused("iam:Get\(kind)Policy", name, "NoSuchEntity", status: 404)
    #expect(missing.message == "The \(kind.lowercased()) policy with name P cannot be found.")
    var put = name
    put["PolicyDocument"] = .string(Self.document)
    try client.call("iam:Put\(kind)Policy", put)
    try client.call("iam:Put\(kind)Policy", put)
    let found = try client.call("iam:Get\(kind)Policy", name)
    #expect(found["PolicyDocument"]?.string == Self.document)
    #expect(found["\(kind)Name"]?.string == "E")
    let body = String(decoding: try found.response.body.collected(), as: UTF8.self)
    #expect(body.contains("%7B%0A%20%20%22Version%22"))
    let listed = try client.call("iam:List\(kind)Policies", ["\(kind)Name": "E"])
    #expect(listed["PolicyNames"]?.list?.compactMap(\.string) == ["P"])
    try client.call("iam:Delete\(kind)Policy", name)
    try client.refused("iam:Delete\(kind)Policy", name, "NoSuchEntity")
  }

  @Test("managed policies are attached once, counted, and cannot be deleted while attached")
  func attached() throws {
    let client = try TwoAccounts().originating
    try client.call("iam:CreateUser", ["UserName": "Ada"])
    let policy = try client.call("iam:CreatePolicy", ["PolicyName": "P", "PolicyDocument": .string(Self.document)])
    #expect(
      policy["Policy"]?.structure?.members.map(\.name).sorted() == [
        "Arn", "AttachmentCount", "CreateDate", "DefaultVersionId", "IsAttachable", "Path",
        "PermissionsBoundaryUsageCount", "PolicyId", "PolicyName", "UpdateDate",
      ])
    let arn: AWSValue = "arn:aws:iam::111111111111:policy/P"
    for _ in 0..<2 { try client.call("iam:AttachUserPolicy", ["UserName": "Ada", "PolicyArn": arn]) }
    #expect(try client.call("iam:GetPolicy", ["PolicyArn": arn])["Policy/AttachmentCount"]?.integer == 1)
    let listed = try client.call("iam:ListAttachedUserPolicies", ["UserName": "Ada"])
    #expect(listed["AttachedPolicies"]?.list?.count == 1)
    #expect(listed["AttachedPolicies/0/PolicyName"]?.string == "P")
    let users = try client.call("iam:ListEntitiesForPolicy", ["PolicyArn": arn])
    #expect(users["PolicyUsers/0/UserName"]?.string == "Ada")
    let conflict = try client.refused("iam:DeletePolicy", ["PolicyArn": arn], "DeleteConflict", status: 409)
    #expect(conflict.message == "Cannot delete a policy attached to entities.")
    try client.call("iam:DetachUserPolicy", ["UserName": "Ada", "PolicyArn": arn])
    let again = try client.refused(
      "iam:DetachUserPolicy", ["UserName": "Ada", "PolicyArn": arn], "NoSuchEntity", status: 404)
    #expect(again.message == "Policy arn:aws:iam::111111111111:policy/P was not found.")
    try client.call("iam:DeletePolicy", ["PolicyArn": arn])
    try client.refused("iam:GetPolicy", ["PolicyArn": arn], "NoSuchEntity", status: 404)
  }

  @Test("there are five versions at most, and their numbers are not used again")
  func versions() throws {
    let client = try TwoAccounts().originating
    try client.call("iam:CreatePolicy", ["PolicyName": "P", "PolicyDocument": .string(Self.document)])
    let arn: AWSValue = "arn:aws:iam::111111111111:policy/P"
    let create: AWSStructure = ["PolicyArn": arn, "PolicyDocument": .string(Self.document)]
    for number in 2...5 {
      let made = try client.call("iam:CreatePolicyVersion", create)
      #expect(made["PolicyVersion/VersionId"]?.string == "v\(number)")
      #expect(made["PolicyVersion/IsDefaultVersion"]?.boolean == false)
    }
    try client.refused("iam:CreatePolicyVersion", create, "LimitExceeded", status: 409)
    try client.refused("iam:DeletePolicyVersion", ["PolicyArn": arn, "VersionId": "v1"], "DeleteConflict")
    try client.call("iam:SetDefaultPolicyVersion", ["PolicyArn": arn, "VersionId": "v5"])
    try client.call("iam:DeletePolicyVersion", ["PolicyArn": arn, "VersionId": "v1"])
    #expect(try client.call("iam:CreatePolicyVersion", create)["PolicyVersion/VersionId"]?.string == "v6")
    let listed = try client.call("iam:ListPolicyVersions", ["PolicyArn": arn])
    #expect(
      listed["Versions"]?.list?.compactMap { $0.structure?["VersionId"]?.string } == ["v6", "v5", "v4", "v3", "v2"])
    try client.refused("iam:DeletePolicy", ["PolicyArn": arn], "DeleteConflict")
    try client.refused("iam:GetPolicyVersion", ["PolicyArn": arn, "VersionId": "v1"], "NoSuchEntity")
  }

  @Test("the version in force is the one that decides")
  func effectiveVersion() throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    let ada = try accounts.user("Ada")
    let arn: AWSValue = "arn:aws:iam::111111111111:policy/P"
    try client.call(
      "iam:CreatePolicy",
      ["PolicyName": "P", "PolicyDocument": .string(TwoAccounts.statement("Allow", "iam:ListUsers"))])
    try ada.refused("iam:ListUsers", [:], "AccessDenied")
    try client.call("iam:AttachUserPolicy", ["UserName": "Ada", "PolicyArn": arn])
    try ada.call("iam:ListUsers")
    try client.call(
      "iam:CreatePolicyVersion",
      [
        "PolicyArn": arn, "PolicyDocument": .string(TwoAccounts.statement("Deny", "iam:*")), "SetAsDefault": true,
      ])
    let error = try ada.refused("iam:ListUsers", [:], "AccessDenied", status: 403)
    #expect(error.message.contains("with an explicit deny in an identity-based policy"))
  }

  @Test("AWS's managed policies are there, with the documents that AWS publishes")
  func managedByAWS() throws {
    let client = try TwoAccounts().originating
    let page = try client.call("iam:ListPolicies", ["Scope": "AWS"])
    let arns = (page["Policies"]?.list ?? []).compactMap { $0.structure?["Arn"]?.string }
    for name in [
      "PowerUserAccess", "ReadOnlyAccess", "AdministratorAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess",
    ] {
      #expect(arns.contains("arn:aws:iam::aws:policy/\(name)"))
    }
    for policy in AWSManagedPolicies.all {
      let version = try #require(policy.effective)
      #expect(!version.policy.compiled.document.statements.isEmpty, "\(policy.identity.name)")
    }
    let reply = try client.call(
      "iam:GetPolicyVersion",
      ["PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess", "VersionId": "v1"])
    #expect(
      reply["PolicyVersion/Document"]?.string == """
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "*",
                    "Resource": "*"
                }
            ]
        }
        """)
    try client.refused(
      "iam:DeletePolicy", ["PolicyArn": "arn:aws:iam::aws:policy/PowerUserAccess"], "AccessDenied", status: 403)
  }

  @Test("sizes are counted without white space")
  func sizes() throws {
    let client = try TwoAccounts().originating
    try client.call("iam:CreateUser", ["UserName": "Ada"])
    func document(_ size: Int, padding: Int = 0) -> AWSValue {
      let frame = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:","Resource":"*"}}"#
      let action = "s3:" + String(repeating: "A", count: size - frame.utf8.count)
      return .string(
        frame.replacing("s3:", with: action) + String(repeating: " ", count: padding))
    }
    func put(_ document: AWSValue) -> AWSStructure {
      ["UserName": "Ada", "PolicyName": "P", "PolicyDocument": document]
    }
    try client.call("iam:PutUserPolicy", put(document(2048, padding: 500)))
    let error = try client.refused("iam:PutUserPolicy", put(document(2049)), "LimitExceeded", status: 409)
    #expect(error.message == "Maximum policy size of 2048 bytes exceeded for user Ada")
    try client.refused(
      "iam:CreatePolicy", ["PolicyName": "Q", "PolicyDocument": document(6145)], "LimitExceeded", status: 409)
    try client.call("iam:CreatePolicy", ["PolicyName": "Q", "PolicyDocument": document(6144)])
  }
}
