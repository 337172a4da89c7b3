import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Each lesson is about some statement. Without it, or with its guard taken out, the lesson must fail: otherwise it would
/// teach nothing.
@Suite("Lessons fail without the statement they are about") struct LessonTests {
  static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/scenarios/"

  /// A change to a scenario, and the steps that then must not be as expected.
  struct Change: Sendable, CustomTestStringConvertible {
    var scenario: String
    var about: String
    var edit: Edit
    var failing: [String]
    var testDescription: String { "\(scenario): \(about)" }

    init(_ scenario: String, without sid: String, fails failing: String...) {
      self.init(scenario, "without \(sid)", .remove(sid: sid), failing)
    }

    /// - Parameter inert: what stands in for a statement that is its policy's only one: AWS takes no policy without any.
    init(_ scenario: String, without sid: String, leaving inert: String, fails failing: String...) {
      self.init(scenario, "without \(sid)", .replaceStatement(sid: sid, inert), failing)
    }

    init(_ scenario: String, _ about: String, replacing old: String, with new: String, fails failing: String...) {
      self.init(scenario, about, .replace(old, new), failing)
    }

    private init(_ scenario: String, _ about: String, _ edit: Edit, _ failing: [String]) {
      self.scenario = scenario
      self.about = about
      self.edit = edit
      self.failing = failing
    }
  }

  enum Edit: Sendable {
    /// Takes the statement with this `Sid` out.
    case remove(sid: String)
    case replaceStatement(sid: String, String)
    /// Replaces the one occurrence of a text.
    case replace(String, String)

    func apply(to text: String) throws -> String {
      switch self {
      case .replace(let old, let new):
        try #require(text.ranges(of: old).count == 1, "`\(old)` stands there \(text.ranges(of: old).count) times")
        return text.replacing(old, with: new)
      case .remove(let sid): return try Self.replaceStatement(sid, in: text, with: nil)
      case .replaceStatement(let sid, let inert): return try Self.replaceStatement(sid, in: text, with: inert)
      }
    }

    private static func replaceStatement(_ sid: String, in text: String, with inert: String?) throws -> String {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let first = try #require(lines.firstIndex { $0.hasSuffix("- Sid: \(sid)") })
      let indent = lines[first].prefix { $0 == " " }.count
      let rest = lines[(first + 1)...].firstIndex { line in
        line.contains { $0 != " " } && line.prefix { $0 == " " }.count <= indent
      }
      let replacement = inert.map { [String(repeating: " ", count: indent) + "- " + $0] } ?? []
      lines.replaceSubrange(first..<(rest ?? lines.endIndex), with: replacement)
      return lines.joined(separator: "\n")
    }
  }

  private static let inertTrust =
    #"{ Effect: Deny, Principal: { AWS: "*" }, Action: sts:AssumeRole, Condition: { StringEquals: { "aws:username": nobody-at-all } } }"#
  private static let inertIdentity = #"{ Effect: Deny, Action: "sqs:DeleteQueue", Resource: "*" }"#
  private static let inertBucket =
    #"{ Effect: Deny, Principal: "*", Action: s3:DeleteBucketWebsite, Resource: "arn:aws:s3:::${{ names.bucket }}" }"#

