import AWSAPI
import Runner
import Scenario
import Testing
import XML

/// `cli:` steps with the real AWS CLI on the embedded emulator.
@Suite("Steps that run the AWS CLI") struct CommandStepTests {
  static let setUp = """
            - { as: A, call: s3:CreateBucket, with: { Bucket: box } }
            - { as: A, call: s3:PutObject, with: { Bucket: box, Key: a.txt, Body: "one\\ntwo\\n" } }
            - { as: A, call: iam:CreateUser, with: { UserName: Eve } }
            - { as: A, call: iam:CreateAccessKey, with: { UserName: Eve }, become: Eve }

    """

  static func run(_ steps: String, redactor: Redactor = Redactor()) throws -> [StepResult] {
    let scenario = try RunTests.scenario(setUp + steps)
    let errors = scenario.check().filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(errors.map(\.message))")
    var options = RunOptions()
    options.commands = try CommandLab.host()
    let result = ScenarioRunner(redactor: redactor, options: options, record: { _ in }).run([scenario])
    return Array(try #require(result.scenarios.first).steps.dropFirst(4))
  }

  /// What came of a step, in a line.
  static func outcome(_ result: StepResult) -> String {
    switch result.verdict {
    case .passed: "passed"
    case .failed(let mismatches): mismatches.map(\.summary).joined(separator: "; ")
    case .error(let problem): "error: \(problem.message)"
    case .notReady(let message): "not ready: \(message)"
    case .notRun(let cause): "not run: \(cause)"
    }
  }

  @Test(
    "hold output, errors and exit status against what is expected",
    arguments: [
      ("- { as: A, cli: aws s3 ls s3://box }", "passed"),
      (
        "- { as: A, cli: aws s3 cp s3://box/a.txt -, expect: { exit: 0, body: \"one\\ntwo\\n\", stderr: \"\" } }",
        "passed"
      ),
      ("- { as: A, cli: aws s3 cp s3://box/a.txt -, expect: { body: one } }", "the output is not what was expected"),
      (
        "- { as: A, cli: aws s3 ls s3://box, expect: { exit: 3, body: { matches: \"^[0-9-]+ [0-9:]+ +8 a.txt\" } } }",
        "expected exit status 3, was 0"
      ),
      ("- { as: A, cli: aws s3 ls s3://no-such-box, expect: { error: NoSuchBucket, exit: 255 } }", "passed"),
      (
        "- { as: A, cli: aws s3 ls s3://no-such-box, expect: allowed }", "expected allowed, was answered NoSuchBucket"
      ),
      (
        "- { as: A, cli: aws s3 ls s3://no-such-box }",
        "error: NoSuchBucket: The specified bucket does not exist"
      ),
      ("- { as: Eve, cli: aws s3 ls s3://box, expect: { denied: implicit, by: identity-policy } }", "passed"),
      (
        "- { as: Eve, cli: aws s3 ls s3://box, expect: { denied: explicit } }",
        "expected an explicit deny, no statement allowed it"
      ),
      (
        "- { as: Eve, cli: aws s3 ls s3://box, expect: { denied: any, by: resource-policy } }",
        "expected denied by resource-policy, was by identity-policy"
      ),
      ("- { as: A, cli: aws s3 ls s3://box, expect: denied }", "expected denied, was allowed"),
      ("- { as: A, cli: aws s3 ls, expect: { denied: any } }", "expected denied, was allowed"),
      (
        "- { as: A, cli: aws iam get-user --user-name Eve --query User, expect: { xpath: { //UserName: Eve, //Arn: { ends_with: user/Eve }, count(//Tags): \"0\" } } }",
        "passed"
      ),
      (
        "- { as: A, cli: aws iam list-users, expect: { xpath: { //Users/member: { count: 1 }, //Users/member/UserName: Adam } } }",
        "expected //Users/member/UserName to be \"Adam\", was \"Eve\""
      ),
      (
        "- { as: A, cli: [aws, iam, list-users, --query, \"Users[].UserName\"], expect: { body: { json: [Eve] } } }",
        "passed"
      ),
      (
        "- { as: A, cli: [aws, iam, list-users, --query, \"Users[?UserName=='Eve'].Path\", --output, text], expect: { body: \"/\\n\" } }",
        "passed"
      ),
      ("- { as: anonymous, cli: aws s3 ls s3://box, expect: { denied: any } }", "passed"),
      ("- { as: A, cli: aws iam get-user, expect: { exit: 0 } }", "passed"),
      (
        "- { as: A, cli: aws iam get-user --user-name, expect: { exit: 2, stderr: { contains: \"expected one argument\" } } }",
        "passed"
      ),
      ("- { as: A, cli: aws iam get-user --user-name, expect: allowed }", "expected allowed, exited with 2"),
      (
        "- { as: A, cli: aws iam create-role --role-name R --assume-role-policy-document file://trust.json, files: { trust.json: '{ \"Version\": \"2012-10-17\", \"Statement\": { \"Effect\": \"Allow\", \"Principal\": { \"AWS\": \"111111111111\" }, \"Action\": \"sts:AssumeRole\" } }' }, expect: { xpath: { //RoleName: R } } }",
        "passed"
      ),
    ])
  func expectations(step: String, wanted: String) throws {
    let results = try Self.run("        \(step)\n")
    #expect(Self.outcome(try #require(results.first)) == wanted)
  }

  @Test("save values for later steps, become principals, and find the files of earlier commands")
  func flow() throws {
    let trust =
      #"{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole" } }"#
    let results = try Self.run(
      """
              - as: A
                call: iam:CreateRole
                with: { RoleName: R, AssumeRolePolicyDocument: \(trust) }
                save: { arn: //Role/Arn }
              - as: A
                cli: aws sts assume-role --role-arn ${{ arn }} --role-session-name SS
                save: { end: //Credentials/Expiration, id: //AssumedRoleId, all: { body: true } }
                become: Session
              - { check: { id: { ends_with: ":SS" }, end: "2025-01-15T13:00:00+00:00", all: { contains: AssumedRoleUser } } }
              - { as: Session, cli: aws sts get-caller-identity, expect: { xpath: { //Arn: { ends_with: R/SS } } } }
              - { as: Session, call: sts:GetCallerIdentity, expect: { xpath: { //Arn: { ends_with: R/SS } } } }
              - { as: Session, cli: aws s3 ls s3://box, expect: denied }
              - { advance: 2h }
              - { as: Session, cli: aws sts get-caller-identity, expect: { error: ExpiredToken } }
              - { as: A, cli: aws s3 cp s3://box/a.txt copy.txt }
              - { as: A, cli: aws s3api put-object --bucket box --key b.txt --body copy.txt, save: { etag: //ETag } }
              - { as: A, call: s3:GetObject, with: { Bucket: box, Key: b.txt }, expect: { body: "one\\ntwo\\n" } }
              - { as: A, cli: aws s3 presign s3://box/b.txt --expires-in 60, save: { link: { body: true } } }
      """)
    #expect(results.map(Self.outcome) == Array(repeating: "passed", count: results.count))
    let download = results[8]
    #expect(
      download.command?.output == "download: s3://box/a.txt to ./copy.txt\n", "progress is not part of the output")
  }

