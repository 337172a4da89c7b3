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

  /// A call that the simulator does not take.
  static let refusals: [(name: String, operation: String, parameters: AWSStructure)] = [
    ("an action with a wildcard", "iam:SimulateCustomPolicy", ["ActionNames": ["s3:*"]]),
    ("an action without service", "iam:SimulateCustomPolicy", ["ActionNames": ["GetObject"]]),
    (
      "two boundaries", "iam:SimulateCustomPolicy",
      ["PermissionsBoundaryPolicyInputList": [.string(allowAll), .string(allowAll)]]
    ),
    ("a resource's policy without caller", "iam:SimulateCustomPolicy", ["ResourcePolicy": .string(openBucket)]),
    (
      "a resource's policy for a role without caller", "iam:SimulatePrincipalPolicy",
      ["PolicySourceArn": "arn:aws:iam::999999999999:role/R", "ResourcePolicy": .string(openBucket)]
    ),
    ("an unknown kind of simulation", "iam:SimulateCustomPolicy", ["ResourceHandlingOption": "EC2-Moon"]),
    (
      "a kind of simulation without its resources", "iam:SimulateCustomPolicy",
      ["ResourceHandlingOption": "EC2-VPC-EBS", "ResourceArns": ec2("instance", "image", "security-group", "volume")]
    ),
    (
      "a caller that is a role", "iam:SimulateCustomPolicy",
      ["CallerArn": "arn:aws:iam::999999999999:role/R", "ResourcePolicy": .string(openBucket)]
    ),
    (
      "a caller that is a session", "iam:SimulateCustomPolicy",
      ["CallerArn": "arn:aws:sts::999999999999:assumed-role/R/s"]
    ),
  ]

  private static func ec2(_ types: String...) -> AWSValue {
    .list(types.map { .string("arn:aws:ec2:us-east-1:111111111111:\($0)/x") })
  }

  @Test("an instance is simulated with all that it is made of")
  func handling() throws {
    let reply = try TwoAccounts().originating.call(
      "iam:SimulateCustomPolicy",
      [
        "PolicyInputList": [.string(Self.allowAll)], "ActionNames": ["ec2:RunInstances"],
        "ResourceHandlingOption": "EC2-VPC-InstanceStore",
        "ResourceArns": Self.ec2("instance", "image", "security-group", "network-interface"),
      ])
    #expect(reply["EvaluationResults"]?.list?.count == 4)
  }

  private static let allowAll = TwoAccounts.statement("Allow", "*")
  private static let openBucket =
    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}"#

  @Test("what the simulator does not take (API reference, SimulateCustomPolicy, SimulatePrincipalPolicy)")
  func refused() throws {
    let accounts = try TwoAccounts()
    try accounts.role("R", trusting: "111111111111")
    for test in Self.refusals {
      var parameters: AWSStructure = ["ActionNames": ["s3:GetObject"]]
      if test.operation.hasSuffix("CustomPolicy") { parameters["PolicyInputList"] = [.string(Self.allowAll)] }
      for member in test.parameters.members { parameters[member.name] = member.value }
      let reply = try accounts.destination.send(test.operation, parameters)
      #expect(reply.error?.code == "InvalidInput", "\(test.name)")
    }
  }

  @Test("where policies of nobody are simulated, what they ask of their principal is missing")
  func nobody() throws {
    let accounts = try TwoAccounts()
    let policy =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}}"#
    var parameters: AWSStructure = [
      "PolicyInputList": [.string(policy)], "ActionNames": ["s3:GetObject"],
      "ResourceArns": ["arn:aws:s3:::b/Ada/k"],
    ]
    let missing = try accounts.originating.call("iam:SimulateCustomPolicy", parameters)
    #expect(missing["EvaluationResults/0/EvalDecision"]?.string == "implicitDeny")
    // Of a list of resources, each tells of its own.
    #expect(missing["EvaluationResults/0/MissingContextValues"]?.list?.isEmpty == true)
    let ofResource = "EvaluationResults/0/ResourceSpecificResults/0"
    #expect(missing["\(ofResource)/MissingContextValues"]?.list?.compactMap(\.string) == ["aws:username"])
    parameters["CallerArn"] = "arn:aws:iam::111111111111:user/Ada"
    let given = try accounts.originating.call("iam:SimulateCustomPolicy", parameters)
    #expect(given["EvaluationResults/0/EvalDecision"]?.string == "allowed")
    #expect(given["\(ofResource)/MissingContextValues"]?.list?.isEmpty == true)
  }

  @Test("whether a role may be assumed is the principal's policies' to say, whose trust is not simulated")
  func assuming() throws {
    let accounts = try TwoAccounts()
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "sts:AssumeRole", on: "arn:aws:iam::*:role/R"))
    let reply = try accounts.originating.call(
      "iam:SimulatePrincipalPolicy",
      [
        "PolicySourceArn": "arn:aws:iam::111111111111:user/Ada", "ActionNames": ["sts:AssumeRole", "sts:TagSession"],
        "ResourceArns": ["arn:aws:iam::999999999999:role/R", "arn:aws:iam::111111111111:role/Other"],
        "PermissionsBoundaryPolicyInputList": [.string(Self.allowAll)],
      ])
    let results = (reply["EvaluationResults"]?.list ?? []).compactMap { $0.structure?["EvalDecision"]?.string }
    #expect(results == ["allowed", "implicitDeny", "implicitDeny", "implicitDeny"])
    #expect(reply["EvaluationResults/0/MatchedStatements"]?.list?.count == 2)
    #expect(
      reply["EvaluationResults/0/PermissionsBoundaryDecisionDetail/AllowedByPermissionsBoundary"]?.boolean == true)
  }

  @Test("what boundary and organization say does not depend on the resource's side, nor on each other")
  func sides() throws {
    let scp = TwoAccounts.statement("Deny", "s3:PutObject")
    let accounts = try TwoAccounts(
      organization: .init(
        managementAccount: "222222222222",
        root: .init(
          guardrails: .init(serviceControl: [.fullAccess, .init(name: "NoPut", document: scp)]),
          accounts: [.init(id: TwoAccounts.originating)])))
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "s3:*"))
    let reply = try accounts.originating.call(
      "iam:SimulatePrincipalPolicy",
      [
        "PolicySourceArn": "arn:aws:iam::111111111111:user/Ada", "ActionNames": ["s3:GetObject", "s3:PutObject"],
        "ResourceArns": ["arn:aws:s3:::b/k"], "ResourceOwner": "999999999999",
        "PermissionsBoundaryPolicyInputList": [.string(Self.allowAll)],
        "ResourcePolicy": .string(Self.openBucket.replacing("Allow", with: "Deny")),
      ])
    #expect(reply["EvaluationResults/0/EvalDecision"]?.string == "explicitDeny")
    for (index, isAllowed) in [true, false].enumerated() {
      let result = "EvaluationResults/\(index)"
      #expect(reply["\(result)/PermissionsBoundaryDecisionDetail/AllowedByPermissionsBoundary"]?.boolean == true)
      #expect(reply["\(result)/OrganizationsDecisionDetail/AllowedByOrganizations"]?.boolean == isAllowed)
      // "If an Organizations SCP included in the evaluation denies access, … this parameter is not returned."
      #expect((reply["\(result)/EvalDecisionDetails"] != nil) == isAllowed)
    }
    let specific = "EvaluationResults/0/ResourceSpecificResults/0/EvalDecisionDetails"
    #expect(reply["\(specific)/IAM Policy"]?.string == "allowed")
    #expect(reply["\(specific)/Resource Policy"]?.string == "explicitDeny")
  }

  @Test("ResourceOwner owns only what does not name its owner")
  func owners() throws {
    let accounts = try TwoAccounts()
    _ = try accounts.user("Ada", TwoAccounts.statement("Allow", "sqs:*"))
    let queue =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"}}"#
    let reply = try accounts.originating.call(
      "iam:SimulatePrincipalPolicy",
      [
        "PolicySourceArn": "arn:aws:iam::111111111111:user/Ada", "ActionNames": ["sqs:SendMessage"],
        "ResourceArns": ["arn:aws:sqs:us-east-1:111111111111:q"], "ResourceOwner": "999999999999",
        "ResourcePolicy": .string(queue),
      ])
    #expect(reply["EvaluationResults/0/EvalDecision"]?.string == "allowed")
    // Within one account there are no sides to tell of.
    #expect(reply["EvaluationResults/0/EvalDecisionDetails"]?.structure?.isEmpty == true)
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
