import AWSAPI
import AWSClient
import FoundationEssentials
import HTTP
import IAMPolicy
import Runner
import Scenario
import SigV4
import Testing

@Suite("Running steps") struct RunTests {
  static let head = """
    scenario: Test
    accounts: { A: "111111111111" }
    chapters:
      - title: One
        steps:

    """

  static func scenario(_ steps: String) throws -> Scenario {
    let loaded = ScenarioFile.parse(head + steps, path: "test.yaml")
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error { Issue.record("\(diagnostic.message)") }
    return try #require(loaded.scenario)
  }

  static func run(_ steps: String, on target: (any Target)? = nil) throws -> ScenarioResult {
    let scenario = try scenario(steps)
    let runner = ScenarioRunner(
      target: { scenario throws(Diagnostic) in
        if let target { return target }
        return try EmulatorTarget(for: scenario)
      }, record: { _ in })
    return try #require(runner.run([scenario]).scenarios.first)
  }

  @Test("a step that could not be carried out keeps its dependents from running, with its name, and teardown is done")
  func dependents() throws {
    let result = try Self.run(
      """
              - { name: A user, as: A, call: iam:CreateUser, with: { UserName: David } }
              - { name: A key of nobody, as: A, call: iam:CreateAccessKey, with: { UserName: Nobody }, become: Nobody }
              - { name: Nobody acts, as: Nobody, call: sts:GetCallerIdentity }
              - { name: Somebody else, as: A, call: sts:GetCallerIdentity }
      """)
    #expect(result.hasError)
    #expect(!result.hasFailure)
    guard case .error = result.steps[1].verdict, case .notRun(let cause) = result.steps[2].verdict else {
      Issue.record("the verdicts are others")
      return
    }
    #expect(cause == "A key of nobody")
    #expect(result.steps[3].verdict.isPassed)
    #expect(result.teardown.map(\.title) == ["iam:DeleteUser David"])
    #expect(result.teardown.allSatisfy { $0.problem == nil })
  }

  @Test(
    "a step is not run where what it needs was never saved, however it is reached",
    arguments: [
      ("a parameter", "as: A, call: iam:GetUser, with: { UserName: '${{ name }}' }"),
      ("a policy", "as: A, call: iam:CreatePolicy, with: { PolicyName: P, PolicyDocument: '${{ policies.Own }}' }"),
      (
        "a policy within a policy",
        "as: A, call: iam:CreatePolicy, with: { PolicyName: P, PolicyDocument: '${{ policies.Around }}' }"
      ),
      ("the session policy of a role chain", "as: Chain, call: sts:GetCallerIdentity"),
      ("the expectation", "as: A, call: sts:GetCallerIdentity, expect: { xpath: { //Arn: { not: '${{ name }}' } } }"),
      ("an expected document", "as: A, call: sts:GetCallerIdentity, expect: { body: { json: { a: '${{ name }}' } } }"),
      ("a saved expression", "as: A, call: sts:GetCallerIdentity, save: { other: \"//*[. = '${{ name }}']\" }"),
      ("a check", "check: { '${{ name }}': David }"), ("a check without braces", "check: { name: David }"),
    ])
  func neededVariables(way: String, step: String) throws {
    let head = """
      scenario: Test
      accounts: { A: "111111111111" }
      policies:
        Own: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*", Sid: "${{ name }}" }] }
        Around: { Version: "2012-10-17", Statement: "${{ policies.Own }}" }
      principals:
        Chain: { assume: "arn:aws:iam::111111111111:role/R", from: A, policy: "${{ policies.Own }}" }
      steps:
        - { name: Gives it, as: A, call: iam:GetUser, with: { UserName: Nobody }, save: { name: //UserName } }

      """
    let scenario = try #require(ScenarioFile.parse(head + "  - { \(step) }\n", path: "test.yaml").scenario)
    let result = try #require(ScenarioRunner { _ in }.run([scenario]).scenarios.first)
    guard case .notRun(let cause) = try #require(result.steps.last).verdict else {
      Issue.record("\(way): \(String(describing: result.steps.last?.verdict))")
      return
    }
    #expect(cause == "Gives it")
  }

  @Test(
    "an answer that is hostile or broken is an error of its step",
    arguments: [
      ("not XML", "{\"a\": 1}"), ("truncated", "<GetCallerIdentityResponse><Get"),
      ("a document type", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>"),
    ])
  func hostileAnswers(name: String, body: String) throws {
    let result = try Self.run(
      "          - { name: Who, as: A, call: sts:GetCallerIdentity, expect: allowed }\n", on: FixedTarget(body: body))
    guard case .error = try #require(result.steps.first).verdict else {
      Issue.record("the answer was taken")
      return
    }
    #expect(result.hasError)
  }

  @Test("credentials that are not known yet are never a refusal")
  func notReady() throws {
    let body = """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
      <Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error>\
      <RequestId>1</RequestId></ErrorResponse>
      """
    let result = try Self.run(
      "          - { name: Who, as: A, call: sts:GetCallerIdentity, expect: { denied: any } }\n",
      on: FixedTarget(body: body, status: 403))
    guard case .notReady = try #require(result.steps.first).verdict else {
      Issue.record("it counted as a refusal")
      return
    }
    #expect(result.hasError)
  }

  @Test("who was declared and given no credentials is told where they come from")
  func withoutCredentials() throws {
    let head = """
      scenario: Test
      accounts: { A: "111111111111" }
      principals: { Admin: { account: A } }
      steps:
        - { as: Admin, call: sts:GetCallerIdentity }
      """
    let scenario = try #require(ScenarioFile.parse(head, path: "test.yaml").scenario)
    let result = try #require(
      ScenarioRunner(target: { _ throws(Diagnostic) in try EmulatorTarget(for: scenario) }, record: { _ in })
        .run([scenario]).scenarios.first)
    guard case .error(let problem) = try #require(result.steps.first).verdict else {
      Issue.record("the verdict is another")
      return
    }
    #expect(problem.message == "'Admin' has no credentials yet")
    #expect(problem.notes.map(\.message).contains { $0.contains("become: Admin") })
    #expect(problem.notes.map(\.message).contains { $0.contains("as: A") })
  }

  @Test("a bucket with several versions is emptied before it is taken back")
  func buckets() throws {
    let result = try Self.run(
      """
              - { as: A, call: s3:CreateBucket, with: { Bucket: one } }
              - { as: A, call: s3:PutObject, with: { Bucket: one, Key: a/b c, Body: x } }
              - { as: A, call: s3:PutObject, with: { Bucket: one, Key: a/b c, Body: y } }
      """)
    #expect(result.steps.allSatisfy { $0.verdict.isPassed })
    #expect(result.teardown.allSatisfy { $0.problem == nil })
  }
}

/// Answers every request with the same bytes.
struct FixedTarget: Target, Transport {
  var body: String
  var status = 200
  let name = "fixed"

  var client: AWSClient {
    AWSClient(
      transport: self, endpoints: .aws, region: "us-east-1", retries: .never,
      now: { Date(timeIntervalSince1970: 1_700_000_000) }, wait: { _ in })
  }

  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Content-Type": "text/xml"], body: .bytes(Array(body.utf8)))
  }
  func administrator(of accountID: String) -> Credentials? {
    Credentials(accessKeyID: "AKIA", secretAccessKey: Secret("secret"))
  }
  func rootUser(of accountID: String) -> Credentials? { nil }
  func advance(by duration: Duration) -> Bool { false }
  func wait(_ duration: Duration) {}
}
