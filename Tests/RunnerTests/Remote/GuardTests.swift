import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import IAMPolicy
import Runner
import Scenario
import Testing

@Suite("What may be done to accounts that outlive a run") struct GuardTests {
  static let head = """
    scenario: Guards
    accounts: { Destination: "999999999999", Originating: "111111111111" }
    names: { user: Alice, bucket: amzn-s3-demo-bucket-shared, role: Reader }

    """

  static func messages(_ result: ScenarioResult) -> [String] {
    result.steps.map { step in
      switch step.verdict {
      case .passed: "passed"
      case .failed(let mismatches): "failed: \(mismatches.map(\.summary).joined(separator: "; "))"
      case .error(let problem): "error: \(problem.message)"
      case .notReady(let message): "not ready: \(message)"
      case .notRun(let cause): "not run: \(cause)"
      }
    }
  }

  @Test(
    "what the run did not make is not changed, and the message says how a scenario asks for it",
    arguments: [
      (
        "iam:DeleteUser, with: { UserName: Somebody }",
        "iam:DeleteUser would change Somebody, which this run did not make"
      ),
      (
        "iam:CreateAccountAlias, with: { AccountAlias: mine }",
        "iam:CreateAccountAlias would change the account itself; a scenario that is to do that says `existing: { Destination: [iam:CreateAccountAlias] }`"
      ),
      (
        "iam:CreateAccessKey",
        "iam:CreateAccessKey would change the account itself; a scenario that is to do that says `existing: { Destination: [iam:CreateAccessKey] }`"
      ),
      (
        "s3:PutObject, with: { Bucket: theirs, Key: a, Body: b }",
        "s3:PutObject would change theirs, which this run did not make"
      ),
      (
        "iam:AttachUserPolicy, with: { UserName: Somebody, PolicyArn: \"arn:aws:iam::aws:policy/AdministratorAccess\" }",
        "iam:AttachUserPolicy would change Somebody, which this run did not make"
      ),
    ])
  func foreign(call: String, message: String) throws {
    let lab = try RemoteLab()
    let result = try lab.run(
      try RemoteLab.scenario(parsing: Self.head + "steps:\n  - { as: Destination, call: \(call) }\n"))
    #expect(Self.messages(result) == ["error: not sent: " + message])
  }

  @Test(
    "links, and requests that a step writes itself, change nothing that the run did not make either",
    arguments: [
      (
        "{ as: Destination, presign: s3:PutObject, with: { Bucket: theirs, Key: a } }",
        "s3:PutObject would change theirs, which this run did not make"
      ),
      (
        "{ as: Destination, presign: iam:DeleteUser, with: { UserName: Somebody } }",
        "iam:DeleteUser would change Somebody, which this run did not make"
      ),
      (
        "{ as: Destination, presign: iam:CreateUser, with: { UserName: Somebody } }",
        "a link for iam:CreateUser would make something that no ledger knows of"
      ),
      (
        "{ fetch: { url: \"http://127.0.0.1:9/theirs/a\", method: PUT, body: x } }",
        "PUT /theirs/a would change what this run did not make"
      ),
      (
        "{ fetch: { url: \"http://127.0.0.1:9/?Action=DeleteUser\", method: POST, body: x } }",
        "POST / would change what this run did not make"
      ),
    ])
  func links(step: String, message: String) throws {
    let lab = try RemoteLab()
    let result = try lab.run(try RemoteLab.scenario(parsing: Self.head + "steps:\n  - \(step)\n"))
    #expect(Self.messages(result) == ["error: not sent: " + message])
  }

