import AWSAPI
import Emulator
import HTTP
import Testing

/// Policies are held against their type where they are written; what is refused, and in which words, is the table of
/// IAMPolicy's own tests.
@Suite("IAM: policies that are refused")
struct MalformedPolicyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var operation: String
    var parameters: [(String, String)]
    /// The parameter that takes the policy.
    var policy: String
    var document: String
    var message: String
    var testDescription: String { "\(operation): \(message)" }
  }

  private static let action = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*"}}"#
  private static let principal =
    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}"#

  static let cases = [
    Case(
      operation: "iam:PutUserPolicy", parameters: [("UserName", "Ada"), ("PolicyName", "p")], policy: "PolicyDocument",
      document: action, message: "Policy statement must contain resources."),
    Case(
      operation: "iam:PutGroupPolicy", parameters: [("GroupName", "G"), ("PolicyName", "p")], policy: "PolicyDocument",
      document: principal, message: "Policy document should not specify a principal."),
    Case(
      operation: "iam:PutRolePolicy", parameters: [("RoleName", "R"), ("PolicyName", "p")], policy: "PolicyDocument",
      document: "policy.json", message: "Syntax errors in policy."),
    Case(
      operation: "iam:CreatePolicy", parameters: [("PolicyName", "P")], policy: "PolicyDocument",
      document: #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#,
      message: "Policy document must be version 2012-10-17 or greater."),
    Case(
      operation: "iam:CreatePolicyVersion", parameters: [("PolicyArn", "arn:aws:iam::111111111111:policy/M")],
      policy: "PolicyDocument", document: principal, message: "Policy document should not specify a principal."),
    Case(
      operation: "iam:CreateRole", parameters: [("RoleName", "New")], policy: "AssumeRolePolicyDocument",
      document: "trust.json", message: "This policy contains invalid Json"),
    Case(
      operation: "iam:CreateRole", parameters: [("RoleName", "New")], policy: "AssumeRolePolicyDocument",
      document: TwoAccounts.trust("111111111111").replacing("}]}", with: #","Resource":"*"}]}"#),
      message: "Has prohibited field Resource"),
    Case(
      operation: "iam:UpdateAssumeRolePolicy", parameters: [("RoleName", "R")], policy: "PolicyDocument",
      document: TwoAccounts.trust("arn:aws:iam::111111111111:user/Nobody"),
      message: "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:user/Nobody\""),
    Case(
      operation: "iam:UpdateAssumeRolePolicy", parameters: [("RoleName", "R")], policy: "PolicyDocument",
      document: TwoAccounts.trust("111111111111").replacing("sts:TagSession", with: "sts:TagSessions"),
      message: "AssumeRole policy may only specify STS AssumeRole actions."),
    Case(
      operation: "sts:AssumeRole",
      parameters: [("RoleArn", "arn:aws:iam::111111111111:role/R"), ("RoleSessionName", "ada")], policy: "Policy",
      document: principal, message: "Policy document should not specify a principal."),
    Case(
      operation: "sts:GetFederationToken", parameters: [("Name", "Fay")], policy: "Policy", document: "{",
      message: "This policy contains invalid Json"),
  ]

  @Test("the refusal is MalformedPolicyDocument with AWS's words, and nothing is changed", arguments: cases)
  func refused(_ test: Case) throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    try client.call("iam:CreateUser", ["UserName": "Ada"])
    try client.call("iam:CreateGroup", ["GroupName": "G"])
    try client.call(
      "iam:CreateRole", ["RoleName": "R", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111"))])
    try client.call(
      "iam:CreatePolicy",
      ["PolicyName": "M", "PolicyDocument": .string(TwoAccounts.statement("Allow", "s3:ListBucket"))])
    let before = "\(try client.call("iam:GetAccountAuthorizationDetails").answer)"
    var call: AWSStructure = [test.policy: .string(test.document)]
    for (name, value) in test.parameters { call[name] = .string(value) }
    let error = try client.refused(test.operation, call, "MalformedPolicyDocument", status: 400)
    #expect(error.message == test.message)
    let after = "\(try client.call("iam:GetAccountAuthorizationDetails").answer)"
    #expect(after == before)
  }

  @Test("too large a policy exceeds a quota, which names what it is of")
  func tooLarge() throws {
    let client = try TwoAccounts().originating
    func policy(_ size: Int) -> AWSValue {
      .string(TwoAccounts.statement("Allow", "s3:*", on: "arn:aws:s3:::" + String(repeating: "b", count: size)))
    }
    try client.call("iam:CreateGroup", ["GroupName": "G"])
    let inline = try client.refused(
      "iam:PutGroupPolicy", ["GroupName": "G", "PolicyName": "p", "PolicyDocument": policy(5200)], "LimitExceeded",
      status: 409)
    #expect(inline.message == "Maximum policy size of 5120 bytes exceeded for group G")
    let managed = try client.refused(
      "iam:CreatePolicy", ["PolicyName": "P", "PolicyDocument": policy(6200)], "LimitExceeded", status: 409)
    #expect(managed.message == "Cannot exceed quota for PolicySize: 6144")
    let condition = #"{"StringEquals":{"sts:ExternalId":"\#(String(repeating: "x", count: 2048))"}}"#
    let trust = try client.refused(
      "iam:CreateRole",
      [
        "RoleName": "R", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111", condition: condition)),
      ], "LimitExceeded", status: 409)
    #expect(trust.message == "Cannot exceed quota for ACLSizePerRole: 2048")
  }
}
