import IAMPolicy
import Scenario
import Testing

@Suite("The model of a file") struct LoaderTests {
  private func call(_ step: Scenario.Step) throws -> Scenario.Call {
    guard case .call(let call) = step.action else { throw NotThere() }
    return call
  }

  struct NotThere: Error {}

  @Test("A call with all that a step may have")
  func step() throws {
    let step = try onlyStep(
      """
        - name: A ${{ names.role }} is made
          about: Prose.
          as: Destination
          call: iam:CreateRole
          with: { RoleName: "${{ names.role }}", AssumeRolePolicyDocument: "{}" }
          save:
            arn: //Role/Arn
            id: { header: x-amzn-RequestId }
            all: { body: true, secret: true }
            key: { xpath: //RoleId }
          become: David
          expect: allowed
      """, before: "names: { role: UpdateData }")
    #expect(step.name?.value == "A UpdateData is made")
    #expect(step.title == "A UpdateData is made")
    #expect(step.about?.value == "Prose.")
    #expect(step.principal?.value == "Destination")
    #expect(step.become?.value == "David")
    #expect(step.expect?.outcome?.value == .allowed)
    #expect(try call(step).operation.value == "iam:CreateRole")
    #expect(
      try call(step).parameters["AssumeRolePolicyDocument"]
        == .scalar(
          Template(literal: "{}", range: try call(step).parameters["AssumeRolePolicyDocument"]?.range ?? nowhere)))
    #expect(step.saves.map(\.variable.value) == ["arn", "id", "all", "key"])
    #expect(step.saves.map(\.isSecret) == [false, false, true, false])
    let sources = step.saves.map { save in
      switch save.source {
      case .xpath(let expression): "xpath \(expression.literal ?? "?")"
      case .header(let name): "header \(name.value)"
      case .body: "body"
      }
    }
    #expect(sources == ["xpath //Role/Arn", "header x-amzn-RequestId", "body", "xpath //RoleId"])
  }

  @Test("A call without parameters has an empty mapping")
  func noParameters() throws {
    let step = try onlyStep("  - { as: Destination, call: \"sts:GetCallerIdentity\" }")
    guard case .mapping(let entries, _) = try call(step).parameters else { throw NotThere() }
    #expect(entries.isEmpty)
    #expect(step.expect == nil)
    #expect(step.title == "sts:GetCallerIdentity")
  }

  @Test("Every form of an expectation")
  func expectation() throws {
    let step = try onlyStep(
      """
        - as: Destination
          call: iam:GetRole
          with: { RoleName: R }
          expect:
            denied: explicit
            by: trust-policy
            status: 403
            error: AccessDenied
            message: { contains: not authorized, matches: "^User: " }
            xpath: { //Code: { one_of: [A, B] }, count(//x): { count: 2 } }
            headers: { Content-Type: { starts_with: text, ends_with: xml } }
            body: { not: { json: { a: [1, "2"] } } }
            within: 30s
            stable: 3
      """)
    let expect = try #require(step.expect)
    #expect(expect.outcome?.value == .denied(.explicit))
    #expect(expect.by?.value == .trust)
    #expect(expect.status?.value == 403)
    #expect(expect.within?.value.duration == .seconds(30))
    #expect(expect.stable?.value == 3)
    #expect(describe(try #require(expect.error)) == "equals AccessDenied")
    #expect(describe(try #require(expect.message)) == "all(contains not authorized, matches ^User: )")
    #expect(
      expect.xpath.map { "\($0.expression.literal ?? "?"): \(describe($0.matcher))" } == [
        "//Code: one_of A B", "count(//x): count 2",
      ])
    #expect(
      expect.headers.map { "\($0.name.value): \(describe($0.matcher))" } == [
        "Content-Type: all(starts_with text, ends_with xml)"
      ])
    #expect(describe(try #require(expect.body)) == "not json")
  }

  private func describe(_ matcher: Matcher) -> String {
    switch matcher.kind {
    case .equals(let text): "equals \(text.literal ?? "?")"
    case .contains(let text): "contains \(text.literal ?? "?")"
    case .startsWith(let text): "starts_with \(text.literal ?? "?")"
    case .endsWith(let text): "ends_with \(text.literal ?? "?")"
    case .matches(let text): "matches \(text.literal ?? "?")"
    case .exists(let exists): "exists \(exists)"
    case .count(let count): "count \(count)"
    case .oneOf(let texts): "one_of \(texts.compactMap(\.literal).joined(separator: " "))"
    case .json: "json"
    case .file(let name): "file \(name.literal ?? "?")"
    case .not(let matcher): "not \(describe(matcher))"
    case .all(let matchers): "all(\(matchers.map(describe).joined(separator: ", ")))"
    }
  }

  @Test("A caret for an expectation stands under the key and its value")
  func expectationPlaces() throws {
    let step = try onlyStep(
      "  - { as: Destination, call: \"sts:GetCallerIdentity\", expect: { denied: any, status: 403 } }")
    let columns = [step.expect?.outcome?.range, step.expect?.status?.range].map {
      "\($0?.start.column ?? 0)-\($0?.end.column ?? 0)"
    }
    #expect(columns == ["65-76", "78-89"])
  }

  @Test("Principals of every kind")
  func principals() throws {
    let loaded = ScenarioFile.parse(
      scenario(
        "  - advance: 1h",
        before: """
          principals:
            David: { account: Originating }
            Root: { root: Destination }
            Chained:
              assume: "arn:aws:iam::${{ accounts.Destination }}:role/R"
              from: David
              session: s-1
              duration: 15m
              external_id: x
              policy: { Version: "2012-10-17", Statement: [] }
              policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
              tags: { team: red }
              transitive_tag_keys: [team]
              source_identity: David
          """), path: "test.yaml")
    #expect(loaded.diagnostics == [])
    let principals = try #require(loaded.scenario?.principals)
    guard case .identity(let account) = principals[0].kind, case .root(let root) = principals[1].kind,
      case .role(let chain) = principals[2].kind
    else { throw NotThere() }
    #expect(account.value == "Originating")
    #expect(root.value == "Destination")
    #expect(chain.from.value == "David")
    #expect(chain.session?.literal == "s-1")
    #expect(chain.duration?.value.duration == .seconds(900))
    #expect(chain.externalID?.literal == "x")
    #expect(chain.policy?["Version"] != nil)
    #expect(chain.policyArns.count == 1)
    #expect(chain.tags.map { "\($0.key.literal ?? "")=\($0.value.literal ?? "")" } == ["team=red"])
    #expect(chain.transitiveTagKeys.map(\.literal) == ["team"])
    #expect(chain.sourceIdentity?.literal == "David")
  }

  @Test("An organization with what is attached at each level")
  func organization() throws {
    let loaded = ScenarioFile.parse(
      scenario(
        "  - advance: 1h",
        before: """
          policies: { Guard: { Version: "2012-10-17", Statement: [] } }
          organization:
            management: Originating
            rcps: [Guard]
            units:
              Workloads:
                full_aws_access: false
                scps: [Guard]
                accounts: { Destination: { scps: [Guard] } }
                units: { Inner: { accounts: [] } }
          """), path: "test.yaml")
    #expect(loaded.diagnostics == [])
    let organization = try #require(loaded.scenario?.organization)
    #expect(organization.management.value == "Originating")
    #expect(organization.root.attachments.resourceControlPolicies.map(\.value) == ["Guard"])
    #expect(organization.root.attachments.hasFullAWSAccess)
    let workloads = try #require(organization.root.units.first)
    #expect(workloads.name?.value == "Workloads")
    #expect(!workloads.attachments.hasFullAWSAccess)
    #expect(workloads.accounts.map(\.account.value) == ["Destination"])
    #expect(workloads.accounts.first?.attachments.serviceControlPolicies.map(\.value) == ["Guard"])
    #expect(workloads.units.map { $0.name?.value } == ["Inner"])
  }

  @Test("The other actions")
  func actions() throws {
    let loaded = ScenarioFile.parse(
      scenario(
        """
          - { as: Destination, cli: "aws s3 ls 's3://a b' \\"x ${{ accounts.Destination }}y\\" \\\\| ''" }
          - advance: 61m
          - { as: Destination, presign: "s3:GetObject", with: { Bucket: b-b, Key: k }, expires: 15m, save: { link: { body: true } } }
          - fetch: { url: "${{ link }}", method: PUT, headers: { X-A: b }, body: { file: x.txt } }
          - { as: Destination, console: switch-role, with: { account: "1", role: R, display: D } }
          - check: { link: { starts_with: https }, "a ${{ link }}": b }
        """), path: "test.yaml")
    #expect(loaded.diagnostics == [])
    let steps = try #require(loaded.scenario?.allSteps)
    guard case .cli(let command) = steps[0].action, case .advance(let duration) = steps[1].action,
      case .presign(let call, let expires) = steps[2].action, case .fetch(let fetch) = steps[3].action,
      case .switchRole(let form) = steps[4].action, case .check(let checks) = steps[5].action
    else { throw NotThere() }
    let scope = try Scope(try #require(loaded.scenario))
    #expect(
      try command.words.map { try $0.text(in: scope) } == ["aws", "s3", "ls", "s3://a b", "x 999999999999y", "|", ""])
    #expect(duration.value.duration == .seconds(3660))
    #expect(call.operation.value == "s3:GetObject")
    #expect(expires?.value.text == "15m")
    #expect(fetch.method?.value == "PUT")
    #expect(fetch.headers.map { $0.name.value } == ["X-A"])
    #expect(fetch.body?["file"] != nil)
    #expect(form.displayName?.literal == "D")
    #expect(checks.map { $0.value.references.map(\.name) } == [["link"], ["link"]])
    #expect(
      steps.map(\.title) == [
        "aws s3 ls", "61m pass", "presigned s3:GetObject", "fetch", "switch role in the console", "check",
      ])
  }

  @Test("Chapters, final steps and prose")
  func chapters() throws {
    let loaded = ScenarioFile.parse(
      """
      scenario: Two chapters
      about: The role ${{ names.role }} of ${{ accounts.A }}, and ${aws:username}.
      tags: [one, 2]
      accounts: { A: "111111111111" }
      names: { role: R }
      chapters:
        - { title: First, about: Prose., steps: [{ advance: 1s }] }
        - { title: "Second: ${{ names.role }}", steps: [] }
      finally: [{ advance: 2s }]
      """, path: "test.yaml")
    #expect(loaded.diagnostics == [])
    let scenario = try #require(loaded.scenario)
    #expect(scenario.about?.value == "The role R of 111111111111, and ${aws:username}.")
    #expect(scenario.tags.map(\.value) == ["one", "2"])
    #expect(scenario.chapters.map { $0.title?.value } == ["First", "Second: R"])
    #expect(scenario.chapters[0].about?.value == "Prose.")
    #expect(scenario.allSteps.count == 2)
    #expect(scenario.finally.count == 1)
  }

  @Test("A byte order mark moves no column, and lines may end with CR LF")
  func windows() throws {
    let text = "\u{FEFF}scenario: x\r\naccounts: { A: \"111111111111\" }\r\nsteps:\r\n  - advence: 1h\r\n"
    let loaded = ScenarioFile.parse(text, path: "test.yaml")
    let rendered = DiagnosticRenderer(files: loaded.sources).render(loaded.checked())
    #expect(
      rendered
        == "test.yaml:4:5: error: unknown key `advence` in a step\n  |\n4 |   - advence: 1h\n  |     ^^^^^^^ did you mean `advance`?\n\n"
    )
    let first = ScenarioFile.parse("\u{FEFF}scenaro: x\n", path: "t").diagnostics.first {
      $0.message.contains("scenaro")
    }
    #expect(first?.range?.start == SourcePosition(line: 1, column: 1))
  }

  @Test("A policy from a JSON file, with its own places")
  func policyFile() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("policies")
    try folder.write(
      #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Bool": true, "Number": 1.50}}"#,
      to: "policies/p.json")
    let path = try folder.write(
      scenario("  - advance: 1h", before: "policies: { P: { file: policies/p.json } }"), to: "s.yaml")
    let loaded = ScenarioFile.load(path)
    #expect(loaded.diagnostics.map(\.message) == [])
    #expect(loaded.sources.map(\.path) == [path, "\(folder.path)/policies/p.json"])
    let scenario = try #require(loaded.scenario)
    let scope = try Scope(scenario)
    #expect(
      try scope.value(of: .init(path: ["policies", "P"], range: nowhere)).text
        == #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Bool":"true","Number":"1.50"}}"#)
    let place = scenario.policies.first?.document["Statement"]?.range
    #expect(place?.file == "\(folder.path)/policies/p.json")
    #expect(place?.start == SourcePosition(line: 1, column: 40))
  }

  @Test("Files that cannot be read", arguments: [("missing.yaml", "no such file"), (".", "it is not a file")])
  func unreadable(name: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let loaded = ScenarioFile.load("\(folder.path)/\(name)")
    #expect(loaded.scenario == nil)
    #expect(loaded.diagnostics.map(\.message) == ["\(folder.path)/\(name): \(reason)"])
  }
}
