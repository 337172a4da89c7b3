import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import SigV4
import Testing

@Suite("STS: AssumeRole")
struct AssumeRoleTests {
  static let allowAll = TwoAccounts.statement("Allow", "*")

  static func parameters(_ arn: String, _ more: AWSStructure = [:]) -> AWSStructure {
    var parameters: AWSStructure = ["RoleArn": .string(arn), "RoleSessionName": "session"]
    for member in more.members { parameters[member.name] = member.value }
    return parameters
  }

  @Test("a session acts as the role's account, with its own name in ARN and id")
  func session() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    let arn = try accounts.role("R", trusting: "arn:aws:iam::111111111111:root")
    let reply = try ada.call("sts:AssumeRole", Self.parameters(arn))
    let identity = try ada.becoming(reply).call("sts:GetCallerIdentity")
    #expect(identity["Arn"]?.string == "arn:aws:sts::999999999999:assumed-role/R/session")
    #expect(identity["Account"]?.string == "999999999999")
    #expect(identity["UserId"]?.string == reply["AssumedRoleUser/AssumedRoleId"]?.string)
    #expect(reply["Credentials/AccessKeyId"]?.string?.hasPrefix("ASIA") == true)
    #expect(reply["Credentials/Expiration"]?.timestamp == accounts.emulator.clock.now.addingTimeInterval(3600))
    let role = try accounts.destination.call("iam:GetRole", ["RoleName": "R"])
    #expect(role["Role/RoleLastUsed/Region"]?.string == "us-east-1")
  }

  /// A role, what is asked of it, and what is answered.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var parameters: AWSStructure
    var code: String
    var message: String
    var testDescription: String { name }
  }

  static let refusals = [
    Refusal(
      name: "longer than the role's maximum", parameters: ["DurationSeconds": 7200], code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
    Refusal(
      name: "a name with a colon", parameters: ["RoleSessionName": "Session1:2"], code: "ValidationError",
      message: "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: "
        + "Member must satisfy regular expression pattern: [\\w+=,.@-]*"),
    Refusal(
      name: "no ARN", parameters: ["RoleArn": "nothing-valid-in-here"], code: "ValidationError",
      message: "nothing-valid-in-here is invalid"),
    Refusal(
      name: "an ARN of nothing", parameters: ["RoleArn": "arn:a:a::aaaaaaaaaa:"], code: "ValidationError",
      message: "arn:a:a::aaaaaaaaaa: is invalid"),
    Refusal(
      name: "a tag twice", parameters: ["Tags": [["Key": "a", "Value": "1"], ["Key": "A", "Value": "2"]]],
      code: "InvalidParameterValue",
      message: "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    Refusal(
      name: "a transitive tag that is not given", parameters: ["TransitiveTagKeys": ["a"]],
      code: "InvalidParameterValue",
      message: "The specified transitive tag key must be included in the requested tags."),
    Refusal(
      name: "a tag of AWS's own", parameters: ["Tags": [["Key": "AWS:team", "Value": "1"]]],
      code: "InvalidParameterValue",
      message: "System tags (aws: prefix) cannot be added or changed by the caller."),
    Refusal(
      name: "a tag with a value of AWS's own", parameters: ["Tags": [["Key": "team", "Value": "aws:1"]]],
      code: "InvalidParameterValue",
      message: "System tags (aws: prefix) cannot be added or changed by the caller."),
    Refusal(
      name: "a code without a device", parameters: ["TokenCode": "123456"], code: "AccessDenied",
      message: "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. "),
    Refusal(
      name: "too much for the packed size",
      parameters: [
        "Tags": .list(
          (0..<16).map { ["Key": .string("k\($0)"), "Value": .string(String(repeating: "v", count: 256))] })
      ], code: "PackedPolicyTooLarge", message: "Packed size of session tags consumes 116% of allotted space."),
    Refusal(
      name: "a policy that is none", parameters: ["Policy": "{}"], code: "MalformedPolicyDocument",
      message: "Syntax errors in policy."),
    Refusal(
      name: "a role that is not there", parameters: ["RoleArn": "arn:aws:iam::999999999999:role/None"],
      code: "AccessDenied",
      message: "User: arn:aws:iam::111111111111:user/Ada is not authorized to perform: sts:AssumeRole on resource: "
        + "arn:aws:iam::999999999999:role/None"),
  ]

  @Test("is refused in AWS's words", arguments: refusals)
  func refused(_ test: Refusal) throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    let arn = try accounts.role("R", trusting: "111111111111")
    let error = try ada.refused("sts:AssumeRole", Self.parameters(arn, test.parameters), test.code)
    #expect(error.message == test.message)
  }

  @Test("a chained session lasts an hour at most, whatever the role allows")
  func chaining() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    let first = try accounts.role("First", trusting: "111111111111", Self.allowAll)
    let second = try accounts.role("Second", trusting: "999999999999")
    try accounts.destination.call("iam:UpdateRole", ["RoleName": "Second", "MaxSessionDuration": 43200])
    let chained = try ada.becoming(try ada.call("sts:AssumeRole", Self.parameters(first)))
    try chained.call("sts:AssumeRole", Self.parameters(second, ["DurationSeconds": 3600]))
    let error = try chained.refused(
      "sts:AssumeRole", Self.parameters(second, ["DurationSeconds": 7200]), "ValidationError", status: 400)
    #expect(
      error.message
        == "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
  }

  @Test("the root user cannot")
  func root() throws {
    let accounts = try TwoAccounts()
    let arn = try accounts.role("R", trusting: "111111111111")
    let root = TestClient(
      emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
    let error = try root.refused("sts:AssumeRole", Self.parameters(arn), "AccessDenied", status: 403)
    #expect(error.message == "Roles may not be assumed by root accounts.")
    #expect(try root.call("sts:GetCallerIdentity")["Arn"]?.string == "arn:aws:iam::111111111111:root")
    #expect(try root.call("iam:GetUser")["User/Arn"]?.string == "arn:aws:iam::111111111111:root")
  }

  @Test("both sides must allow across accounts, and the external id must be the agreed one")
  func externalID() throws {
    let accounts = try TwoAccounts()
    let (ada, bob) = (try accounts.user("Ada", Self.allowAll), try accounts.user("Bob"))
    try accounts.destination.call(
      "iam:CreateRole",
      [
        "RoleName": "R",
        "AssumeRolePolicyDocument": .string(
          TwoAccounts.trust("111111111111", condition: #"{"StringEquals":{"sts:ExternalId":"agreed"}}"#)),
      ])
    let arn = "arn:aws:iam::999999999999:role/R"
    try ada.refused("sts:AssumeRole", Self.parameters(arn), "AccessDenied", status: 403)
    try ada.refused("sts:AssumeRole", Self.parameters(arn, ["ExternalId": "other"]), "AccessDenied")
    try ada.call("sts:AssumeRole", Self.parameters(arn, ["ExternalId": "agreed"]))
    try bob.refused("sts:AssumeRole", Self.parameters(arn, ["ExternalId": "agreed"]), "AccessDenied")
  }

  @Test("a session policy limits what the role may do")
  func sessionPolicy() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    let arn = try accounts.role("R", trusting: "111111111111", Self.allowAll)
    let reply = try ada.call(
      "sts:AssumeRole",
      Self.parameters(
        arn,
        [
          "Policy": .string(TwoAccounts.statement("Allow", "iam:ListUsers")),
          "PolicyArns": [["arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]],
        ]))
    #expect((1...100).contains(reply["PackedPolicySize"]?.integer ?? 0))
    let session = try ada.becoming(reply)
    try session.call("iam:ListUsers")
    try session.call("s3:ListBuckets")
    let error = try session.refused("iam:ListRoles", [:], "AccessDenied", status: 403)
    #expect(error.message.hasSuffix("because no session policy allows the iam:ListRoles action"))
  }

  @Test("transitive tags and the source identity go on along the chain, and cannot be changed")
  func transitive() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    let byTag = #"{"StringEquals":{"aws:PrincipalTag/team":"red","aws:SourceIdentity":"ada"}}"#
    let policy =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:*","Resource":"*"},"#
      + #"{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*","Condition":\#(byTag)}]}"#
    let first = try accounts.role("First", trusting: "111111111111", policy)
    let second = try accounts.role("Second", trusting: "999999999999", policy)
    let reply = try ada.call(
      "sts:AssumeRole",
      Self.parameters(
        first,
        [
          "Tags": [["Key": "team", "Value": "red"], ["Key": "local", "Value": "1"]], "TransitiveTagKeys": ["team"],
          "SourceIdentity": "ada",
        ]))
    #expect(reply["SourceIdentity"]?.string == "ada")
    let one = try ada.becoming(reply)
    try one.call("iam:ListUsers")
    let two = try ada.becoming(try one.call("sts:AssumeRole", Self.parameters(second)))
    try two.call("iam:ListUsers")
    let error = try one.refused(
      "sts:AssumeRole", Self.parameters(second, ["Tags": [["Key": "Team", "Value": "blue"]]]),
      "InvalidParameterValue", status: 400)
    #expect(error.message.hasPrefix("One of the specified transitive tag keys can't be set because it conflicts"))
    let plain = try ada.becoming(try ada.call("sts:AssumeRole", Self.parameters(first)))
    try plain.refused("iam:ListUsers", [:], "AccessDenied")
  }

  @Test("tags need their own permission in the trust policy")
  func tagSession() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    try accounts.destination.call(
      "iam:CreateRole",
      [
        "RoleName": "R",
        "AssumeRolePolicyDocument": .string(
          TwoAccounts.trust("111111111111").replacing(#","sts:TagSession","sts:SetSourceIdentity""#, with: "")),
      ])
    let arn = "arn:aws:iam::999999999999:role/R"
    try ada.call("sts:AssumeRole", Self.parameters(arn))
    let error = try ada.refused(
      "sts:AssumeRole", Self.parameters(arn, ["Tags": [["Key": "a", "Value": "b"]]]), "AccessDenied")
    #expect(error.message.contains("is not authorized to perform: sts:TagSession on resource: \(arn)"))
  }

  @Test("transitive tags need the permission at every role of a chain, and its trust sees them as the request's")
  func chainedTagSession() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.allowAll)
    let first = try accounts.role("First", trusting: "111111111111", Self.allowAll)
    let plainTrust = TwoAccounts.trust("999999999999").replacing(
      #","sts:TagSession","sts:SetSourceIdentity""#, with: "")
    let redOnly = TwoAccounts.trust(
      "999999999999", condition: #"{"StringEquals":{"aws:RequestTag/team":"red"}}"#)
    for (name, trust) in [("Plain", plainTrust), ("RedOnly", redOnly)] {
      try accounts.destination.call(
        "iam:CreateRole", ["RoleName": .string(name), "AssumeRolePolicyDocument": .string(trust)])
    }
    func session(_ team: String, transitive: Bool) throws -> TestClient {
      try ada.becoming(
        try ada.call(
          "sts:AssumeRole",
          Self.parameters(
            first,
            [
              "Tags": [["Key": "team", "Value": .string(team)]],
              "TransitiveTagKeys": transitive ? ["team"] : [],
            ])))
    }
    let plain = "arn:aws:iam::999999999999:role/Plain"
    let red = "arn:aws:iam::999999999999:role/RedOnly"
    try session("red", transitive: false).call("sts:AssumeRole", Self.parameters(plain))
    let error = try session("red", transitive: true).refused("sts:AssumeRole", Self.parameters(plain), "AccessDenied")
    #expect(error.message.contains("is not authorized to perform: sts:TagSession on resource: \(plain)"))
    try session("red", transitive: true).call("sts:AssumeRole", Self.parameters(red))
    try session("blue", transitive: true).refused("sts:AssumeRole", Self.parameters(red), "AccessDenied")
    try session("red", transitive: false).refused("sts:AssumeRole", Self.parameters(red), "AccessDenied")
  }
}
