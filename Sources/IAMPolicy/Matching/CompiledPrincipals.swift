/// How directly a policy of a resource names who asks. The stronger the grant, the fewer other layers it needs.
public enum GrantStrength: Int, Sendable, Hashable, Comparable {
  /// The whole account: the account's own policies still must allow.
  case account = 1
  /// The role of a session, or the user of a federated session: boundary and session policies still limit.
  case base = 2
  /// The very user, session, service or provider, or everyone.
  case direct = 3

  /// Whether `left` grants less.
  public static func < (left: GrantStrength, right: GrantStrength) -> Bool { left.rawValue < right.rawValue }
}

/// The `Principal` element made ready.
struct CompiledPrincipals: Sendable {
  let isNegated: Bool
  private let effect: PolicyDocument.Effect
  private let entries: [Entry]

  private enum Entry: Sendable {
    case everyone
    case account(String)
    case arn(String)
    /// A principal's unique id, which AWS keeps in place of an ARN that it has resolved.
    case uniqueID(String)
    case service(String)
    case federated(String)
    case canonicalUser(String)
  }

  init(_ element: PolicyDocument.PrincipalElement, effect: PolicyDocument.Effect) {
    isNegated = element.isNegated
    self.effect = effect
    entries = element.entries.map { entry in
      let text = entry.value.text
      switch entry.kind {
      case .service: return .service(ASCII.lower(text))
      case .federated: return .federated(text)
      case .canonicalUser: return .canonicalUser(text)
      case .aws: return Self.entry(aws: text)
      }
    }
  }

  private static func entry(aws text: String) -> Entry {
    if text == "*" { return .everyone }
    if ARN.isAccount(text) { return .account(text) }
    guard let arn = ARN(text) else { return .uniqueID(text) }
    return arn.service == "iam" && arn.resource == "root" ? .account(arn.account) : .arn(text)
  }

  /// How strongly the element names `principal`; `nil` where it does not.
  func strength(for principal: RequestPrincipal) -> GrantStrength? {
    guard isNegated else { return strongestNamed(principal) }
    // PolicyChoice.emptyElements
    guard !entries.isEmpty else { return nil }
    return spares(principal) ? nil : .direct
  }

  private func strongestNamed(_ principal: RequestPrincipal) -> GrantStrength? {
    var strongest: GrantStrength?
    for entry in entries {
      guard let strength = strength(of: entry, for: principal) else { continue }
      if strength == .direct { return .direct }
      strongest = strongest.map { max($0, strength) } ?? strength
    }
    return strongest
  }

  /// Whether NotPrincipal leaves `principal` alone: ``PolicyChoice/notPrincipalSparesTheNamed`` and, in a Deny, for a
  /// principal with a boundary, ``PolicyChoice/notPrincipalAndBoundaries``.
  private func spares(_ principal: RequestPrincipal) -> Bool {
    if effect == .deny, principal.hasPermissionsBoundary { return false }
    guard let strength = strongestNamed(principal) else { return false }
    return strength > .account || principal.kind == .root
  }

  private func strength(of entry: Entry, for principal: RequestPrincipal) -> GrantStrength? {
    switch entry {
    case .everyone: .direct
    case .account(let account): !account.isEmpty && account == principal.account ? .account : nil
    case .arn(let arn):
      // The role comes first: who is only known as some session of a role is named by the role, not directly.
      if principal.isBased(on: arn) { .base } else { arn.hasSameBytes(as: principal.arn) ? .direct : nil }
    case .uniqueID(let id):
      if id == principal.uniqueID { principal.kind == .roleSession ? .base : .direct } else { nil }
    case .service(let name): principal.kind == .service && name == ASCII.lower(principal.arn) ? .direct : nil
    case .federated(let provider):
      principal.kind == .federated && provider.hasSameBytes(as: principal.arn) ? .direct : nil
    case .canonicalUser(let id): id == principal.canonicalUserID ? .account : nil
    }
  }
}

extension RequestPrincipal {
  /// Whether `arn` is that of the role, or of the issuing user, behind a session.
  fileprivate func isBased(on arn: String) -> Bool {
    guard let baseARN else { return false }
    if arn.hasSameBytes(as: baseARN) { return true }
    // The path is unknown: PolicyChoice.sessionsMatchRolesByName, PolicyChoice.federatedUsersMatchUsersByName.
    guard matchesBaseByName, let named = ARN(arn), let base = ARN(baseARN) else { return false }
    let (namedParts, baseParts) = (named.resource.split(separator: "/"), base.resource.split(separator: "/"))
    return named.service == "iam" && named.partition == base.partition && named.account == base.account
      && namedParts.count > 1 && namedParts.first == baseParts.first && namedParts.last == baseParts.last
  }
}