  static let changes: [Change] = [
    Change(
      "attribute-based-access", "any team's tag will do",
      replacing: #"{ "aws:ResourceTag/team": "${aws:PrincipalTag/team}" }"#,
      with: #"{ "aws:ResourceTag/team": [red, blue] }"#, fails: "Not on the other team's", "But owns nothing"),
    Change(
      "attribute-based-access", without: "SameTagOnBothSides", leaving: inertIdentity,
      fails: "It works on its own team's service", "Does the opposite"),
    Change(
      "attribute-based-access", "any team may be claimed",
      replacing: "          StringEquals: { \"aws:RequestTag/team\": [red, blue] }\n", with: "",
      fails: "A team that does not exist"),
    Change(
      "attribute-based-access", "any tag may be claimed",
      replacing: "          ForAllValues:StringEquals: { \"aws:TagKeys\": [team] }\n", with: "",
      fails: "A tag that the trust does not know"),
    Change(
      "cross-account-bucket-policy", without: "GuestsRead", fails: "The guest whose account allows it reads"),
    Change(
      "cross-account-bucket-policy", without: "TheClerkReadsEverything", fails: "The clerk needs no policy of its own"),
    Change(
      "cross-account-bucket-policy", without: "ReadAnywhere", leaving: inertIdentity,
      fails: "The guest's own policy is not enough", "The guest whose account allows it reads"),
    Change(
      "cross-account-bucket-policy", "the whole bucket is shared", replacing: "/shared/*\"\n", with: "/*\"\n",
      fails: "What is not shared stays closed"),
    Change(
      "cross-account-role", "the Analysts' Deny is an Allow", replacing: "      Effect: Deny\n",
      with: "      Effect: Allow\n",
      fails: "Jane may not assume the role"),
    Change(
      "cross-account-role", "the role's policy is on every bucket",
      replacing: "          - s3:DeleteObject\n        Resource: \"arn:aws:s3:::${{ names.sharedBucket }}/*\"",
      with: "          - s3:DeleteObject\n        Resource: \"arn:aws:s3:::*\"",
      fails: "The second bucket's object", "An object put into the second bucket"),
    Change(
      "cross-account-role-cli", "Jane's Deny is an Allow", replacing: "      Effect: Deny\n",
      with: "      Effect: Allow\n",
      fails: "The same profile does not help Jane"),
    Change(
      "cross-account-role-cli", "the role may not list", replacing: "[s3:ListBucket, s3:GetBucketLocation]",
      with: "s3:GetBucketLocation", fails: "And lists it", "David uses the profile"),
    Change(
      "external-id", "the trust asks for no external id",
      replacing: "        Condition:\n          StringEquals: { \"sts:ExternalId\": customer-4711 }\n", with: "",
      fails: "For another customer it sends another id, and is refused", "Without an id it is refused as well"),
    Change(
      "external-id", without: "OnlyForThisCustomer", leaving: inertTrust,
      fails: "For its own customer the company sends the right id"),
    Change(
      "mfa-role", "the trust asks for no second factor",
      replacing: "        Condition:\n          Bool: { \"aws:MultiFactorAuthPresent\": \"true\" }\n"
        + "          NumericLessThan: { \"aws:MultiFactorAuthAge\": \"300\" }\n", with: "",
      fails: "The key alone is not enough"),
    Change(
      "mfa-role", without: "OnlyWithASecondFactor", leaving: inertTrust, fails: "The right code opens the role"),
    Change(
      "not-action-not-principal", without: "MeantAsARestriction", leaving: inertIdentity, fails: "But the vault is not",
      "And can be emptied"),
    Change(
      "not-action-not-principal", "the NotAction is an Action", replacing: "NotAction: \"iam:*\"",
      with: "Action: \"iam:*\"",
      fails: "IAM is closed to the intern", "But the vault is not"),
    Change("not-action-not-principal", without: "NothingButReading", fails: "And does nothing else"),
    Change(
      "not-action-not-principal", without: "EverybodyButTheKeeper", leaving: inertBucket,
      fails: "The intern, whose own policy still allows it, does not"),
    Change(
      "not-action-not-principal", "the NotPrincipal is a Principal", replacing: "        NotPrincipal:\n",
      with: "        Principal:\n", fails: "The keeper reads"),
    Change(
      "permissions-boundary", "users may be made without the boundary",
      replacing:
        "        Condition:\n          StringEquals: { \"iam:PermissionsBoundary\": \"${{ boundaryArn }}\" }\n",
      with: "",
      fails: "A user without the boundary is refused", "But not the lead itself, who has no boundary"),
    Change("permissions-boundary", without: "TheBoundaryStaysOn", fails: "And not take the boundary off"),
    Change(
      "permissions-boundary", "the boundary leaves IAM open", replacing: "Action: [\"s3:*\", \"sts:*\"]",
      with: "Action: [\"s3:*\", \"sts:*\", \"iam:*\"]", fails: "Not IAM, in spite of AdministratorAccess",
      "Nor take off its own boundary"),
    Change(
      "permissions-boundary", without: "TheTeamsWork", leaving: inertIdentity, fails: "Work in the bucket"),
    Change(
      "presigned-url", without: "ReadWhatIsSent", leaving: inertIdentity, fails: "Whoever has it may read"),
    Change(
      "presigned-url", "the sender may read everything", replacing: "/send/*\"\n", with: "/*\"\n",
      fails: "But opens nothing"),
    Change(
      "public-access-block", "the policy is not public", replacing: "        Principal: \"*\"\n",
      with: "        Principal: { AWS: \"${{ accounts.Account }}\" }\n",
      fails: "A public policy is refused, to the administrator too", "The world reads"),
    Change(
      "rcp-data-perimeter", without: "NobodyFromOutside",
      leaving: #"{ Effect: Deny, Principal: "*", Action: "sqs:DeleteQueue", Resource: "*" }"#,
      fails: "The stranger does not, although the bucket's policy says so"),
    Change(
      "rcp-data-perimeter", "the perimeter leaves the colleague out",
      replacing: "\"${{ accounts.Colleague }}\", \"${{ accounts.Management }}\"",
      with: "\"${{ accounts.Management }}\"", fails: "A colleague in the organization reads"),
    Change(
      "recreated-principal", "the trust names the account", replacing: ":user/${{ names.user }}\" }", with: ":root\" }",
      fails: "The trust policy now shows the id of the one who is gone", "She is not the one who is trusted"),
    Change("recreated-principal", without: "OnlyAlice", leaving: inertTrust, fails: "She assumes it"),
    Change(
      "revoking-sessions", without: "SessionsFromBefore", leaving: inertIdentity, fails: "The session is refused",
      "The old one does not"),
    Change(
      "revoking-sessions", "the Deny asks for no time",
      replacing: "        Condition:\n          DateLessThan: { \"aws:TokenIssueTime\": \"${{ now() }}\" }\n", with: "",
      fails: "The new session works"),
    Change(
      "role-chaining", without: "OnlyTheHub", leaving: inertTrust, fails: "Two hours in production are not",
      "An hour is"),
    Change(
      "role-chaining", without: "OnwardToProduction", leaving: inertIdentity, fails: "Two hours in production are not",
      "An hour is"),
    Change(
      "scp-guardrail", without: "NobodyLiftsThePublicAccessBlock", leaving: inertIdentity,
      fails: "And cannot lift its public access block, administrator or not"),
    Change(
      "scp-guardrail", "the level allows everything",
      replacing: "      - Sid: StorageAndNothingElse\n        Effect: Allow\n        Action: \"s3:*\"",
      with: "      - Sid: StorageAndNothingElse\n        Effect: Allow\n        Action: \"*\"",
      fails: "Everything else is not, because this level does not allow it"),
    Change(
      "self-managed-credentials", without: "NothingElseWithoutTheDevice",
      fails: "She may not list her own keys before she has shown a device"),
    Change(
      "self-managed-credentials", "users may look at others", replacing: "arn:aws:iam::*:user/${aws:username}",
      with: "arn:aws:iam::*:user/*", fails: "Not at others", "Still not another's"),
    Change(
      "self-managed-credentials", "devices may be made under any name", replacing: "arn:aws:iam::*:mfa/${aws:username}",
      with: "arn:aws:iam::*:mfa/*", fails: "Not under another's"),
    Change("session-policy", without: "ReadTheBooks", fails: "It reads"),
    Change(
      "session-policy", "the session may write", replacing: "        Action: s3:GetObject\n",
      with: "        Action: [s3:GetObject, s3:PutObject]\n", fails: "It does not write, although the role may"),
    Change("session-policy", without: "HandleTheBooks", fails: "It still reads", "It writes", "It reads"),
    Change(
      "web-identity-ci", "any subject will do",
      replacing: "            \"token.ci.example.com:sub\": repo:octo-org/shop:ref:refs/heads/main\n", with: "",
      fails: "A pull request of the same repository, which anyone may open",
      "Somebody else's repository of the same name"),
    Change(
      "web-identity-ci", without: "OnlyTheMainBranch", leaving: inertTrust, fails: "It trades its token for a session"),
    Change("wildcard-trust", without: "NotStrangers", fails: "The stranger does not"),
    Change(
      "wildcard-trust", "the last trust names everybody",
      replacing: "        Principal: { AWS: \"${{ accounts.Partner }}\" }\n",
      with: "        Principal: { AWS: \"*\" }\n",
      fails: "The stranger does not, and nothing had to be denied"),
  ]

  static let names: [String] = {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
  }()

  static func run(_ name: String, _ edit: Edit? = nil) throws -> ScenarioResult {
    let bytes = try ScenarioFolder(path: folder).read("\(name).yaml", at: nil)
    let source = String(decoding: bytes, as: UTF8.self)
    let loaded = ScenarioFile.parse(try edit?.apply(to: source) ?? source, path: "\(folder)\(name).yaml")
    let errors = loaded.checked().filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(DiagnosticRenderer(files: loaded.sources).render(errors))")
    let scenario = try #require(loaded.scenario)
    var options = RunOptions()
    if scenario.allSteps.contains(where: \.isCommand) { options.commands = try CommandLab.host() }
    return try #require(ScenarioRunner(options: options, record: { _ in }).run([scenario]).scenarios.first)
  }

  @Test("As it is, every lesson passes", arguments: names)
  func passes(name: String) throws {
    let result = try Self.run(name)
    #expect(result.steps.filter { !$0.verdict.isPassed }.map(\.title) == [])
    #expect(!result.hasError)
    let expectations = result.steps.compactMap(\.step.expect?.outcome?.value)
    let refusals = result.steps.filter { result in
      guard case .failure? = result.decidingExchange?.outcome else { return false }
      return true
    }
    #expect(expectations.count >= 1 && !refusals.isEmpty, "the lesson shows only one side")
  }

  @Test("Changed, it fails at the very steps that the change is about", arguments: changes)
  func fails(_ change: Change) throws {
    let result = try Self.run(change.scenario, change.edit)
    for title in change.failing {
      let step = try #require(result.steps.first { $0.title == title }, "there is no step `\(title)`")
      guard case .failed = step.verdict else {
        Issue.record("`\(title)` was \(step.verdict)")
        continue
      }
    }
    // Nothing before the first of them is touched by the change.
    let failed = result.steps.firstIndex { !$0.verdict.isPassed }
    #expect(failed.map { change.failing.contains(result.steps[$0].title) } == true)
  }

  @Test("Every lesson has a change")
  func complete() {
    #expect(Set(Self.changes.map(\.scenario)) == Set(Self.names))
    #expect(Self.names.count >= 17)
  }
}
