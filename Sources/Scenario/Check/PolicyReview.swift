import IAMPolicy
import JSON

/// Looks at a policy that AWS would take for what is legal but surely not what was meant.
struct PolicyReview {
  private(set) var diagnostics: [Diagnostic] = []
  let document: PolicyDocument
  private let places: PolicyPlaces
  private let types: Set<PolicyType>
  private let accounts: Set<String>

  /// - Parameter accounts: the ids of the scenario's accounts; where it is empty, that is reported elsewhere.
  init(_ document: PolicyDocument, places: PolicyPlaces, types: [PolicyType], accounts: Set<String>) {
    self.document = document
    self.places = places
    self.types = Set(types)
    self.accounts = accounts
    let statements = places.json["Statement"].map { $0.array ?? [$0] } ?? []
    for (statement, json) in zip(document.statements, statements) {
      warnOfBreadth(statement, json)
      warnOfStrangers(statement)
      warnOfVariables(statement)
      warnOfActions(statement)
      // A trust has no resource, and S3 refuses what a bucket's statement is not about.
      if !self.types.contains(.trust) { warnOfResources(statement) }
      warnOfPassingRoles(statement)
      warnOfConditions(statement)
      warnOfKeys(statement)
    }
  }

  mutating func warn(_ message: String, at range: Range<Int>, label: String? = nil) {
    guard !places.isUnknown(range) else { return }
    diagnostics.append(.warning(message, at: places.place(of: range), label: label))
  }

  /// Whether nothing can be said of the value, because what it stands for is not known before the run.
  func isUnknown(_ text: PolicyDocument.Located) -> Bool { places.isUnknown(text.range) }

  func isUsed(as type: PolicyType) -> Bool { types.contains(type) }

  /// Grants of everything but something, and of something to everyone.
  private mutating func warnOfBreadth(_ statement: PolicyDocument.Statement, _ json: JSONValue) {
    guard statement.effect == .allow else { return }
    // Of what a service control policy allows nothing is granted: it is a ceiling.
    let isGuardrail = !types.isEmpty && types.isSubset(of: [.serviceControl, .resourceControl])
    for member in json.object ?? [] {
      switch member.name {
      case "NotAction" where !isGuardrail:
        warn("an Allow with `NotAction` allows every other action, those of other services too", at: member.nameRange)
      case "NotPrincipal":
        warn("an Allow with `NotPrincipal` allows everyone else, without an account too", at: member.nameRange)
      default: break
      }
    }
    guard statement.conditions.isEmpty, !types.isDisjoint(with: [.trust, .bucket]), let principal = statement.principal,
      !principal.isNegated
    else { return }
    for entry in principal.entries where entry.kind == .aws && entry.value.text == "*" {
      let what = types.contains(.trust) ? "every AWS account may assume this role" : "this is allowed to everyone"
      warn("\(what): `Principal` is `*`, and there is no condition", at: entry.value.range)
    }
  }

  /// Principals of accounts that the scenario does not have, which the emulator refuses.
  private mutating func warnOfStrangers(_ statement: PolicyDocument.Statement) {
    guard !accounts.isEmpty else { return }
    for entry in statement.principal?.entries ?? [] where entry.kind == .aws {
      let name = entry.value.text
      let account = ARN(name)?.account ?? name
      guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        !accounts.contains(account)
      else { continue }
      warn("account \(account) is none of the scenario's: the emulator has no such principal", at: entry.value.range)
    }
  }

  /// `${aws:username}` is text in policies without the current version (IAM User Guide, "Version").
  private mutating func warnOfVariables(_ statement: PolicyDocument.Statement) {
    guard document.version == .v2008 else { return }
    let texts = (statement.resource?.patterns ?? []) + statement.conditions.flatMap(\.values)
    for text in texts where text.text.utf8.contains(UInt8(ascii: "$")) && text.text.firstRange(of: "${") != nil {
      warn("`${…}` is a variable only in a policy with Version 2012-10-17", at: text.range)
    }
  }
}
