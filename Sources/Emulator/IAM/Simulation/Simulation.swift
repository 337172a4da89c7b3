import AWSAPI
import IAMPolicy

extension IAMService {
  static let simulationHandlers: [String: Handler] = [
    "SimulateCustomPolicy": .read(simulateCustomPolicy),
    "SimulatePrincipalPolicy": .read(simulatePrincipalPolicy),
    "GetContextKeysForCustomPolicy": .read(getContextKeysForCustomPolicy),
    "GetContextKeysForPrincipalPolicy": .read(getContextKeysForPrincipalPolicy),
  ]

  private static func simulateCustomPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    return try simulate(try SimulationSubject(custom: call, in: account), call, guardrails: nil)
  }

  private static func simulatePrincipalPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    return try simulate(
      try SimulationSubject(principalOf: call, in: state), call,
      guardrails: state.organization?.serviceControl(of: account.id))
  }

  private static func getContextKeysForCustomPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let keys = try call.simulatedPolicies("PolicyInputList").flatMap(\.contextKeys).uniqueKeys
    return Answer(["ContextKeyNames": .list(keys.map(AWSValue.string))])
  }

  private static func getContextKeysForPrincipalPolicy(
    _ state: EmulatorState, _ call: Call
  ) throws(AWSError) -> Answer {
    let subject = try SimulationSubject(principalOf: call, in: state)
    let keys = subject.identity.flatMap(\.contextKeys).uniqueKeys
    return Answer(["ContextKeyNames": .list(keys.map(AWSValue.string))])
  }

  /// One result for every action on every resource.
  private static func simulate(
    _ subject: SimulationSubject, _ call: Call, guardrails: [[AttachedPolicy]]?
  ) throws(AWSError) -> Answer {
    let simulation = try Simulation(subject, call, guardrails: guardrails)
    let resources = call.strings("ResourceArns")
    var questions: [(action: String, resource: String)] = []
    for action in call.strings("ActionNames") {
      guard action.contains(":") else { throw .invalidInput("Invalid ActionNames: \(action)") }
      for resource in resources.isEmpty ? ["*"] : resources { questions.append((action, resource)) }
    }
    let page = try call.page(of: questions, key: { "\($0.action) \($0.resource)" }) { question in
      .structure(simulation.result(question.action, question.resource))
    }
    return Answer(page.answer("EvaluationResults"))
  }
}

/// Policies that are held against questions which nobody asks in earnest.
private struct Simulation {
  private let subject: SimulationSubject
  private let layers: PolicyLayers
  private let resourcePolicy: SimulatedPolicy?
  private let context: RequestContext
  private let resourceOwner: String?

  init(_ subject: SimulationSubject, _ call: Call, guardrails: [[AttachedPolicy]]?) throws(AWSError) {
    self.subject = subject
    resourcePolicy = try call.string("ResourcePolicy").map { text throws(AWSError) in
      guard call.string("CallerArn") != nil || call.string("PolicySourceArn") != nil else {
        throw .invalidInput("CallerArn is required when ResourcePolicy is given.")
      }
      return SimulatedPolicy(id: "ResourcePolicy", policy: try StoredPolicy(simulatedPolicy: text))
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

  func result(_ action: String, _ resource: String) -> AWSStructure {
    let request = AuthorizationRequest(
      principal: subject.principal, action: action, resource: resource,
      resourceAccount: resourceOwner ?? (resourcePolicy == nil ? subject.principal.account : nil), context: context)
    let decision = layers.decide(request)
    let matched = matchedStatements(request, decision)
    let missing = AWSValue.list(missingKeys(request).map(AWSValue.string))
    let word = AWSValue.string(decision.effect.rawValue)
    var result: AWSStructure = [
      "EvalActionName": .string(action), "EvalResourceName": .string(resource), "EvalDecision": word,
      "MatchedStatements": matched, "MissingContextValues": missing,
    ]
    if layers.serviceControl != nil {
      result["OrganizationsDecisionDetail"] = [
        "AllowedByOrganizations": .boolean(decision.decidedBy.layer != .serviceControl)
      ]
    }
    let boundary: AWSValue? =
      subject.boundaries.isEmpty
      ? nil : ["AllowedByPermissionsBoundary": .boolean(allowedByBoundaries(request))]
    result["PermissionsBoundaryDecisionDetail"] = boundary
    guard resource != "*" else { return result }
    result["EvalDecisionDetails"] = .structure(details(request))
    result["ResourceSpecificResults"] = [
      [
        "EvalResourceName": .string(resource), "EvalResourceDecision": word, "MatchedStatements": matched,
        "MissingContextValues": missing, "PermissionsBoundaryDecisionDetail": boundary,
      ]
    ]
    return result
  }

  /// The statements that made the decision: those that deny, or else those that allow.
  private func matchedStatements(_ request: AuthorizationRequest, _ decision: Decision) -> AWSValue {
    let effect: PolicyDocument.Effect = decision.effect == .explicitDeny ? .deny : .allow
    let policies = subject.identity + subject.boundaries + (resourcePolicy.map { [$0] } ?? [])
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

  /// The keys that the policies ask for and nobody has given.
  private func missingKeys(_ request: AuthorizationRequest) -> [String] {
    let policies = subject.identity + subject.boundaries + (resourcePolicy.map { [$0] } ?? [])
    return policies.flatMap(\.contextKeys).uniqueKeys.filter { request.context[$0] == nil }
  }

  private func allowedByBoundaries(_ request: AuthorizationRequest) -> Bool {
    var alone = PolicyLayers()
    alone.identity = layers.permissionsBoundaries
    return alone.decide(request).isAllowed
  }

  /// What each side says, for a resource of another account; empty within one.
  private func details(_ request: AuthorizationRequest) -> AWSStructure {
    guard request.principal.account != request.resourceAccount else { return [:] }
    let home = AuthorizationRequest(
      principal: request.principal, action: request.action, resource: request.resource,
      resourceAccount: request.principal.account, context: request.context)
    var identity = layers
    identity.resource = nil
    var resource = PolicyLayers()
    resource.resource = layers.resource
    resource.identity = [AttachedPolicy(CompiledPolicy(Self.everything))]
    return [
      "IAM Policy": .string(identity.decide(home).effect.rawValue),
      "Resource Policy": .string(resource.decide(request).effect.rawValue),
    ]
  }

  private static let everything = StoredPolicy(
    trusted: #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#
  ).compiled.document
}
