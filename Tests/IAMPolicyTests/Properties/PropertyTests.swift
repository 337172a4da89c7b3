import IAMPolicy
import TestSupport
import Testing

/// What must hold of any request and policies, over generated ones of every kind.
@Suite("Properties of decisions") struct PropertyTests {
  /// How many worlds a property is held against.
  static let count = 600

  /// Hands every world's random numbers, after the world was made of them, to `check`.
  static func forEach(
    seed: UInt64, _ check: (GeneratedWorld, inout SeededGenerator) throws -> Void
  ) rethrows {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<count {
      let world = GeneratedWorld(&random)
      try check(world, &random)
    }
  }

  @Test("the worlds reach every answer, every layer and every kind of principal often enough to mean something")
  func distribution() throws {
    var effects: [Decision.Effect: Int] = [:]
    var refusals: [String: Int] = [:]
    var allowedKinds: [RequestPrincipal.Kind: Int] = [:]
    try Self.forEach(seed: 1) { world, _ in
      let decision = try world.decision()
      effects[decision.effect, default: 0] += 1
      let kind = decision.effect == .explicitDeny ? "denied by" : "not allowed by"
      if decision.isAllowed {
        allowedKinds[world.request.principal.kind, default: 0] += 1
      } else {
        refusals["\(kind) \(decision.decidedBy.name)", default: 0] += 1
      }
    }
    #expect(effects.count == 3)
    for effect in [Decision.Effect.allowed, .explicitDeny, .implicitDeny] {
      #expect(effects[effect, default: 0] >= Self.count / 5, "\(effects)")
    }
    for layer in PolicyLayer.allCases where layer != .trust {
      #expect(refusals["denied by \(layer.rawValue)", default: 0] >= 5, "\(refusals)")
      #expect(refusals["not allowed by \(layer.rawValue)", default: 0] >= 5, "\(refusals)")
    }
    for kind in [RequestPrincipal.Kind.user, .roleSession, .federatedUser, .root, .service, .anonymous] {
      #expect(allowedKinds[kind, default: 0] >= 5, "\(allowedKinds)")
    }
  }

  @Test("an added Deny never turns a refusal into an allow, and often enough an allow into a refusal")
  func addedDeny() throws {
    var refused = 0
    try Self.forEach(seed: 2) { world, random in
      var more = world
      more.addDeny(&random)
      let (before, after) = (try world.decision(), try more.decision())
      #expect(before.isAllowed || !after.isAllowed)
      if before.isAllowed, !after.isAllowed { refused += 1 }
    }
    #expect(refused >= Self.count / 40, "\(refused)")
  }

  @Test("the order of policies and statements never matters to the answer and the layer that is named")
  func order() throws {
    try Self.forEach(seed: 3) { world, random in
      var shuffled = world
      shuffled.shuffle(&random)
      let (one, other) = (try world.decision(), try shuffled.decision())
      #expect(one.effect == other.effect)
      #expect(one.decidedBy == other.decidedBy)
    }
  }

  @Test("narrowing an Allow never grants more, narrowing a Deny never grants less", arguments: [false, true])
  func narrowing(isDeny: Bool) throws {
    var changed = 0
    try Self.forEach(seed: isDeny ? 4 : 5) { world, random in
      var narrower = world
      for _ in 0..<3 { narrower.narrow(isDeny: isDeny, &random) }
      let (before, after) = (try world.decision(), try narrower.decision())
      #expect(isDeny ? !before.isAllowed || after.isAllowed : before.isAllowed || !after.isAllowed)
      if before.isAllowed != after.isAllowed { changed += 1 }
    }
    #expect(changed >= Self.count / 40, "\(changed)")
  }

  @Test("what is said twice counts once")
  func duplicates() throws {
    try Self.forEach(seed: 6) { world, random in
      var doubled = world
      let index = Int.random(in: world.policies.indices, using: &random)
      doubled.policies[index].statements += world.policies[index].statements
      let (once, twice) = (try world.decision(), try doubled.decision())
      #expect(once == twice)
    }
  }

  /// The trace asks every statement in its place, without the index by which decisions find them.
  @Test("the decision is what the trace, statement by statement, comes to")
  func trace() throws {
    try Self.forEach(seed: 7) { world, _ in
      let layers = try world.layers()
      let trace = layers.trace(world.request)
      #expect(trace.decision == layers.decide(world.request))
      #expect(TraceVerdict(trace, of: world.request).effect == trace.decision.effect)
    }
  }

  @Test("statements decide where a layer did, and they match with the effect of the decision")
  func decidingStatements() throws {
    try Self.forEach(seed: 8) { world, _ in
      let layers = try world.layers()
      let decision = layers.decide(world.request)
      let deciding = layers.decidingStatements(of: decision, on: world.request)
      #expect(deciding.isEmpty == decision.statements.isEmpty)
      #expect(Set(decision.statements).isSubset(of: deciding))
      #expect(deciding.isEmpty == (decision.effect == .implicitDeny || decision.decidedBy == .rootUser))
      let effect: PolicyDocument.Effect = decision.isAllowed ? .allow : .deny
      let matching = layers.explain(world.request).filter { $0.outcome == .matches && $0.effect == effect }
      #expect(Set(deciding).isSubset(of: matching.map(\.statement)))
    }
  }
}

/// The decision procedure once more, told by a trace's statements: AWS's flow charts word by word.
struct TraceVerdict {
  var effect: Decision.Effect

  init(_ trace: DecisionTrace, of request: AuthorizationRequest) {
    let asked = trace.layers.filter { $0.exemption == nil }
    let matching = asked.flatMap { $0.policies.flatMap(\.statements) }.filter { $0.outcome == .matches }
    func allows(_ layer: PolicyLayer) -> Bool {
      matching.contains { $0.effect == .allow && $0.statement.layer == layer }
    }
    func isSilent(_ layer: PolicyLayer) -> Bool { asked.contains { $0.layer == layer && !$0.allows } }
    func isGiven(_ layer: PolicyLayer) -> Bool { asked.contains { $0.layer == layer } }

    guard !matching.contains(where: { $0.effect == .deny }) else {
      effect = .explicitDeny
      return
    }
    let isHome = !request.principal.account.isEmpty && request.principal.account == request.resourceAccount
    let grant = matching.filter { $0.effect == .allow && $0.statement.layer == .resource }.compactMap(\.principal).max()
    let isFederated = request.principal.kind == .federatedUser
    let ceilings =
      (!isGiven(.permissionsBoundary) || allows(.permissionsBoundary))
      && (isGiven(.session) ? allows(.session) : !isFederated)
    let granted: Bool
    switch request.principal.kind {
    case .service, .anonymous, .federated: granted = grant == .direct
    case .root: granted = (isHome || grant != nil) && (!isGiven(.session) || allows(.session))
    case .user, .roleSession, .federatedUser:
      if !isHome {
        granted = grant != nil && allows(.identity) && ceilings
      } else {
        granted = grant == .direct || ceilings && (grant == .base || allows(.identity))
      }
    }
    let isGuarded = [PolicyLayer.serviceControl, .resourceControl, .vpcEndpoint].contains(where: isSilent)
    effect = granted && !isGuarded ? .allowed : .implicitDeny
  }
}
