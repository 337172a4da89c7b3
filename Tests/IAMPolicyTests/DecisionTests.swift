import IAMPolicy
import Testing

@Suite("The decision procedure") struct DecisionTests {
  static let allow = #"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#
  static let nothing = #"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#
  static let deny = #"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}"#
  static let everyone = #""*""#

  @Test("GetCallerIdentity is allowed whatever is denied")
  func callerIdentity() throws {
    var layers = PolicyLayers()
    layers.identity = [try Fixture.policy(Fixture.denyAll)]
    let decision = layers.decide(try Fixture.request(action: "sts:GetCallerIdentity", resource: "*"))
    #expect(decision.isAllowed)
    #expect(decision.decidedBy == .noPermissionNeeded)
  }

  @Test(
    "a Deny in any one layer decides, and that layer is named", arguments: PolicyLayer.allCases.filter { $0 != .trust })
  func explicitDeny(layer: PolicyLayer) throws {
    var layers = PolicyLayers()
    let refusing = try Fixture.policy(Self.allow, Self.deny)
    layers.identity = [try Fixture.policy(Self.allow)]
    switch layer {
    case .identity: layers.identity.append(refusing)
    case .resource, .trust: layers.resource = try Fixture.policy(Fixture.grant(Self.everyone, effect: "Deny"))
    case .permissionsBoundary: layers.permissionsBoundaries = [refusing]
    case .session: layers.session = [refusing]
    case .serviceControl: layers.serviceControl = [[refusing]]
    case .resourceControl:
      layers.resourceControl = [
        [try Fixture.policy(Fixture.grant(Self.everyone), Fixture.grant(Self.everyone, effect: "Deny"))]
      ]
    case .vpcEndpoint: layers.vpcEndpoint = [refusing]
    }
    let decision = layers.decide(try Fixture.request())
    #expect(decision.effect == .explicitDeny)
    #expect(decision.decidedBy == .layer(layer))
    #expect(decision.statements.count == 1)
  }

  @Test(
    "a layer that must allow and does not refuses",
    arguments: [
      PolicyLayer.identity, .permissionsBoundary, .session, .serviceControl, .resourceControl, .vpcEndpoint,
    ])
  func implicitDeny(layer: PolicyLayer) throws {
    var layers = PolicyLayers()
    let empty = try Fixture.policy(Self.nothing)
    layers.identity = layer == .identity ? [empty] : [try Fixture.policy(Self.allow)]
    if layer == .permissionsBoundary { layers.permissionsBoundaries = [empty] }
    if layer == .session { layers.session = [empty] }
    if layer == .serviceControl { layers.serviceControl = [[try Fixture.policy(Self.allow)], [empty]] }
    if layer == .resourceControl { layers.resourceControl = [[empty]] }
    if layer == .vpcEndpoint { layers.vpcEndpoint = [empty] }
    let decision = layers.decide(try Fixture.request())
    #expect(decision.effect == .implicitDeny)
    #expect(decision.decidedBy == .layer(layer))
    #expect(decision.statements.isEmpty)
  }

  @Test("a level without a policy allows nothing")
  func emptyLevel() throws {
    var layers = PolicyLayers()
    layers.identity = [try Fixture.policy(Self.allow)]
    layers.serviceControl = [[try Fixture.policy(Self.allow)], []]
    #expect(layers.decide(try Fixture.request()).decidedBy == .layer(.serviceControl))
  }

