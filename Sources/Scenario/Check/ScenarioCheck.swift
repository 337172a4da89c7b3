extension Scenario {
  /// Everything that can be said about the scenario without running it, in the order of the file.
  ///
  /// - Parameters:
  ///   - findsWarnings: whether to look for what does not keep the scenario from being run.
  ///   - xpathProblem: what is wrong with an XPath, or `nil` where it compiles; injected because this module does not know
  ///     an XML library. Without it XPaths are not checked.
  package func check(findsWarnings: Bool = true, xpathProblem: ((String) -> String?)? = nil) -> [Diagnostic] {
    var check = ScenarioCheck(self, findsWarnings: findsWarnings, xpathProblem: xpathProblem ?? { _ in nil })
    check.run()
    return check.diagnostics.sorted(from: source.path)
  }
}

/// One check of a scenario: walks the steps in their order and knows what has happened before each.
struct ScenarioCheck {
  let scenario: Scenario
  /// What is known without running.
  let scope: Scope
  let folder: ScenarioFolder
  let xpathProblem: (String) -> String?
  /// Whether also what does not keep the scenario from being run is looked for.
  let findsWarnings: Bool
  var diagnostics: [Diagnostic] = []

  /// Variables that have a value at this point of the walk.
  var variables: Set<String>
  /// Principals that have credentials at this point of the walk.
  var principals: Set<String>
  /// Where each variable is first saved, and each principal first gets credentials, in the whole file.
  let saves: [String: SourceRange]
  let becomes: [String: SourceRange]
  let declared: [String: Scenario.Principal]
  let policies: [String: Scenario.Policy]
  /// The file has no accounts, which was reported: then no name of an account can be right.
  var hasAccounts: Bool { !scenario.accounts.isEmpty }

  var usedNames: Set<String> = []
  var usedPolicies: Set<String> = []
  var usedPrincipals: Set<String> = []
  /// How each policy is used, for the rules that hold for its kind.
  var policyUses: [String: [PolicyUse]] = [:]
  /// Policies that a step gives to AWS to be refused.
  var rejectedPolicies: Set<String> = []
  /// Places that were reported: a policy that is used five times is not reported five times.
  var reported: Set<SourceRange> = []
  /// Policies and role chains that are being walked, to notice circles.
  var walkedPolicies: [String] = []
  /// Where the first of them is used.
  var policyReference: SourceRange?
  var walkedChains: [String] = []
  var walkedTokens: [String] = []

  init(_ scenario: Scenario, findsWarnings: Bool, xpathProblem: @escaping (String) -> String?) {
    self.scenario = scenario
    self.findsWarnings = findsWarnings
    self.xpathProblem = xpathProblem
    scope = Scope(resolvable: scenario)
    folder = ScenarioFolder(of: scenario.source.path)
    variables = Set(scenario.variables.map(\.name.value))
    principals = Set(scenario.accounts.map(\.name.value)).union([Scenario.anonymous])
    let steps = scenario.allSteps
    let saved = steps.flatMap(\.saves).map { ($0.variable.value, $0.variable.range) }
    saves = Dictionary(saved) { first, _ in first }
    let become = steps.compactMap(\.become).map { ($0.value, $0.range) }
    becomes = Dictionary(become) { first, _ in first }
    declared = Dictionary(scenario.principals.map { ($0.name.value, $0) }) { first, _ in first }
    policies = Dictionary(scenario.policies.map { ($0.name.value, $0) }) { first, _ in first }
  }

  mutating func run() {
    checkDeclarations()
    checkNames()
    checkOrganization()
    checkFederation()
    for chapter in scenario.chapters {
      for step in chapter.steps { checkStep(step) }
    }
    // Teardown runs however the scenario ended: what may be missing then is the runner's to report.
    variables.formUnion(saves.keys)
    principals.formUnion(becomes.keys)
    for step in scenario.finally { checkStep(step) }
    checkPolicies()
    guard findsWarnings else { return }
    checkStepNames()
    checkUnused()
  }

  /// Reports at `diagnostic`'s place, once.
  mutating func report(_ diagnostic: Diagnostic) {
    if let range = diagnostic.range, !reported.insert(range).inserted { return }
    diagnostics.append(diagnostic)
  }
}

extension Scenario {
  /// The principal that sends requests without a signature.
  package static let anonymous = "anonymous"

  /// The steps of all chapters, and the final ones.
  package var allSteps: [Step] { chapters.flatMap(\.steps) + finally }
}

extension Scenario.Step {
  /// Whether the step runs the AWS CLI.
  package var isCommand: Bool { if case .cli = action { true } else { false } }

  /// The step's name, or what it does.
  package var title: String {
    if let name { return name.value }
    return switch action {
    case .call(let call): call.operation.value
    case .cli(let command): command.words.prefix(3).map { $0.literal ?? "…" }.joined(separator: " ")
    case .advance(let duration): "\(duration.value.text) pass"
    case .presign(let call, _): "presigned \(call.operation.value)"
    case .fetch: "fetch"
    case .switchRole: "switch role in the console"
    case .check: "check"
    }
  }
}

extension [Diagnostic] {
  /// In the order of the file at `path`; then those about other files.
  func sorted(from path: String) -> [Diagnostic] {
    func key(_ diagnostic: Diagnostic, _ offset: Int) -> (Int, String, SourcePosition, Int) {
      guard let range = diagnostic.range else { return (0, "", SourcePosition(line: 0, column: 0), offset) }
      return (range.file == path ? 0 : 1, range.file, range.start, offset)
    }
    return enumerated().map { (key($0.element, $0.offset), $0.element) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Whether any of them keeps the scenario from being run.
  package var hasErrors: Bool { contains { $0.severity == .error } }
}