  @Test("a profile's role is assumed by the command itself, again with each command")
  func profiles() throws {
    let results = try Self.run(
      """
              - as: A
                call: iam:CreateRole
                with:
                  RoleName: R
                  AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": "42" } } } }
                save: { arn: //Role/Arn }
              - as: A
                cli: aws sts get-caller-identity --profile inner
                profiles:
                  outer: { role_arn: "${{ arn }}", source_profile: A, external_id: "42", role_session_name: one }
                  inner: { source_profile: outer, region: eu-central-1 }
                expect: { xpath: { //Account: "111111111111" } }
              - as: A
                cli: aws sts get-caller-identity --profile outer
                profiles:
                  outer: { role_arn: "${{ arn }}", source_profile: A, external_id: "42", role_session_name: two }
                expect: { xpath: { //Arn: { ends_with: R/two } } }
              - as: A
                cli: aws sts get-caller-identity --profile outer
                profiles:
                  outer: { role_arn: "${{ arn }}", source_profile: A, external_id: "43" }
                expect: { denied: any, by: trust-policy }
      """)
    let named = results[2]
    #expect(results[2...].map(Self.outcome) == ["passed", "passed"])
    #expect(
      named.command?.calls.map { "\($0.call?.operation.name ?? "") \($0.principal ?? "")" } == [
        "AssumeRole A", "GetCallerIdentity R/two",
      ])
    #expect(named.command?.variables.isEmpty == true)
  }

  @Test(
    "secrets are kept from all output, in whatever form a command prints them",
    arguments: [
      "aws iam create-access-key --user-name Eve",
      "aws iam create-access-key --user-name Eve --query AccessKey.SecretAccessKey --output text",
      "aws iam create-access-key --user-name Eve --query \"AccessKey.[AccessKeyId,SecretAccessKey]\" --output text",
      "aws iam create-access-key --user-name Eve --output table",
      "aws sts get-session-token --query \"Credentials.{k:SecretAccessKey,t:SessionToken}\"",
    ])
  func redaction(command: String) throws {
    let redactor = Redactor()
    let results = try Self.run("        - { as: A, cli: '\(command)' }\n", redactor: redactor)
    let made = try #require(results.first?.command)
    #expect(results.first?.verdict.isPassed == true)
    let call = try #require(made.calls.last)
    let text = try #require(try call.document?.string("//SecretAccessKey"))
    #expect(made.output.contains(text), "the command did not print the secret at all")
    #expect(!redactor.redact(made.output).contains(text))
  }

  @Test("a run that starts no programs says of each such step that it was not run")
  func withoutHost() throws {
    let scenario = try RunTests.scenario(
      "        - { as: A, cli: aws s3 ls }\n        - { as: A, call: s3:ListBuckets }\n")
    let result = ScenarioRunner(record: { _ in }).run([scenario])
    let steps = try #require(result.scenarios.first).steps
    #expect(steps.map(Self.outcome) == ["not run: this run starts no programs, and the step needs `aws`", "passed"])
    #expect(!result.hasError && !result.hasFailure)
  }
}
