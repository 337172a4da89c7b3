/// The OpenID Connect providers whose issuer is the same for all their customers, of whom only a claim tells one from another.
///
/// "If the role trust policy does not evaluate the controls required by the shared OIDC IdP, the role creation or update would
/// fail" (IAM User Guide, "Identity-provider controls for shared OIDC providers"). That page lists them; of IBM Turbonomic's six
/// issuers one is here.
enum SharedIdentityProviders {
  /// The condition keys of which a trust in `provider`, an ARN or a domain, must ask for one; none for a provider of one's own.
  static func demandedKeys(_ provider: String) -> [String] {
    var issuer = provider
    if let arn = ARN(provider) {
      let prefix = "oidc-provider/"
      guard arn.service == "iam", arn.resource.hasPrefix(prefix) else { return [] }
      issuer = String(arn.resource.dropFirst(prefix.count))
    }
    let claims = claims[ASCII.lower(issuer)].map { $0.split(separator: " ").map(String.init) } ?? []
    return claims.map { $0.contains(":") ? $0 : "\(issuer):\($0)" }
  }

  /// The claims, or the whole key where it is not the issuer's. That GitHub's workflow may stand for its subject is from reports
  /// of trust policies that IAM takes.
  private static let claims = [
    "agent.buildkite.com": "sub",
    "api.pulumi.com/oidc": "aud",
    "app.terraform.io": "sub",
    "cognito-identity.amazonaws.com": "aud",
    "gitlab.com": "sub",
    "oidc-configuration.audit-log.githubusercontent.com": "sub",
    "oidc.codefresh.io": "sub",
    "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb": "sub",
    "oidc.vercel.com": "aud",
    "proidc.upbound.io": "sub",
    "sandboxes.cloud": "aud",
    "scalr.io": "sub",
    "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d": "sts:RoleSessionName",
    "studio.datachain.ai/api": "sub",
    "token.actions.githubusercontent.com": "sub job_workflow_ref",
    "tokens.cloud.shisho.dev": "sub",
    "vstoken.actions.githubusercontent.com": "sub",
  ]
}

extension PolicyValidator {
  /// Whom a shared provider may vouch for must be said in each statement that lets it.
  mutating func checkIdentityProviders(_ statement: PolicyDocument.Statement, _ place: StatementPlace) {
    guard type == .trust, statement.effect == .allow, let principal = statement.principal, !principal.isNegated,
      letsWebIdentitiesIn(statement)
    else { return }
    // What `Null` asks is whether there is a claim, not which.
    let keys = statement.conditions.filter { ConditionOperator($0.operatorName.text)?.comparison != .null }
      .map { ASCII.lower($0.key.text) }
    for entry in principal.entries where entry.kind == .federated {
      let demanded = SharedIdentityProviders.demandedKeys(entry.value.text)
      guard let key = demanded.first, demanded.allSatisfy({ !keys.contains(ASCII.lower($0)) }) else { continue }
      add(.missingCondition(key: key, provider: entry.value.text), "\(place.path).Principal", entry.value.range)
    }
  }

  private func letsWebIdentitiesIn(_ statement: PolicyDocument.Statement) -> Bool {
    let covers = statement.action.patterns.contains {
      Glob(ASCII.lower($0.text)).matches("sts:assumerolewithwebidentity")
    }
    return covers != statement.action.isNegated
  }
}
