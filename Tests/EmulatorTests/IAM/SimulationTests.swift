import AWSAPI
import Emulator
import HTTP
import Testing

@Suite("IAM: simulation")
struct SimulationTests {
  private static let dated =
    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":"#
    + #"{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}"#

  @Test("a custom policy is held against an action, and the deciding statement is pointed at")
  func custom() throws {
    let client = try TwoAccounts().originating
    let parameters: AWSStructure = [
      "PolicyInputList": [.string(Self.dated)], "ActionNames": ["dynamodb:CreateBackup"],
    ]
    let missing = try client.call("iam:SimulateCustomPolicy", parameters)
    #expect(missing["EvaluationResults/0/EvalDecision"]?.string == "implicitDeny")
    #expect(
      missing["EvaluationResults/0/MissingContextValues"]?.list?.compactMap(\.string) == ["aws:CurrentTime"])
    var given = parameters
    given["ContextEntries"] = [
      [
        "ContextKeyName": "aws:CurrentTime", "ContextKeyValues": ["2019-04-25T11:00:00Z"], "ContextKeyType": "date",
      ]
    ]
    let allowed = try client.call("iam:SimulateCustomPolicy", given)
    #expect(allowed["EvaluationResults/0/EvalDecision"]?.string == "allowed")
    let statement = "EvaluationResults/0/MatchedStatements/0"
    #expect(allowed["\(statement)/SourcePolicyId"]?.string == "PolicyInputList.1")
    #expect(allowed["\(statement)/StartPosition/Line"]?.integer == 1)
    #expect(allowed["\(statement)/StartPosition/Column"]?.integer == 38)
    #expect(allowed["\(statement)/SourcePolicyType"]?.string == "IAM Policy")
    #expect(allowed["\(statement)/EndPosition/Line"]?.integer == 1)
    #expect(allowed["\(statement)/EndPosition/Column"]?.integer == 167)
    #expect(allowed["EvaluationResults/0/MissingContextValues"]?.list?.isEmpty == true)
    #expect(allowed["EvaluationResults/0/EvalDecisionDetails"] == nil)
  }

  @Test("a principal's own policies, its groups' and its boundary decide")
  func principal() throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "s3:*"))
    try client.call("iam:CreateGroup", ["GroupName": "G"])
    try client.call("iam:AddUserToGroup", ["GroupName": "G", "UserName": "Ada"])
    try client.call(
      "iam:PutGroupPolicy",
      [
        "GroupName": "G", "PolicyName": "no",
        "PolicyDocument": .string(TwoAccounts.statement("Deny", "s3:DeleteBucket")),
      ])
    try client.call(
      "iam:PutUserPermissionsBoundary",
      ["UserName": "Ada", "PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"])
    let reply = try client.call(
      "iam:SimulatePrincipalPolicy",
      [
        "PolicySourceArn": "arn:aws:iam::111111111111:user/Ada",
        "ActionNames": ["s3:GetObject", "s3:PutObject", "s3:DeleteBucket", "iam:ListUsers"],
        "ResourceArns": ["arn:aws:s3:::bucket/key"],
      ])
    let results = (reply["EvaluationResults"]?.list ?? []).compactMap(\.structure)
    #expect(
      results.compactMap { $0["EvalDecision"]?.string } == [
        "allowed", "implicitDeny", "explicitDeny", "implicitDeny",
      ])
    #expect(
      reply["EvaluationResults/2/MatchedStatements/0/SourcePolicyId"]?.string == "group_G_no")
    #expect(
      results.compactMap {
        $0["PermissionsBoundaryDecisionDetail"]?.structure?["AllowedByPermissionsBoundary"]?.boolean
      }
        == [true, false, false, false])
    #expect(reply["EvaluationResults/0/EvalDecisionDetails"]?.structure?.isEmpty == true)
    #expect(
      reply["EvaluationResults/0/ResourceSpecificResults/0/EvalResourceName"]?.string == "arn:aws:s3:::bucket/key")
  }

  @Test("a resource of another account needs both sides, and each is told")
  func crossAccount() throws {
    let accounts = try TwoAccounts()
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "s3:*"))
    func simulate(_ effect: String) throws -> TestClient.Reply {
      try accounts.originating.call(
        "iam:SimulatePrincipalPolicy",
        [
          "PolicySourceArn": "arn:aws:iam::111111111111:user/Ada", "ActionNames": ["s3:GetObject"],
          "ResourceArns": ["arn:aws:s3:::bucket/key"], "ResourceOwner": "arn:aws:iam::999999999999:root",
          "ResourcePolicy": .string(
            #"{"Version":"2012-10-17","Statement":{"Effect":"\#(effect)","Principal":{"AWS":"111111111111"},"#
              + #""Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}}"#),
        ])
    }
    let allowed = try simulate("Allow")
    #expect(allowed["EvaluationResults/0/EvalDecision"]?.string == "allowed")
    #expect(allowed["EvaluationResults/0/EvalDecisionDetails/IAM Policy"]?.string == "allowed")
    #expect(allowed["EvaluationResults/0/EvalDecisionDetails/Resource Policy"]?.string == "allowed")
    let denied = try simulate("Deny")
    #expect(denied["EvaluationResults/0/EvalDecision"]?.string == "explicitDeny")
    #expect(denied["EvaluationResults/0/EvalDecisionDetails/Resource Policy"]?.string == "explicitDeny")
  }

  @Test("context keys are those of conditions and variables, each once")
  func contextKeys() throws {
    let client = try TwoAccounts().originating
    let policy =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}/${*}","#
      + #""Condition":{"StringEquals":{"aws:PrincipalTag/team":"${aws:RequestTag/team, 'none'}","AWS:username":"x"}}}]}"#
    let reply = try client.call("iam:GetContextKeysForCustomPolicy", ["PolicyInputList": [.string(policy)]])
    #expect(
      reply["ContextKeyNames"]?.list?.compactMap(\.string) == [
        "aws:username", "aws:PrincipalTag/team", "aws:RequestTag/team",
      ])
  }

  @Test("results come page by page")
  func paging() throws {
    let client = try TwoAccounts().originating
    var parameters: AWSStructure = [
      "PolicyInputList": [.string(TwoAccounts.statement("Allow", "s3:*"))],
      "ActionNames": ["s3:GetObject", "s3:PutObject", "iam:ListUsers"], "MaxItems": 2,
    ]
    let first = try client.call("iam:SimulateCustomPolicy", parameters)
    #expect(first["EvaluationResults"]?.list?.count == 2 && first["IsTruncated"]?.boolean == true)
    parameters["Marker"] = first["Marker"]
    let second = try client.call("iam:SimulateCustomPolicy", parameters)
    #expect(second["EvaluationResults/0/EvalActionName"]?.string == "iam:ListUsers")
    #expect(second["IsTruncated"]?.boolean == false)
  }

  @Test("policies that grant access to a service are named")
  func granting() throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "s3:*"))
    try client.call(
      "iam:AttachUserPolicy", ["UserName": "Ada", "PolicyArn": "arn:aws:iam::aws:policy/PowerUserAccess"])
    let reply = try client.call(
      "iam:ListPoliciesGrantingServiceAccess",
      ["Arn": "arn:aws:iam::111111111111:user/Ada", "ServiceNamespaces": ["s3", "iam", "ec2"]])
    let names = (reply["PoliciesGrantingServiceAccess"]?.list ?? []).map { entry in
      (entry.structure?["Policies"]?.list ?? []).compactMap { $0.structure?["PolicyName"]?.string }
    }
    #expect(names == [["inline", "PowerUserAccess"], ["PowerUserAccess"], ["PowerUserAccess"]])
  }
}