  @Test("somebody who was there before is not put into the run's groups, and does not become part of its own")
  func membership() throws {
    let lab = try RemoteLab("    names: { user: bob }")
    let credentials = try #require(lab.emulator.administratorCredentials(of: "210987654321"))
    let client = AWSClient(
      transport: EmulatorTransport(emulator: lab.emulator), endpoints: .aws, region: "us-east-1", retries: .never,
      now: { lab.emulator.clock.now }, wait: { _ in })
    let create = try #require(Catalogue.operation(.iam, "CreateUser"))
    #expect(try client.call(create, ["UserName": "bob"], as: credentials).answer != nil)
    let before = try lab.inventory()
    let result = try lab.run(
      try RemoteLab.scenario(
        parsing: Self.head + """
          steps:
            - { as: Destination, call: iam:CreateGroup, with: { GroupName: Staff } }
            - { as: Destination, call: iam:AddUserToGroup, with: { GroupName: Staff, UserName: "${{ names.user }}" } }
            - { as: Destination, call: iam:AddUserToGroup, with: { GroupName: Staff, UserName: Somebody } }
          """))
    #expect(
      Self.messages(result) == [
        "passed",
        "error: not sent: iam:AddUserToGroup would change bob, which was there before; a scenario that is to do that says `existing: { user: [iam:AddUserToGroup] }`",
        "error: not sent: iam:AddUserToGroup would change Somebody, which this run did not make",
      ])
    #expect(try lab.inventory() == before)
  }

  @Test("--read-only sends nothing that changes anything")
  func readOnly() throws {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    let result = try lab.run(
      try RemoteLab.scenario("cross-account-role"), on: lab.targets(readOnly: true))
    #expect(try lab.inventory() == before)
    #expect(!result.hasFailure)
    #expect(Self.messages(result).first == "not run: --read-only: s3:CreateBucket would change something")
    #expect(result.teardown.isEmpty)
  }

  @Test("another account behind the credentials is refused before anything is written, and both ids are named")
  func wrongAccount() throws {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    var variables = lab.variables
    (variables["K_210987654321"], variables["K_123456789012"]) = (
      variables["K_123456789012"], variables["K_210987654321"]
    )
    (variables["S_210987654321"], variables["S_123456789012"]) = (
      variables["S_123456789012"], variables["S_210987654321"]
    )
    let result = try lab.run(try RemoteLab.scenario("cross-account-role"), on: lab.targets(variables: variables))
    #expect(
      result.problem?.message
        == "account Destination of the target lab is 210987654321, but its credentials are of account 123456789012")
    #expect(result.steps.isEmpty)
    #expect(try lab.inventory() == before)
  }

  @Test("resources that are there are not made, not deleted, and changed only as the scenario says")
  func existing() throws {
    let lab = try RemoteLab("    names: { bucket: company-data, user: bob }")
    let credentials = try #require(lab.emulator.administratorCredentials(of: "210987654321"))
    let client = AWSClient(
      transport: EmulatorTransport(emulator: lab.emulator), endpoints: .aws, region: "us-east-1", retries: .never,
      now: { lab.emulator.clock.now }, wait: { _ in })
    for (service, name, parameters) in [
      (Service.s3, "CreateBucket", ["Bucket": "company-data"]), (.iam, "CreateUser", ["UserName": "bob"]),
      (.s3, "PutObject", ["Bucket": "company-data", "Key": "kept.txt"]),
    ] as [(Service, String, AWSStructure)] {
      let operation = try #require(Catalogue.operation(service, name))
      #expect(try client.call(operation, parameters, as: credentials).answer != nil)
    }
    let before = try lab.inventory()
    let result = try lab.run(
      try RemoteLab.scenario(
        parsing: Self.head + """
          existing: { bucket: [s3:PutObject, s3:DeleteObject] }
          steps:
            - { as: Destination, call: s3:CreateBucket, with: { Bucket: "${{ names.bucket }}" } }
            - { as: Destination, call: iam:CreateUser, with: { UserName: "${{ names.user }}" }, save: { arn: //User/Arn } }
            - { check: { "${{ arn }}": "arn:aws:iam::999999999999:user/Alice" } }
            - { as: Destination, call: s3:PutObject, with: { Bucket: "${{ names.bucket }}", Key: new.txt, Body: x } }
            - { as: Destination, call: s3:PutObject, with: { Bucket: "${{ names.bucket }}", Key: kept.txt, Body: x } }
            - { as: Destination, call: s3:DeleteBucket, with: { Bucket: "${{ names.bucket }}" } }
            - { as: Destination, call: iam:DeleteUser, with: { UserName: "${{ names.user }}" } }
          """))
    #expect(
      Self.messages(result) == [
        "passed", "passed", "passed", "passed",
        "error: s3:PutObject would replace what is there already; nothing was changed",
        "error: not sent: s3:DeleteBucket would change company-data, which was there before; a scenario that is to do that says `existing: { bucket: [s3:DeleteBucket] }`",
        "error: not sent: iam:DeleteUser would change bob, which was there before; a scenario that is to do that says `existing: { user: [iam:DeleteUser] }`",
      ])
    #expect(result.teardown.map(\.problem) == [nil])
    #expect(try lab.inventory() == before)
  }

  @Test("a permission that the run itself lacks is an error that names it, not a failed expectation")
  func harnessLack() throws {
    let lab = try RemoteLab()
    let key = try Self.makeUser(
      lab, account: "210987654321",
      policy: #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}"#)
    var variables = lab.variables
    variables["K_210987654321"] = key.id
    variables["S_210987654321"] = key.secret
    let result = try lab.run(
      try RemoteLab.scenario(
        parsing: Self.head
          + "steps:\n  - { as: Destination, call: iam:CreateUser, with: { UserName: \"${{ names.user }}\" } }\n"),
      on: lab.targets(variables: variables))
    let message = try #require(Self.messages(result).first)
    #expect(message.hasPrefix("error: the credentials of account Destination (210987654321) lack iam:CreateUser: "))
    #expect(!result.hasFailure)
  }

  @Test("the policy that a plan gives is enough for the tutorial and its teardown")
  func leastPolicy() throws {
    let lab = try RemoteLab()
    let scenario = try RemoteLab.scenario("cross-account-role")
    let bound = RemoteLab.accounts.mapValues { RemoteAccount(id: $0, region: "us-east-1") }
    let plan = try RunPlan(scenario, accounts: bound, existing: [:])
    #expect(plan.unplaced.isEmpty)
    #expect(plan.accounts.map(\.id) == ["210987654321", "123456789012"])
    #expect(plan.accounts[0].makes.map(\.name).contains("bucket-shared-container-…"))
    var variables = lab.variables
    for account in plan.accounts {
      let key = try Self.makeUser(lab, account: account.id, policy: account.policy.text)
      variables["K_\(account.id)"] = key.id
      variables["S_\(account.id)"] = key.secret
    }
    let before = try lab.inventory()
    let result = try lab.run(scenario, on: lab.targets(variables: variables))
    for step in result.steps where !step.verdict.isPassed { Issue.record("\(step.title): \(step.verdict)") }
    for left in result.teardown where left.problem != nil { Issue.record("\(left)") }
    #expect(try lab.inventory() == before)
  }

  static func makeUser(_ lab: RemoteLab, account: String, policy: String) throws -> (id: String, secret: String) {
    let credentials = try #require(lab.emulator.administratorCredentials(of: account))
    let client = AWSClient(
      transport: EmulatorTransport(emulator: lab.emulator), endpoints: .aws, region: "us-east-1", retries: .never,
      now: { lab.emulator.clock.now }, wait: { _ in })
    func call(_ name: String, _ parameters: AWSStructure) throws -> AWSStructure {
      let operation = try #require(Catalogue.operation(.iam, name))
      let exchange = try client.call(operation, parameters, as: credentials)
      return try #require(exchange.answer, "\(name): \(String(describing: exchange.error))")
    }
    _ = try call("CreateUser", ["UserName": "harness"])
    let made = try call("CreatePolicy", ["PolicyName": "harness", "PolicyDocument": .string(policy)])
    _ = try call(
      "AttachUserPolicy", ["UserName": "harness", "PolicyArn": made["Policy"]?.structure?["Arn"]])
    let key = try #require(try call("CreateAccessKey", ["UserName": "harness"])["AccessKey"]?.structure)
    return (key["AccessKeyId"]?.string ?? "", key["SecretAccessKey"]?.string ?? "")
  }
}
