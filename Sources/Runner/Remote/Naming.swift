import AWSAPI
package import Scenario

/// What a scenario's names are on a target, and back.
package struct Naming: Sendable {
  package let run: RunID
  /// The names as the scenario has them, by key.
  package let canonical: [String: String]
  /// What they are on the target, by key.
  package private(set) var actual: [String: String]
  /// Names of resources that are there already, by key.
  package let existing: [String: String]
  /// Names that a step writes itself, and what they became.
  private(set) var literals: [String: String] = [:]
  private let accounts: [(canonical: String, actual: String)]

  /// - Parameters:
  ///   - accounts: the target's ids, by the scenario's names of accounts.
  ///   - existing: names of resources that are there already, by key.
  package init(
    _ scenario: Scenario, run: RunID, accounts: [String: String], existing: [String: String]
  ) throws(Diagnostic) {
    self.run = run
    canonical = try Scope(scenario).names
    self.existing = existing.filter { [canonical] in canonical[$0.key] != nil }
    self.accounts = scenario.accounts.compactMap { account in
      accounts[account.name.value].map { (canonical: account.id.value, actual: $0) }
    }
    actual = canonical
    for key in Self.made(by: scenario) {
      if let name = canonical[key] { actual[key] = run.unique(name) }
    }
    actual.merge(self.existing) { _, existing in existing }
  }

  /// The keys of the names under which steps make something. Other names (of objects, of sessions) are nobody else's
  /// business, and stay.
  private static func made(by scenario: Scenario) -> Set<String> {
    var keys: Set<String> = []
    for step in scenario.allSteps {
      guard case .call(let call) = step.action, let parameter = call.madeName else { continue }
      for case .scalar(let template) in [parameter] {
        for reference in template.references where reference.path.first == "names" && reference.path.count == 2 {
          keys.insert(reference.path[1])
        }
      }
    }
    return keys
  }

  /// Whether `text` is, or names, something that this run made: its name ends with the run's id.
  func isOurs(_ text: String) -> Bool { text.range(ofText: run.text) != nil }

  /// The key under which `text` (a name, or an ARN with one) is a resource that was there before.
  func existingKey(of text: String) -> String? {
    let name = text.split(separator: "/").last.map(String.init) ?? text
    return existing.first { $0.value == text || $0.value == name }?.key
  }

  /// `name` as only this run has it: what a step makes under a name of its own.
  mutating func unique(_ name: String) -> String {
    if isOurs(name) { return name }
    if let known = literals[name] { return known }
    let unique = run.unique(name)
    literals[name] = unique
    return unique
  }

  // MARK: Text

  /// Turns what the scenario says into what the target is to read: ids of accounts, and the run's path in ARNs.
  func outgoing() -> @Sendable (String) -> String {
    var ids = TextReplacement()
    for account in accounts { ids.add(account.canonical, account.actual, boundary: .number) }
    let paths = ARNPaths(self, accounts: Set(accounts.map(\.actual)))
    return { [ids] in paths.apply(ids.apply($0)) }
  }

  /// Turns what the target says into the scenario's own words.
  package func canonicalizer() -> Canonicalizer {
    var text = TextReplacement()
    for (key, name) in actual {
      guard let canonical = canonical[key] else { continue }
      text.add(name, canonical, boundary: existing[key] == nil ? .none : .word)
    }
    for (canonical, name) in literals { text.add(name, canonical) }
    for account in accounts { text.add(account.actual, account.canonical, boundary: .number) }
    for slash in ["/", "%2F"] { text.add("\(RunID.pathRoot)\(slash)\(run.text)\(slash)", "") }
    return Canonicalizer(text: text)
  }
}

extension Scenario.Call {
  /// What the call names that it makes.
  fileprivate var madeName: TemplateValue? {
    let kind = ResourceKind.allCases.first { "\($0.service.rawValue):\($0.create)" == operation.value }
    return kind?.nameParameter.flatMap { parameters[$0] }
  }
}

/// Puts the run's path into ARNs of what it makes, in policies and parameters: `role/Name` is `role/iamdrill/…/Name` there.
struct ARNPaths: Sendable {
  private let path: String
  private let accounts: Set<String>
  private let existing: Set<String>

  init(_ naming: Naming, accounts: Set<String>) {
    path = String(naming.run.path.dropFirst())
    existing = Set(naming.existing.values)
    self.accounts = accounts
  }

  private static let kinds = ["role/", "user/", "group/", "policy/", "instance-profile/", "mfa/"]

  func apply(_ text: String) -> String {
    guard text.range(ofText: ":iam::") != nil else { return text }
    var result = ""
    var rest = text[...]
    while let found = rest.range(ofText: ":iam::") {
      result += rest[..<found.upperBound]
      rest = rest[found.upperBound...]
      guard let colon = rest.firstIndex(of: ":") else { continue }
      let account = String(rest[..<colon])
      guard account == "*" || accounts.contains(account) else { continue }
      let resource = rest[rest.index(after: colon)...]
      guard let kind = Self.kinds.first(where: { resource.hasPrefix($0) }) else { continue }
      let name = resource.dropFirst(kind.count)
      guard !name.hasPrefix(path), !isForeign(name) else { continue }
      result += rest[...colon] + kind + path
      rest = name
    }
    return result + rest
  }

  /// Whether the name is a resource that was there before, or one of AWS's own, or all there are.
  private func isForeign(_ text: Substring) -> Bool {
    let name = text.prefix { !"\" ,'\\".contains($0) }
    return name.isEmpty || name.hasPrefix("*") || name.hasPrefix("aws-service-role/")
      || existing.contains(String(name.split(separator: "/").last ?? ""))
  }
}
