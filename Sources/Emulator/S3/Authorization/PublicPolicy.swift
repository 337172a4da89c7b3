import IAMPolicy

/// Whether a bucket policy is public in the sense of S3 Block Public Access.
///
/// Source: S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of public": a policy is taken for
/// public until each of its grants is to fixed values, without wildcards or variables, of a principal, an account, a network
/// or the like.
enum PublicPolicy {
  static func isPublic(_ policy: StoredPolicy) -> Bool {
    policy.compiled.document.statements.contains(where: isPublic)
  }

  private static func isPublic(_ statement: PolicyDocument.Statement) -> Bool {
    guard statement.effect == .allow, let principal = statement.principal else { return false }
    let isForEveryone = principal.isNegated || principal.entries.contains { $0.value.text == "*" }
    return isForEveryone && !statement.conditions.contains(where: fixes)
  }

  /// Keys whose fixed values keep a grant from being public, in lower case.
  private static let keys: Set<String> = [
    "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
    "aws:principalservicename", "aws:sourceaccount", "aws:sourcearn", "aws:sourceip", "aws:sourceorgid",
    "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn", "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ]

  /// Whether a condition holds for fixed values of such a key only.
  private static func fixes(_ condition: PolicyDocument.ConditionElement) -> Bool {
    guard let condition = Condition(condition), keys.contains(condition.key) else { return false }
    return condition.key == "aws:sourceip"
      ? condition.values.allSatisfy(isNarrowNetwork) : condition.values.allSatisfy(isFixed)
  }

  /// A condition that demands one of its values; `nil` for every other kind.
  private struct Condition {
    var key: String
    var values: [String]

    init?(_ element: PolicyDocument.ConditionElement) {
      guard let comparison = ConditionOperator(element.operatorName.text), !comparison.isNegated, !comparison.ifExists,
        comparison.qualifier != .forAllValues, !element.values.isEmpty
      else { return nil }
      key = element.key.text.lowercased()
      values = element.values.map(\.text)
    }
  }

  private static func isFixed(_ value: String) -> Bool {
    !value.utf8.contains(UInt8(ascii: "*")) && !value.utf8.contains(UInt8(ascii: "?")) && !value.contains("${")
  }

  /// Networks broader than /8 (IPv4) or /32 (IPv6) are as good as everyone.
  private static func isNarrowNetwork(_ value: String) -> Bool {
    let parts = value.split(separator: "/")
    guard isFixed(value), let address = parts.first else { return false }
    guard parts.count == 2, let length = Int(parts[1]) else { return parts.count == 1 }
    return length >= (address.utf8.contains(UInt8(ascii: ":")) ? 32 : 8)
  }
}
