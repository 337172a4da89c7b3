import AWSAPI
import IAMPolicy

/// Policies that are held against questions which nobody asks in earnest.
///
/// Source: API reference, SimulatePrincipalPolicy, SimulateCustomPolicy, `EvaluationResult`, `ResourceSpecificResult`.
struct Simulation {
  private let subject: SimulationSubject
  private let layers: PolicyLayers
  private let resourcePolicy: SimulatedPolicy?
  private let context: RequestContext
  private let resourceOwner: String?

  init(_ subject: SimulationSubject, _ call: Call, guardrails: [[AttachedPolicy]]?) throws(AWSError) {
    self.subject = subject
    resourcePolicy = try call.string("ResourcePolicy").map { text throws(AWSError) in
      SimulatedPolicy(id: "ResourcePolicy", policy: try StoredPolicy(simulatedPolicy: text))
    }
    var layers = PolicyLayers()
    layers.identity = subject.identity.map(\.attached)
    layers.permissionsBoundaries = subject.boundaries.map(\.attached)
    layers.resource = resourcePolicy?.attached
    layers.serviceControl = guardrails
    self.layers = layers
    var context = RequestContext()
    for entry in call.parameters["ContextEntries"]?.list ?? [] {
      guard let entry = entry.structure, let name = entry["ContextKeyName"]?.string else { continue }
      context[name] = entry["ContextKeyValues"]?.list?.compactMap(\.string) ?? []
    }
    self.context = context
    // An account's ARN, `arn:aws:iam::123456789012:root`, or its digits.
    resourceOwner = call.string("ResourceOwner").map { ARN($0)?.account ?? $0 }
  }

  /// What comes of one action on one resource.
  func result(_ action: String, _ resource: String) -> AWSStructure {
    let request = request(action, resource, owner: owner(of: resource))
    let layers = layers(for: request)
    let decision = layers.decide(request)
    let matched = matchedStatements(layers, request, decision)
    let missing = AWSValue.list(missingKeys(request).map(AWSValue.string))
    let word = AWSValue.string(decision.effect.rawValue)
    let boundary: AWSValue? =
      subject.boundaries.isEmpty
      ? nil
      : ["AllowedByPermissionsBoundary": .boolean(isAllowed(request) { $0.identity = layers.permissionsBoundaries })]
    var result: AWSStructure = [
      "EvalActionName": .string(action), "EvalResourceName": .string(resource), "EvalDecision": word,
      "MatchedStatements": matched, "PermissionsBoundaryDecisionDetail": boundary,
    ]
    if let guardrails = layers.serviceControl {
      result["OrganizationsDecisionDetail"] = [
        "AllowedByOrganizations": .boolean(
          isAllowed(request) {
            $0.identity = [Self.everything]
            $0.serviceControl = guardrails
          })
      ]
    }
    // "If you include a list of resources, then any missing context values are instead included under the
    // ResourceSpecificResults section."
    result["MissingContextValues"] = resource == "*" ? missing : .list([])
    guard resource != "*" else { return result }
    // "If an Organizations SCP included in the evaluation denies access, … this parameter is not returned."
    let details = decision.decidedBy.layer == .serviceControl ? nil : details(layers, request)
    result["EvalDecisionDetails"] = details.map(AWSValue.structure)
    result["ResourceSpecificResults"] = [
      [
        "EvalResourceName": .string(resource), "EvalResourceDecision": word, "MatchedStatements": matched,
        "MissingContextValues": missing, "PermissionsBoundaryDecisionDetail": boundary,
        "EvalDecisionDetails": details.flatMap { $0.isEmpty ? nil : .structure($0) },
      ]
    ]
    return result
  }

  private func request(_ action: String, _ resource: String, owner: String) -> AuthorizationRequest {
    AuthorizationRequest(
      principal: subject.principal, action: action, resource: resource, resourceAccount: owner, context: context,
      completion: subject.isNobody ? .none : .all)
  }

  /// `ResourceOwner` is the owner "of any simulated resource that does not identify its owner in the resource ARN". Where
  /// only the principal's policies are simulated, a resource is as its own.
  private func owner(of resource: String) -> String {
    let own = subject.principal.account
    if resourcePolicy == nil, resourceOwner == nil { return own }
    let named = ARN(resource)?.account ?? ""
    return named.isEmpty ? resourceOwner ?? own : named
  }

  private func layers(for request: AuthorizationRequest) -> PolicyLayers {
    guard request.isAnsweredByTrust, resourcePolicy == nil else { return layers }
    var layers = layers
    layers.resource = trust
    return layers
  }

  /// "Simulation of resource-based policies isn't supported for IAM roles": that a role trusts the principal's account is
  /// taken for granted, so that the principal's own policies decide whether it may assume it.
  private var trust: AttachedPolicy {
    let text = """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"\(subject.principal.account)"},
       "Action":"sts:*"}}
      """
    return AttachedPolicy(StoredPolicy(trusted: text).compiled)
  }

  /// The statements that made the decision: those that deny, or else those that allow.
  private func matchedStatements(
    _ layers: PolicyLayers, _ request: AuthorizationRequest, _ decision: Decision
  ) -> AWSValue {
    let effect: PolicyDocument.Effect = decision.effect == .explicitDeny ? .deny : .allow
    let traces = layers.explain(request).filter { $0.outcome == .matches && $0.effect == effect }
    return .list(
      traces.compactMap { trace in
        guard trace.statement.layer != .serviceControl,
          let source = policies.first(where: { $0.id == trace.statement.policyName }),
          let statement = source.policy.compiled.document.statements.first(where: { $0.index == trace.statement.index })
        else { return nil }
        let position = source.position(of: statement)
        let isResource = trace.statement.layer == .resource || trace.statement.layer == .trust
        return [
          "SourcePolicyId": .string(source.id),
          "SourcePolicyType": isResource ? "Resource Policy" : "IAM Policy",
          "StartPosition": position.start, "EndPosition": position.end,
        ]
      })
  }

  private var policies: [SimulatedPolicy] {
    subject.identity + subject.boundaries + (resourcePolicy.map { [$0] } ?? [])
  }

  /// The keys that the policies ask for and nobody has given.
  private func missingKeys(_ request: AuthorizationRequest) -> [String] {
    policies.flatMap(\.contextKeys).uniqueKeys.filter { request.context[$0] == nil }
  }

  /// Whether some policies alone allow the request, as if the resource were the principal's own.
  private func isAllowed(_ request: AuthorizationRequest, by fill: (inout PolicyLayers) -> Void) -> Bool {
    var alone = PolicyLayers()
    fill(&alone)
    let home = self.request(request.action, request.resource, owner: request.principal.account)
    if home.isAnsweredByTrust { alone.resource = trust }
    return alone.decide(home).isAllowed
  }

  /// What each side says, for a resource of another account; empty within one.
  private func details(_ layers: PolicyLayers, _ request: AuthorizationRequest) -> AWSStructure {
    guard request.principal.account != request.resourceAccount else { return [:] }
    var identity = layers
    let home = self.request(request.action, request.resource, owner: request.principal.account)
    identity.resource = home.isAnsweredByTrust ? trust : nil
    var resource = PolicyLayers()
    resource.resource = layers.resource
    resource.identity = [Self.everything]
    return [
      "IAM Policy": .string(identity.decide(home).effect.rawValue),
      "Resource Policy": .string(resource.decide(request).effect.rawValue),
    ]
  }

  private static let everything = AttachedPolicy(
    StoredPolicy(trusted: #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#)
      .compiled)
}
