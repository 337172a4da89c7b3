import AWSAPI
import IAMPolicy

// Keys that requests never have: on AWS nothing refuses them, and the statement does not do what it says.
extension PolicyReview {
  mutating func warnOfKeys(_ statement: PolicyDocument.Statement) {
    for condition in statement.conditions {
      let key = condition.key.text
      guard let exists = ServiceConditionKeys.exists(key) else {
        warnOfGlobal(condition.key)
        continue
      }
      guard exists else {
        warnOfUnknown(condition.key)
        continue
      }
      guard !statement.action.isNegated else { continue }
      let without = statement.action.patterns.filter { !isUnknown($0) && !ServiceConditionKeys.canHave($0.text, key) }
      guard !without.isEmpty else { continue }
      if without.count == statement.action.patterns.count {
        let consequence = condition.holdsWithoutKey ? "the condition always holds" : "the statement never matches"
        warn("\(consequence): no action of the statement has `\(key)`", at: condition.key.range)
      } else if !condition.holdsWithoutKey {
        for action in without {
          warn("the statement never covers this action, which has no `\(key)`", at: action.range)
        }
      }
    }
  }

  /// A global key is only told to be misspelt where it is close to one that is known: AWS adds to them.
  private mutating func warnOfGlobal(_ key: PolicyDocument.Located) {
    let stem = String(key.text.prefix { $0 != "/" })
    let known = stem == key.text ? Self.globalKeys : Self.globalTagKeys
    guard stem.lowercased().hasPrefix("aws:"), !known.contains(where: { $0.lowercased() == stem.lowercased() }),
      let meant = NearestName.of(stem, among: known)
    else { return }
    warn("no condition key is known by the name `\(stem)`", at: key.range, label: Suggestion.label(meant))
  }

  private static let globalTagKeys = ["aws:PrincipalTag", "aws:RequestTag", "aws:ResourceTag"]

  /// Source: IAM User Guide, "AWS global condition context keys".
  private static let globalKeys = """
    AssumedRoot CalledVia CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime Ec2InstanceSourcePrivateIPv4
    Ec2InstanceSourceVpc EpochTime FederatedProvider IsMcpServiceAction MultiFactorAuthAge MultiFactorAuthPresent
    PrincipalAccount PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths PrincipalServiceName
    PrincipalServiceNamesList PrincipalType Referer RequestedRegion ResourceAccount ResourceOrgID ResourceOrgPaths
    SecureTransport SignInSessionArn SourceAccount SourceArn SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceOwner
    SourceVpc SourceVpcArn SourceVpce TagKeys TokenIssueTime UserAgent ViaAWSService VpceAccount VpceOrgID VpceOrgPaths
    VpcSourceIp userid username
    """.split(whereSeparator: \.isWhitespace).map { "aws:" + $0 }

  private mutating func warnOfUnknown(_ key: PolicyDocument.Located) {
    let service = key.text.prefix { $0 != ":" }.lowercased()
    let meant = NearestName.of(key.text, among: ServiceConditionKeys.names(of: service) ?? [])
    warn(
      "no condition key is known by the name `\(key.text)`", at: key.range,
      label: meant.map { Suggestion.label($0) })
  }
}

extension PolicyDocument.ConditionElement {
  /// Whether the condition holds for requests that do not have its key.
  fileprivate var holdsWithoutKey: Bool {
    guard let name = ConditionOperator(operatorName.text) else { return false }
    if name.comparison == .null { return values.contains { $0.text.lowercased() == "true" } }
    if name.ifExists || name.qualifier == .forAllValues { return true }
    return name.isNegated && name.qualifier == nil
  }
}
