import FoundationEssentials
import Scenario
import Testing

@Suite("Interpolation") struct TemplateTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    /// A YAML value.
    var text: String
    var result: String
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "an account's id", text: #""${{ accounts.Originating }}""#, result: "111111111111"),
    Case(name: "without blanks", text: "${{accounts.Originating}}", result: "111111111111"),
    Case(
      name: "within text", text: #""arn:aws:iam::${{ accounts.Originating }}:root""#,
      result: "arn:aws:iam::111111111111:root"),
    Case(
      name: "two of them", text: #""${{ names.role }}/${{ names.bucket }}""#, result: "UpdateData/shared-111111111111"),
    Case(name: "a variable of the file", text: #""${{ greeting }}""#, result: "hello"),
    Case(name: "a variable inside a structure", text: #""${{ tree.list.1 }} ${{ tree.key }}""#, result: "second value"),
    Case(name: "IAM's own variable", text: #""${aws:username}""#, result: "${aws:username}"),
    Case(name: "IAM's own escapes", text: #""${*} ${?} ${$}""#, result: "${*} ${?} ${$}"),
    Case(
      name: "IAM's own beside ours", text: #""${{ names.role }}/${aws:username}""#, result: "UpdateData/${aws:username}"
    ),
    Case(name: "the escape", text: #""$${{ names.role }}""#, result: "${{ names.role }}"),
    Case(name: "the escape behind a dollar", text: #""$$${{ names.role }}""#, result: "$${{ names.role }}"),
    Case(name: "a lone dollar", text: #""5 $ or 6$""#, result: "5 $ or 6$"),
    Case(name: "braces without a dollar", text: #""{{ names.role }}""#, result: "{{ names.role }}"),
    Case(name: "what looks like a number", text: "012345678901", result: "012345678901"),
    Case(name: "what looks like a date", text: "2012-10-17", result: "2012-10-17"),
    Case(name: "what looks like a truth value", text: "no", result: "no"),
    Case(name: "a value is not interpolated again", text: #""${{ escaped }}""#, result: "${{ names.role }}"),
    Case(name: "percent-encoded", text: #""${{ url(odd) }}""#, result: "a%20b%2F%C3%A9~"),
    Case(name: "base64", text: #""${{ base64(greeting) }}""#, result: "aGVsbG8="),
    Case(name: "the clock", text: #""${{ now() }}""#, result: "2024-02-29T12:00:00Z"),
    Case(name: "the clock before", text: #""${{ now(-1h30m) }}""#, result: "2024-02-29T10:30:00Z"),
    Case(name: "the clock after", text: #""${{ now(1d) }}""#, result: "2024-03-01T12:00:00Z"),
    Case(name: "a one-time code", text: #""${{ totp(greeting) }}""#, result: "hello@0"),
    Case(name: "the next one-time code", text: #""${{ totp(greeting, 1) }}""#, result: "hello@30"),
    Case(
      name: "a policy", text: #""${{ policies.Small }}""#,
      result:
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:*","iam:*"],"Resource":"UpdateData"}}"#),
    Case(
      name: "a policy within text", text: #""<${{ policies.Empty }}>""#, result: #"<{"Version":"2012-10-17"}>"#),
  ]

  static let head = #"""
    names: { role: UpdateData, bucket: "shared-${{ accounts.Originating }}" }
    policies:
      Empty: { Version: 2012-10-17 }
      Small:
        Version: 2012-10-17
        Statement: { Effect: Allow, Action: ["s3:*", "iam:*"], Resource: "${{ names.role }}" }
    variables:
      greeting: hello
      odd: "a b/é~"
      escaped: "$${{ names.role }}"
      tree: { list: [first, second], key: value }
    """#

  static func scope(_ scenario: Scenario) throws -> Scope {
    let noon = try Date("2024-02-29T12:00:00Z", strategy: .iso8601)
    return try Scope(scenario, now: { noon }) { seed, time in "\(seed)@\(Int(time.timeIntervalSince(noon)))" }
  }

  @Test("References are replaced", arguments: cases)
  func replaced(_ example: Case) throws {
    let text = scenario("  - fetch: \(example.text)", before: Self.head)
    let loaded = ScenarioFile.parse(text, path: "test.yaml")
    #expect(loaded.diagnostics.map(\.message) == [])
    let read = try #require(loaded.scenario)
    guard case .fetch(let fetch)? = read.allSteps.first?.action else { throw Missing() }
    #expect(try fetch.url.text(in: Self.scope(read)) == example.result)
  }

  struct Missing: Error {}

  @Test("A value that is one reference keeps its structure, and text around it makes it text")
  func structure() throws {
    let loaded = ScenarioFile.parse(scenario("  - advance: 1s", before: Self.head), path: "test.yaml")
    let scope = try Self.scope(try #require(loaded.scenario))
    let reference = Template.Reference(path: ["tree"], range: nowhere)
    let alone = Template(parts: [.reference(reference)], range: nowhere)
    #expect(
      try alone.value(in: scope)
        == .mapping([.init("list", .list([.string("first"), .string("second")])), .init("key", .string("value"))]))
    let quoted = Template(parts: [.text(" "), .reference(reference)], range: nowhere)
    #expect(try quoted.value(in: scope) == .string(#" {"list":["first","second"],"key":"value"}"#))
  }

  @Test("A saved variable has its value from then on")
  func saved() throws {
    let loaded = ScenarioFile.parse(scenario("  - advance: 1s"), path: "test.yaml")
    var scope = try Scope(try #require(loaded.scenario))
    let template = Template(parts: [.reference(.init(path: ["roleArn"], range: nowhere))], range: nowhere)
    #expect(throws: Diagnostic.self) { try template.text(in: scope) }
    scope["roleArn"] = .string("arn:aws:iam::999999999999:role/UpdateData")
    #expect(try template.text(in: scope) == "arn:aws:iam::999999999999:role/UpdateData")
  }

  @Test("Real ids and names take the place of the file's, also inside names")
  func replacedNames() throws {
    let loaded = ScenarioFile.parse(scenario("  - advance: 1s", before: Self.head), path: "test.yaml")
    var scope = try Scope(try #require(loaded.scenario))
    scope.accounts["Originating"] = "123456789012"
    scope.names["role"] = "UpdateData-x7"
    let policy = Template.Reference(path: ["policies", "Small"], range: nowhere)
    #expect(try scope.value(of: policy).text.hasSuffix(#""Resource":"UpdateData-x7"}}"#))
  }

  @Test("Places of references are those of the file, whatever the scalar's style")
  func places() throws {
    let text = """
      scenario: A test
      accounts: { A: "111111111111" }
      steps:
        - fetch: "\\t${{ one }}\\u0020${{ two }}"
        - fetch: |
            über ${{ three }}
            ${{ four }}
        - fetch: 'it''s ${{ five }}'
        - fetch: \t ${{ six }} # ${{ no }}
      """
    let loaded = ScenarioFile.parse(text, path: "test.yaml")
    let urls = (loaded.scenario?.allSteps ?? []).compactMap { step -> Template? in
      if case .fetch(let fetch) = step.action { fetch.url } else { nil }
    }
    let places = urls.flatMap(\.references).map {
      "\($0.name) \($0.range.start.line):\($0.range.start.column)-\($0.range.end.column)"
    }
    #expect(
      places == ["one 4:15-25", "two 4:31-41", "three 6:12-24", "four 7:7-18", "five 8:19-30", "six 9:14-24"])
  }

  @Test("Variables that double one another are stopped before they fill the memory")
  func explosion() throws {
    var variables = "variables:\n  v0: [x, x]\n"
    for index in 1...40 {
      variables += "  v\(index): [ \"${{ v\(index - 1) }}\", \"${{ v\(index - 1) }}\" ]\n"
    }
    let loaded = ScenarioFile.parse(scenario("  - advance: 1s", before: variables), path: "test.yaml")
    let read = try #require(loaded.scenario)
    let error = #expect(throws: Diagnostic.self) { try Scope(read) }
    #expect(error?.message == "the value is too large once its references are replaced")
  }

  @Test("Policies that double one another are stopped as well")
  func policyExplosion() throws {
    var policies = "policies:\n  P0: { a: x }\n"
    for index in 1...14 {
      let names = (0..<8).map { "k\($0): \"${{ policies.P\(index - 1) }}\"" }
      policies += "  P\(index): { \(names.joined(separator: ", ")) }\n"
    }
    let loaded = ScenarioFile.parse(scenario("  - advance: 1s", before: policies), path: "test.yaml")
    let scope = try Scope(try #require(loaded.scenario))
    #expect(throws: Diagnostic.self) {
      try scope.value(of: .init(path: ["policies", "P14"], range: nowhere))
    }
  }
}
