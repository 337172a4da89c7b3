/// The rules that AWS does not document, or on which sources disagree, each with what was chosen and why.
///
/// Code that rests on one refers to it by name; `docs/policy-evaluation.md` lists them all.
public enum PolicyChoice: String, Sendable, Hashable, CaseIterable {
  /// When several layers deny, "AWS includes only one of those policy types in the error message" and does not say by which
  /// priority. Here the order of AWS's flow chart: RCP, SCP, (VPC endpoint,) resource or trust, identity, boundary, session.
  case orderOfDenyingLayers
  /// When several layers lack an allow, the one named is the first in AWS's flow chart: RCP, SCP, (VPC endpoint,) identity,
  /// trust, boundary, session; across accounts the resource's policy comes last.
  case orderOfMissingAllows
  /// Several session policies of one session are one layer: an allow in any of them is the layer's allow. AWS speaks of
  /// "the session policies" that are intersected with the rest, and does not intersect them with each other.
  case sessionPoliciesTogether
  /// `Principal: "*"` counts as a direct grant, which boundary and session policies do not limit implicitly, with
  /// conditions or without (AWS, "JSON policy elements: Principal", says so of `*` with `aws:PrincipalArn`).
  case everyoneIsADirectGrant
  /// `"*"` and `{"AWS": "*"}` are the same, also for services and identity providers; AWS calls them equivalent and
  /// speaks of anonymous users.
  case awsWildcardIsEveryone
  /// NotPrincipal spares whom it names, a session also by its role. Naming the account alone spares only its root user:
  /// AWS's example for NotPrincipal names a user and its account, and refuses the account's other users. Not naming the
  /// account as well "might" deny on AWS; here it does not.
  case notPrincipalSparesTheNamed
  /// A Deny with NotPrincipal always denies principals that carry a permissions boundary ("AWS JSON policy elements: NotPrincipal").
  case notPrincipalAndBoundaries
  /// An Allow with NotPrincipal, which AWS calls unsupported today, allows everyone but the named, as it was documented.
  case notPrincipalWithAllow
  /// A key with several values under an operator without `ForAllValues` or `ForAnyValue` does not match, negated or not.
  case multivaluedWithoutSetOperator
  /// A value that is no number, date, address, base64 or ARN, the request's or the policy's, fails its operator, negated or
  /// not, as AWS's policy simulator was observed to do for ARNs.
  case unreadableValue
  /// A key whose one value is the empty string is a "null dataset" to `ForAllValues` (true), `ForAnyValue` (false) and
  /// `Null` ("the key exists and its value is not null"); operators without a set compare it like any other.
  case emptyStringIsNull
  /// `ForAnyValue:…IfExists` on a missing key holds, by the definition of IfExists; a simulator says otherwise.
  case forAnyValueIfExists
  /// The page on operators allows variables in `Bool`, the page on variables does not. Here they are put in.
  case variablesInBool
  /// "If the `*` wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon
  /// boundaries" (AWS, "IAM JSON policy elements: Resource"), while wildcards are said to stand "within the individual
  /// segments" and S3's guide says that one "can't span segments". Here the first five parts match each by itself, and only
  /// a part behind which nothing stands, as in `arn:aws:sqs:*`, takes the rest.
  case wildcardsStayInTheirPart
  /// "When you specify an incomplete ARN (one with fewer than the standard six fields) in an identity-based policy, AWS
  /// automatically completes the ARN by adding wildcard characters (*) to all missing fields" (AWS, "IAM identifiers").
  /// Here in every kind of policy, and in ARN operators.
  case incompleteARNsAreCompleted
  /// An empty `Action`, `Resource` or `Principal` list, or its `Not…` form, "does not affect the policy" (AWS, "IAM Access
  /// Analyzer policy check reference", on empty arrays): its statement matches nothing, a Deny neither. An empty list of
  /// condition values is none that could match, of which a negated operator holds; an empty `Condition` is none.
  case emptyElements
  /// An entry of `NotResource` with a variable that has no value "will not match any resource", and so excludes none: the
  /// statement matches.
  case unresolvedVariableInNotResource
  /// What a variable brings matches literally, wildcards included: it is the request's data, not the policy's pattern.
  case variablesBringNoWildcards
  /// A session's ARN does not tell its role's path. Where only that ARN is known, a role of the same name is taken for
  /// the session's role, whatever its path; names are unique in an account.
  case sessionsMatchRolesByName
  /// A federated user's ARN "is based on the original identity that was federated": where only that ARN is known, the user
  /// of the same name is taken for the one who asked for the session.
  case federatedUsersMatchUsersByName
  /// Several permissions boundaries, which AWS does not let an entity have, each limit.
  case severalBoundaries
  /// Several policies of a network endpoint, which has but one, each limit.
  case severalEndpointPolicies
  /// Guardrails do not bind service-linked roles (AWS documents it of SCPs and of RCPs).
  case serviceLinkedRolesAreExempt
  /// Guardrails are taken as they are given: that RCPs bear only on some services, and that neither binds the
  /// management account, is for whoever hands them in.
  case guardrailsAsGiven
  /// A KMS key's policy, where it is known, must allow the principal or its account, within the account as well ("IAM role
  /// trust policies and KMS key policies are exceptions"). Where it is not known, the key is treated as any resource.
  case keyPoliciesMustAllow
  /// A role's trust policy must allow in every case; where it is not known, nobody is trusted.
  case trustMustAllow
  /// What changes AWS's own policies (`arn:aws:iam::aws:policy/…`) or reserved roles (`role/aws-reserved/…`) is refused,
  /// whatever the policies allow. AWS names no layer; here it is not an explicit deny.
  case ownedByAWS
}
