import JSON

extension PolicyValidator {
  mutating func checkPrincipals(_ statement: PolicyDocument.Statement, _ place: StatementPlace) {
    guard let principal = statement.principal, type.principalRule != .forbidden else { return }
    let name = principal.isNegated ? "NotPrincipal" : "Principal"
    let path = "\(place.path).\(name)"
    if principal.entries.isEmpty {
      add(.emptyElement("Principal"), path, place.member(name)?.value.range ?? place.json.range)
    }
    for entry in principal.entries where !isWellFormed(entry) {
      add(.principalForm(kind: entry.kind.rawValue, name: entry.value.text), path, entry.value.range)
    }
  }

  private func isWellFormed(_ entry: PolicyDocument.PrincipalElement.Entry) -> Bool {
    let name = entry.value.text
    // "You can only specify "*" in the Principal element of an RCP."
    if type == .resourceControl { return name == "*" }
    switch entry.kind {
    case .aws: return Self.isAWSPrincipal(name)
    case .service: return name == "*" || Self.isDomainName(name)
    case .federated: return name == "*" || Self.isProvider(name)
    case .canonicalUser: return type == .bucket && !name.isEmpty
    }
  }

  /// Everyone, an account, its root user, a user, a role, a session of either, or a unique id. Wildcards cannot stand for a
  /// part of a name, and groups are no principals.
  private static func isAWSPrincipal(_ name: String) -> Bool {
    if name == "*" || isAccount(name) || isUniqueID(name) { return true }
    guard let arn = ARN(name), arn.region.isEmpty, isAccount(arn.account), !hasWildcard(name) else { return false }
    let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
    switch (arn.service, parts[0]) {
    case ("iam", "root"): return parts.count == 1
    case ("iam", "user"), ("iam", "role"): return parts.count > 1 && !(parts.last?.isEmpty ?? true)
    case ("sts", "assumed-role"): return parts.count == 3 && !parts[1].isEmpty && !parts[2].isEmpty
    case ("sts", "federated-user"): return parts.count == 2 && !parts[1].isEmpty
    default: return false
    }
  }

  static func isAccount(_ name: String) -> Bool {
    name.utf8.count == 12 && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// `AIDA…` of a user, `AROA…` of a role: what a document reads as whose principal was deleted.
  private static func isUniqueID(_ name: String) -> Bool {
    (name.hasPrefix("AIDA") || name.hasPrefix("AROA")) && name.utf8.count >= 16
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }

  private static func isProvider(_ name: String) -> Bool {
    guard let arn = ARN(name) else { return isDomainName(name) }
    return arn.service == "iam" && isAccount(arn.account)
      && (arn.resource.hasPrefix("saml-provider/") || arn.resource.hasPrefix("oidc-provider/"))
  }

  private static func isDomainName(_ name: String) -> Bool {
    name.utf8.contains(UInt8(ascii: ".")) && !hasWildcard(name)
      && name.utf8.allSatisfy { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") }
  }

  private static func hasWildcard(_ name: String) -> Bool {
    name.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }
}
