import IAMPolicy
import TestSupport

/// A request with policies of every kind.
struct GeneratedWorld {
  var request: AuthorizationRequest
  /// Every policy with its layer; for guardrails each is a level of its own.
  var policies: [(layer: PolicyLayer, statements: [GeneratedStatement])] = []

  static let everyone = #""AWS":"*""#
  static let principals: [(RequestPrincipal, names: [String])] = [
    named(Fixture.user, #""AWS":"\#(Fixture.user)""#),
    named(Fixture.session, #""AWS":"\#(Fixture.session)""#, #""AWS":"\#(Fixture.role)""#),
    named(Fixture.federated, #""AWS":"\#(Fixture.federated)""#, #""AWS":"arn:aws:iam::\#(Fixture.account):user/Fed""#),
    named("arn:aws:iam::\(Fixture.account):root"),
    (.service("sns.amazonaws.com"), [#""Service":"sns.amazonaws.com""#]),
    (.anonymous, []),
  ]

  private static func named(_ arn: String, _ names: String...) -> (RequestPrincipal, names: [String]) {
    (RequestPrincipal(arn: arn) ?? .anonymous, names + [#""AWS":"\#(Fixture.account)""#])
  }

  init(_ random: inout SeededGenerator) {
    let weights = [0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 5]
    let (principal, names) = Self.principals[random.pick(weights)]
    var context = RequestContext()
    for (key, values) in [
      ("x:k", ["0", "1"]), ("x:n", ["3", "7"]), ("aws:SourceIp", ["192.0.2.9", "198.51.100.1"]),
      ("aws:username", ["Dave", "key"]),
    ] where random.chance(65) { context[key] = [random.pick(values)] }
    if random.chance(60) { context["x:set"] = random.some(of: ["a1", "b1", "c"]) }
    request = AuthorizationRequest(
      principal: principal, action: random.pick(["s3:GetObject", "s3:GetObject", "s3:PutObject"]),
      resource: random.pick(["arn:aws:s3:::bucket/Dave", "arn:aws:s3:::bucket/key", "arn:aws:s3:::other/key"]),
      resourceAccount: random.chance(70) ? Fixture.account : Fixture.other, context: context)

    add(.identity, count: random.pick([1, 2, 3]), &random)
    if random.chance(75) {
      add(.resource, count: 1, &random, names: names + [Self.everyone, #""AWS":"\#(Fixture.other)""#])
    }
    if random.chance(25) { add(.permissionsBoundary, count: 1, &random) }
    if random.chance(25) || principal.kind == .federatedUser { add(.session, count: random.pick([1, 2]), &random) }
    if random.chance(25) { add(.serviceControl, count: random.pick([1, 2]), &random) }
    if random.chance(25) { add(.resourceControl, count: random.pick([1, 2]), &random, names: [Self.everyone]) }
    if random.chance(15) { add(.vpcEndpoint, count: 1, &random, names: [Self.everyone]) }
  }

  private mutating func add(_ layer: PolicyLayer, count: Int, _ random: inout SeededGenerator, names: [String]? = nil) {
    for _ in 0..<count {
      let statements = (0..<Int.random(in: 2...4, using: &random)).map { _ in
        GeneratedStatement(&random, isDeny: random.chance(8), principals: names)
      }
      policies.append((layer, statements))
    }
  }

  /// Adds a Deny to one of the policies.
  mutating func addDeny(_ random: inout SeededGenerator) {
    let index = Int.random(in: policies.indices, using: &random)
    let names = policies[index].statements.first?.principals == nil ? nil : [Self.everyone]
    policies[index].statements.append(GeneratedStatement(&random, isDeny: true, principals: names))
  }

  /// Narrows one statement of this effect.
  mutating func narrow(isDeny: Bool, _ random: inout SeededGenerator) {
    let places = policies.indices.flatMap { policy in
      policies[policy].statements.indices.filter { policies[policy].statements[$0].isDeny == isDeny }.map {
        (policy, $0)
      }
    }
    guard !places.isEmpty else { return }
    let (policy, statement) = random.pick(places)
    policies[policy].statements[statement] = policies[policy].statements[statement].narrowed(&random)
  }

  /// Puts policies and the statements in them into another order.
  mutating func shuffle(_ random: inout SeededGenerator) {
    for index in policies.indices { policies[index].statements.shuffle(using: &random) }
    policies.shuffle(using: &random)
  }

  func layers() throws -> PolicyLayers {
    var layers = PolicyLayers()
    for (layer, statements) in policies {
      let policy = try Fixture.policy(statements.map(\.json))
      switch layer {
      case .identity: layers.identity.append(policy)
      case .resource, .trust: layers.resource = policy
      case .permissionsBoundary: layers.permissionsBoundaries.append(policy)
      case .session: layers.session = (layers.session ?? []) + [policy]
      case .serviceControl: layers.serviceControl = (layers.serviceControl ?? []) + [[policy]]
      case .resourceControl: layers.resourceControl = (layers.resourceControl ?? []) + [[policy]]
      case .vpcEndpoint: layers.vpcEndpoint.append(policy)
      }
    }
    return layers
  }

  func decision() throws -> Decision { try layers().decide(request) }
}
