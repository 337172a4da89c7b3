/// The rules that AWS does not document, or on which sources disagree, each with what was chosen and why.
///
/// Code that rests on one refers to it by name; `docs/policy-evaluation.md` lists them all.
public enum PolicyChoice: String, Sendable, Hashable, CaseIterable {
  /// When several layers deny, AWS names one and does not say by which priority. Here: SCP, RCP, VPC endpoint, resource
  /// or trust, identity, boundary, session.
  case orderOfDenyingLayers
  /// Several session policies of one session are one layer: an allow in any of them is the layer's allow. AWS speaks of
  /// "the session policies" that are intersected with the rest, and does not intersect them with each other.
  case sessionPoliciesTogether
  /// `Principal: "*"` counts as a direct grant, which boundary and session policies do not limit implicitly, with
  /// conditions or without (AWS, "Permissions boundaries for IAM entities", says so of `*` with `aws:PrincipalArn`).
  case everyoneIsADirectGrant
  /// NotPrincipal spares whom it names, a session also by its role. Naming the account alone spares only its root user:
  /// AWS's example for NotPrincipal names a user and its account, and refuses the account's other users.
  case notPrincipalSparesTheNamed
  /// A Deny with NotPrincipal always denies principals that carry a permissions boundary ("AWS JSON policy elements: NotPrincipal").
  case notPrincipalAndBoundaries
  /// A key with several values under an operator without `ForAllValues` or `ForAnyValue` does not match, negated or not.
  case multivaluedWithoutSetOperator
  /// A request value that is no number, date, address or ARN fails its operator, negated or not, as AWS's policy
  /// simulator was observed to do for ARNs.
  case unreadableRequestValue
  /// `ForAnyValue:…IfExists` on a missing key holds, by the definition of IfExists; a simulator says otherwise.
  case forAnyValueIfExists
  /// A session's ARN does not tell its role's path. Where only that ARN is known, a role of the same name is taken for
  /// the session's role, whatever its path; names are unique in an account.
  case sessionsMatchRolesByName
  /// Several permissions boundaries, which AWS does not let an entity have, each limit.
  case severalBoundaries
  /// Guardrails do not bind service-linked roles (AWS documents it of SCPs and of RCPs).
  case serviceLinkedRolesAreExempt
  /// Where neither the identity nor the resource allows across accounts, the identity's side is named.
  case crossAccountNamesIdentityFirst
}
