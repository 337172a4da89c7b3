import AWSAPI
import FoundationEssentials
import HTTP
import Scenario
import Testing

@Suite("Parameters as they are sent") struct ArgumentsTests {
  private func arguments(
    _ operation: String, _ parameters: String, before: String = "", folder: String = "."
  ) throws -> AWSStructure {
    let step = "  - { as: Destination, call: \"\(operation)\", with: \(parameters) }"
    let loaded = ScenarioFile.parse(scenario(step, before: before), path: "test.yaml")
    #expect(loaded.diagnostics.map(\.message) == [])
    let read = try #require(loaded.scenario)
    guard case .call(let call)? = read.allSteps.first?.action else { throw NotACall() }
    return try call.arguments(in: try Scope(read), folder: ScenarioFolder(path: folder)).parameters
  }

  struct NotACall: Error {}

  @Test("A scalar is what its parameter's shape says")
  func scalars() throws {
    let role = try arguments(
      "iam:CreateRole", "{ RoleName: 012345678901, AssumeRolePolicyDocument: no, MaxSessionDuration: 3600 }")
    #expect(role["RoleName"]?.string == "012345678901")
    #expect(role["AssumeRolePolicyDocument"]?.string == "no")
    #expect(role["MaxSessionDuration"]?.integer == 3600)
    let policy = try arguments(
      "iam:CreatePolicyVersion", "{ PolicyArn: arn, PolicyDocument: '{}', SetAsDefault: true }")
    #expect(policy["SetAsDefault"]?.boolean == true)
    let object = try arguments("s3:GetObject", "{ Bucket: b, Key: k, IfModifiedSince: \"2024-01-31T12:00:00Z\" }")
    #expect(object["IfModifiedSince"]?.timestamp == (try Date("2024-01-31T12:00:00Z", strategy: .iso8601)))
  }

  @Test("A policy becomes compact JSON with its keys in their order, wherever it comes from")
  func policies() throws {
    let compact = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:*"}}"#
    let written = #"{ Version: 2012-10-17, Statement: { Effect: Allow, Action: "sts:*" } }"#
    let inline = try arguments("iam:CreateRole", "{ RoleName: R, AssumeRolePolicyDocument: \(written) }")
    #expect(inline["AssumeRolePolicyDocument"]?.string == compact)
    let named = try arguments(
      "iam:CreateRole", #"{ RoleName: R, AssumeRolePolicyDocument: "${{ policies.P }}" }"#,
      before: "policies: { P: \(written) }")
    #expect(named["AssumeRolePolicyDocument"]?.string == compact)
    let bucket = try arguments("s3:PutBucketPolicy", "{ Bucket: b, Policy: \(written) }")
    #expect(bucket["Policy"]?.string == compact)
    let text = try arguments("s3:PutBucketPolicy", "{ Bucket: b, Policy: '{ not JSON' }")
    #expect(text["Policy"]?.string == "{ not JSON")
  }

  @Test("Lists, structures and maps")
  func structures() throws {
    let user = try arguments(
      "iam:CreateUser", "{ UserName: u, Tags: [{ Key: team, Value: red }, { Key: n, Value: 1 }] }")
    let tags = try #require(user["Tags"]?.list)
    #expect(
      tags.map { "\($0.structure?["Key"]?.string ?? "")=\($0.structure?["Value"]?.string ?? "")" } == [
        "team=red", "n=1",
      ])
    let object = try arguments("s3:PutObject", "{ Bucket: b, Key: k, Metadata: { colour: red, size: 5 } }")
    #expect(object["Metadata"]?.structure?["size"]?.string == "5")
  }

  @Test("Bytes are text, a file, or base64")
  func payload() throws {
    let folder = try TemporaryFolder()
    try folder.write("from a file", to: "body.txt")
    for (body, bytes) in [
      ("text", "text"), ("{ file: body.txt }", "from a file"), ("{ base64: aGk= }", "hi"), ("\"\"", ""), ("42", "42"),
    ] {
      let object = try arguments("s3:PutObject", "{ Bucket: b, Key: k, Body: \(body) }", folder: folder.path)
      #expect(try object["Body"]?.blob?.collected() == Array(bytes.utf8), "\(body)")
    }
  }

  @Test("What AWS would refuse is sent all the same, since a scenario may be about the refusal")
  func violations() throws {
    let role = try arguments("iam:CreateRole", "{ RoleName: \"\", MaxSessionDuration: 1 }")
    #expect(role["RoleName"]?.string == "")
    #expect(role["MaxSessionDuration"]?.integer == 1)
    #expect(role["AssumeRolePolicyDocument"] == nil)
  }

  @Test(
    "What cannot be sent is an error with its place",
    arguments: [
      ("iam:CreateRol", "{}", "unknown operation `iam:CreateRol`"),
      ("iam:GetRole", "{ RolName: x }", "unknown parameter `RolName` of iam:GetRole"),
      ("iam:GetRole", #"{ RoleName: "${{ nothing }}" }"#, "`nothing` has no value here"),
      ("iam:GetRole", "{ RoleName: { a: b } }", "`RoleName` must be text"),
      ("iam:CreateRole", "{ MaxSessionDuration: 1h }", "`MaxSessionDuration` must be a whole number"),
      ("s3:GetObject", "{ Bucket: b }", "s3:GetObject needs `Key`"),
      ("s3:PutObject", "{ Bucket: b, Key: k, Body: { file: no.txt } }", "cannot read `no.txt`: no such file"),
      ("s3:PutObject", "{ Bucket: b, Key: k, Body: { base64: '*' } }", "`Body` is not base64"),
      ("s3:PutObject", "{ Bucket: b, Key: k, Body: [x] }", "`Body` must be text, { file: path } or { base64: … }"),
    ])
  func errors(operation: String, parameters: String, message: String) throws {
    let error = #expect(throws: Diagnostic.self) { try arguments(operation, parameters) }
    #expect(error?.message == message)
    #expect(error?.range?.start.line == 5)
  }
}
