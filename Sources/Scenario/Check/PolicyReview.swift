import IAMPolicy
import JSON

/// Looks at a policy that the engine could read: at elements that its use forbids or demands, and at what is legal but surely
/// not what was meant.
struct PolicyReview {
  private(set) var diagnostics: [Diagnostic] = []
  private let places: PolicyPlaces
  private let document: PolicyDocument
  private let uses: Set<PolicyUse>

  init(_ document: PolicyDocument, places: PolicyPlaces, uses: [PolicyUse]) {
    self.document = document
    self.places = places
    self.uses = Set(uses)
    let statements = places.json["Statement"].map { $0.array ?? [$0] } ?? []
    for (statement, json) in zip(document.statements, statements) {
      checkElements(statement, json)
      warnOfBreadth(statement, json)
      warnOfVariables(statement)
      warnOfActions(statement)
      warnOfResources(statement)
    }
  }

  private mutating func error(_ message: String, at range: Range<Int>) {
    guard !places.isUnknown(range) else { return }
    diagnostics.append(.error(message, at: places.place(of: range)))
  }

  private mutating func warn(_ message: String, at range: Range<Int>, label: String? = nil) {
    guard !places.isUnknown(range) else { return }
    diagnostics.append(.warning(message, at: places.place(of: range), label: label))
  }

  /// The elements that IAM forbids or demands by the type of policy (IAM User Guide, "IAM JSON policy element reference").
  private mutating func checkElements(_ statement: PolicyDocument.Statement, _ json: JSONValue) {
    let members = json.object ?? []
    let principal = members.first { $0.name == "Principal" || $0.name == "NotPrincipal" }
    let resource = members.first { $0.name == "Resource" || $0.name == "NotResource" }
    for use in PolicyUse.allCases where uses.contains(use) {
      if let principal, use.principal == .forbidden {
        error("\(use.article) has no `\(principal.name)`: it is for whom it is attached to", at: principal.nameRange)
      }
      if principal == nil, use.principal == .demanded {
        error("\(use.article) needs `Principal`: whom it is for", at: json.range)
      }
      if let resource, use.resource == .forbidden {
        error("\(use.article) has no `\(resource.name)`: it is for the role that it belongs to", at: resource.nameRange)
      }
      if resource == nil, use.resource == .demanded {
        error("\(use.article) needs `Resource`: what it is about", at: json.range)
      }
    }
  }

  /// Grants of everything but something, and of something to everyone.
  private mutating func warnOfBreadth(_ statement: PolicyDocument.Statement, _ json: JSONValue) {
    guard statement.effect == .allow else { return }
    for member in json.object ?? [] {
      switch member.name {
      case "NotAction":
        warn("an Allow with `NotAction` allows every other action, those of other services too", at: member.nameRange)
      case "NotPrincipal":
        warn("an Allow with `NotPrincipal` allows everyone else, without an account too", at: member.nameRange)
      default: break
      }
    }
    guard statement.conditions.isEmpty, !uses.isDisjoint(with: [.trust, .bucket]), let principal = statement.principal,
      !principal.isNegated
    else { return }
    for entry in principal.entries where entry.kind == .aws && entry.value.text == "*" {
      let what = uses.contains(.trust) ? "every AWS account may assume this role" : "this is allowed to everyone"
      warn("\(what): `Principal` is `*`, and there is no condition", at: entry.value.range)
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

  private mutating func warnOfActions(_ statement: PolicyDocument.Statement) {
    for action in statement.action.patterns {
      guard let meant = KnownActions.suggestion(for: action.text) else { continue }
      warn("no action is known by the name `\(action.text)`", at: action.range, label: Suggestion.label(meant))
    }
  }

  /// An action on objects with the ARN of a bucket, or the other way round.
  private mutating func warnOfResources(_ statement: PolicyDocument.Statement) {
    guard let resource = statement.resource, !resource.isNegated, !statement.action.isNegated else { return }
    let kinds = Set(statement.action.patterns.map { KnownActions.kind(of: $0.text) })
    guard kinds.count == 1, let kind = kinds.first, let kind else { return }
    for pattern in resource.patterns {
      guard let path = S3Path(arn: pattern.text) else { continue }
      switch kind {
      case .object where !path.canBeObject:
        warn(
          "the action is on objects, and this is the ARN of a bucket", at: pattern.range,
          label: "write \(pattern.text)/*")
      case .bucket where !path.canBeBucket:
        warn("the action is on buckets, and this is the ARN of objects", at: pattern.range)
      case .object, .bucket: break
      }
    }
  }
}

/// What an ARN pattern of S3 can match.
private struct S3Path {
  var canBeBucket: Bool
  var canBeObject: Bool

  /// `nil` for anything but a pattern of S3's buckets and objects.
  init?(arn: String) {
    let prefix = "arn:aws:s3:::"
    guard arn.hasPrefix(prefix) else { return nil }
    let path = arn.dropFirst(prefix.count)
    let bucket = path.prefix { $0 != "/" }
    let isWild = bucket.contains("*")
    canBeObject = bucket.count < path.count || isWild
    canBeBucket = bucket.count == path.count || isWild
  }
}