  /// Principal, what the resource's policy names, whether boundary and session allow, and the outcome without an identity
  /// policy, in the same account.
  @Test(
    "within an account, how directly the resource names the principal decides what else must allow",
    arguments: [
      ("the user itself, ceilings closed", Fixture.user, #"{"AWS":"\#(Fixture.user)"}"#, false, true),
      ("everyone, ceilings closed", Fixture.user, #""*""#, false, true),
      ("the session itself, ceilings closed", Fixture.session, #"{"AWS":"\#(Fixture.session)"}"#, false, true),
      ("the role of the session, ceilings closed", Fixture.session, #"{"AWS":"\#(Fixture.role)"}"#, false, false),
      ("the role of the session, ceilings open", Fixture.session, #"{"AWS":"\#(Fixture.role)"}"#, true, true),
      ("the federated user itself", Fixture.federated, #"{"AWS":"\#(Fixture.federated)"}"#, false, true),
      ("the account, ceilings open", Fixture.user, #"{"AWS":"111111111111"}"#, true, false),
      ("the account by its root", Fixture.user, #"{"AWS":"arn:aws:iam::111111111111:root"}"#, true, false),
      ("another user", Fixture.user, #"{"AWS":"arn:aws:iam::111111111111:user/Jane"}"#, true, false),
    ])
  func sameAccount(name: String, principal: String, named: String, isOpen: Bool, isAllowed: Bool) throws {
    var layers = PolicyLayers()
    layers.resource = try Fixture.policy(Fixture.grant(named))
    let ceiling = try Fixture.policy(isOpen ? Self.allow : Self.nothing)
    layers.permissionsBoundaries = [ceiling]
    layers.session = [ceiling]
    #expect(layers.decide(try Fixture.request(principal)).isAllowed == isAllowed)
  }

  @Test(
    "across accounts both sides must allow, however directly the resource names the principal",
    arguments: [
      ("both", true, #"{"AWS":"111111111111"}"#, true, "resource-policy"),
      ("the user named, identity silent", false, #"{"AWS":"\#(Fixture.user)"}"#, false, "identity-policy"),
      ("everyone, identity silent", false, #""*""#, false, "identity-policy"),
      ("another account named", true, #"{"AWS":"222222222222"}"#, false, "resource-policy"),
      ("neither", false, #"{"AWS":"222222222222"}"#, false, "identity-policy"),
    ])
  func crossAccount(name: String, identityAllows: Bool, named: String, isAllowed: Bool, by: String) throws {
    var layers = PolicyLayers()
    layers.identity = [try Fixture.policy(identityAllows ? Self.allow : Self.nothing)]
    layers.resource = try Fixture.policy(Fixture.grant(named))
    let decision = layers.decide(try Fixture.request(owner: Fixture.other))
    #expect(decision.isAllowed == isAllowed)
    #expect(decision.decidedBy.name == by)
  }

  @Test(
    "assuming a role: the trust must name the caller, and an account that is named leaves it to its own policies",
    arguments: [
      ("account trusted, identity allows", true, #"{"AWS":"111111111111"}"#, true),
      ("account trusted, identity silent", false, #"{"AWS":"111111111111"}"#, false),
      ("user trusted, identity silent", false, #"{"AWS":"\#(Fixture.user)"}"#, true),
      ("another trusted, identity allows", true, #"{"AWS":"222222222222"}"#, false),
    ])
  func assumeRole(name: String, identityAllows: Bool, trusted: String, isAllowed: Bool) throws {
    var layers = PolicyLayers()
    if identityAllows { layers.identity = [try Fixture.policy(Fixture.allowAll)] }
    layers.resource = try Fixture.policy(
      #"{"Effect":"Allow","Principal":\#(trusted),"Action":"sts:AssumeRole"}"#)
    let decision = layers.decide(try Fixture.request(action: "sts:AssumeRole", resource: Fixture.trustedRole))
    #expect(decision.isAllowed == isAllowed)
    if identityAllows, !isAllowed { #expect(decision.decidedBy == .layer(.trust)) }
  }

  @Test("the root user may do everything at home, and abroad only what the resource grants")
  func root() throws {
    let root = "arn:aws:iam::111111111111:root"
    var layers = PolicyLayers()
    #expect(layers.decide(try Fixture.request(root)).decidedBy == .rootUser)
    #expect(!layers.decide(try Fixture.request(root, owner: Fixture.other)).isAllowed)
    layers.resource = try Fixture.policy(Fixture.grant(#"{"AWS":"111111111111"}"#))
    #expect(layers.decide(try Fixture.request(root, owner: Fixture.other)).isAllowed)
    layers.serviceControl = [[try Fixture.policy(Self.nothing)]]
    #expect(layers.decide(try Fixture.request(root)).decidedBy == .layer(.serviceControl))
  }

  @Test("who has no account needs a direct grant, and no SCP binds it")
  func noAccount() throws {
    var layers = PolicyLayers()
    layers.serviceControl = [[try Fixture.policy(Self.nothing)]]
    layers.resource = try Fixture.policy(Fixture.grant(#"{"Service":"ec2.amazonaws.com"}"#))
    func decide(_ principal: RequestPrincipal) -> Bool {
      layers.decide(
        AuthorizationRequest(
          principal: principal, action: "s3:GetObject", resource: Fixture.bucketObject, resourceAccount: Fixture.other)
      ).isAllowed
    }
    #expect(decide(.service("ec2.amazonaws.com")))
    #expect(!decide(.service("lambda.amazonaws.com")))
    #expect(!decide(.anonymous))
    layers.resource = try Fixture.policy(Fixture.grant(Self.everyone))
    #expect(decide(.anonymous))
  }

  @Test("a federated user without a session policy has what resources grant it, and nothing else")
  func federatedUser() throws {
    var layers = PolicyLayers()
    layers.identity = [try Fixture.policy(Self.allow)]
    #expect(layers.decide(try Fixture.request(Fixture.federated)).decidedBy == .layer(.session))
    layers.session = [try Fixture.policy(Self.allow)]
    #expect(layers.decide(try Fixture.request(Fixture.federated)).isAllowed)
  }

  @Test(
    "a Deny with NotPrincipal spares those it names",
    arguments: [
      ("the user", #"{"AWS":["\#(Fixture.user)","111111111111"]}"#, Fixture.user, true),
      ("only the account", #"{"AWS":"111111111111"}"#, Fixture.user, false),
      ("the session's role", #"{"AWS":["\#(Fixture.role)","111111111111"]}"#, Fixture.session, true),
      ("another user", #"{"AWS":"arn:aws:iam::111111111111:user/Jane"}"#, Fixture.user, false),
    ])
  func notPrincipal(name: String, named: String, principal: String, isAllowed: Bool) throws {
    var layers = PolicyLayers()
    layers.identity = [try Fixture.policy(Self.allow)]
    layers.resource = try Fixture.policy(Fixture.grant(named, effect: "Deny", element: "NotPrincipal"))
    #expect(layers.decide(try Fixture.request(principal)).isAllowed == isAllowed)
  }
}
