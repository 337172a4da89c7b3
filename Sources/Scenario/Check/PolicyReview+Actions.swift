import AWSAPI
import IAMPolicy

extension PolicyReview {
  /// Actions that their service does not have.
  mutating func warnOfActions(_ statement: PolicyDocument.Statement) {
    for action in statement.action.patterns {
      let parts = action.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[1].isEmpty, ServiceActions.exists(parts[1], in: parts[0]) == false else {
        continue
      }
      let meant = NearestName.of(parts[1], among: ServiceActions.names(of: parts[0]) ?? [])
      warn(
        "no action is known by the name `\(action.text)`", at: action.range,
        label: meant.map { Suggestion.label("\(parts[0]):\($0)") })
    }
  }

  /// Resources that none of the statement's actions touches, and actions that touch none of its resources.
  mutating func warnOfResources(_ statement: PolicyDocument.Statement) {
    guard let resource = statement.resource, !resource.isNegated, !statement.action.isNegated else { return }
    let resources = resource.patterns.filter { !isUnknown($0) }
    guard resources.count == resource.patterns.count else { return }
    let targets = statement.action.patterns.map { ActionTargets(of: $0.text) }
    let untouched = resources.filter { pattern in targets.allSatisfy { !$0.includes(pattern.text) } }
    for pattern in untouched {
      warn(Self.untouched(by: targets), at: pattern.range, label: Self.remedy(pattern, targets))
    }
    // Of a bucket's policy, S3 refuses the rest.
    guard untouched.count < resources.count, !isUsed(as: .bucket) else { return }
    for (action, target) in zip(statement.action.patterns, targets) {
      guard resources.allSatisfy({ !target.includes($0.text) }), let noun = target.noun else { continue }
      warn("the action is on \(noun), and none of the resources is one", at: action.range)
    }
  }

  private static func untouched(by targets: [ActionTargets]) -> String {
    switch Set(targets.map(\.noun)) {
    case ["objects"]: "the action is on objects, and this is the ARN of a bucket"
    case ["buckets"]: "the action is on buckets, and this is the ARN of objects"
    default: "none of the actions touches this resource"
    }
  }

  private static func remedy(_ pattern: PolicyDocument.Located, _ targets: [ActionTargets]) -> String? {
    Set(targets.map(\.noun)) == ["objects"] && S3ActionTargets.kinds(ofResource: pattern.text) == [.bucket]
      ? "add `/*`" : nil
  }

  /// Whoever may pass every role may take every role's rights, through whatever service will run as it.
  mutating func warnOfPassingRoles(_ statement: PolicyDocument.Statement) {
    guard statement.effect == .allow, let resource = statement.resource, !resource.isNegated,
      !statement.action.isNegated,
      !statement.conditions.contains(where: { $0.key.text.lowercased() == "iam:passedtoservice" })
    else { return }
    for action in statement.action.patterns where action.text.lowercased() == "iam:passrole" {
      for pattern in resource.patterns where pattern.text == "*" {
        warn("with `iam:PassRole` on `*` every role's rights can be had: name the roles", at: pattern.range)
      }
    }
  }
}

/// The resources that an action touches, as far as that is known.
struct ActionTargets {
  private enum Extent {
    /// Not known, or everything.
    case everything
    case s3(Set<S3ActionTargets.Kind>)
    /// The types of IAM's resources, `role`.
    case iam(Set<String>)
  }

  private let extent: Extent

  init(of action: String) {
    extent = Self.extent(of: action)
  }

  private static func extent(of action: String) -> Extent {
    let parts = action.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return .everything }
    let hasWildcard = parts[1].utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    switch parts[0].lowercased() {
    case "s3":
      if hasWildcard { return .s3([.bucket, .object]) }
      return S3ActionTargets.kind(of: parts[1]).map { .s3([$0]) } ?? .everything
    case "sts" where parts[1].lowercased() == "assumerole": return .iam(["role"])
    case "iam" where parts[1].lowercased() == "passrole": return .iam(["role"])
    case "iam" where !hasWildcard: return KnownActions.types(ofIAM: parts[1]).map { .iam($0) } ?? .everything
    default: return .everything
    }
  }

  /// What the action is on, in words; `nil` where it is on more than one kind of thing.
  var noun: String? {
    switch extent {
    case .s3(let kinds) where kinds.count == 1: kinds.contains(.object) ? "objects" : "buckets"
    case .iam(let types): types.count == 1 ? types.first.map { $0 == "policy" ? "policies" : $0 + "s" } : nil
    case .s3, .everything: nil
    }
  }

  /// Whether the action can touch something that `pattern` matches.
  func includes(_ pattern: String) -> Bool {
    guard pattern != "*", let arn = ARN(pattern) else { return true }
    switch extent {
    case .everything: return true
    case .s3(let kinds):
      // An access point's ARN has a region; it leads to objects and to a bucket.
      guard Self.canBe(arn.service, "s3") else { return false }
      return !arn.region.isEmpty || !S3ActionTargets.kinds(ofResource: pattern).isDisjoint(with: kinds)
    case .iam(let types):
      guard Self.canBe(arn.service, "iam") else { return false }
      let type = arn.resource.prefix { $0 != "/" }
      return type.contains("*") || type.contains("?") || type.contains("$") || types.contains(String(type))
    }
  }

  private static func canBe(_ pattern: String, _ service: String) -> Bool {
    pattern == service || pattern.contains("*")
  }
}
