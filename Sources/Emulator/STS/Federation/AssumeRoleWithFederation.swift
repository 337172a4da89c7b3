import AWSAPI
import FoundationEssentials
import IAMPolicy

/// The two calls by which whoever an identity provider vouches for assumes a role. They differ in the proof that they bring.
extension STSService {
  static let federationHandlers: [String: Handler] = [
    "AssumeRoleWithWebIdentity": .write(assumeFederatedRole),
    "AssumeRoleWithSAML": .write(assumeFederatedRole),
  ]

  static func federatedPermissions(
    _ call: Call, in state: EmulatorState
  ) throws(AWSError) -> [Permission] {
    let (arn, account) = try roleToAssume(call)
    let identity = try federatedIdentity(call, in: state, accountID: account)
    var context = identity.context + roleContext(state.role(arn: arn)) + identity.tags.context
    context.append(.init("sts:RoleSessionName", try sessionName(call, identity)))
    if let source = identity.sourceIdentity { context.append(.init("sts:SourceIdentity", source)) }
    var actions = ["sts:" + call.operation.name]
    if !identity.tags.list.isEmpty { actions.append("sts:TagSession") }
    if identity.sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
    // A role that is not there is refused as one that trusts nobody, so that it cannot be told apart.
    let trust = state.role(arn: arn)?.trust ?? .grantingNothing
    return actions.map { action in
      var permission = Permission(action, on: arn, account: account, policy: trust, context: context)
      permission.principal = .federated(identity.provider)
      return permission
    }
  }

  private static func federatedIdentity(
    _ call: Call, in state: EmulatorState, accountID: String
  ) throws(AWSError) -> FederatedIdentity {
    call.operation.name == "AssumeRoleWithSAML"
      ? try SAMLIdentity.identity(of: call, in: state, accountID: accountID)
      : try WebIdentity.identity(of: call, in: state, accountID: accountID)
  }

  private static func sessionName(_ call: Call, _ identity: FederatedIdentity) throws(AWSError) -> String {
    if let name = identity.sessionName { return name }
    return try call.required("RoleSessionName")
  }

  private static func assumeFederatedRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let (arn, account) = try roleToAssume(call)
    guard let role = state.role(arn: arn) else {
      throw .accessDenied("Not authorized to perform sts:\(call.operation.name)")
    }
    let identity = try federatedIdentity(call, in: state, accountID: account)
    var request = try SessionRequest(call, in: state, accountID: account)
    request.tags = identity.tags
    request.sourceIdentity = identity.sourceIdentity
    let requested = call.integer("DurationSeconds") ?? defaultRoleSession
    try checkDuration(requested, of: role)
    // "…or until the time specified in the SAML authentication response's SessionNotOnOrAfter value, whichever is shorter"
    // (API reference, AssumeRoleWithSAML). SessionDuration "cannot extend the lifetime of other credentials" than the
    // console's; "it can be used to shorten the duration of the session" ("Configure SAML assertions …").
    let limits = [identity.seconds, identity.end.map { Int($0.timeIntervalSince(call.now)) }].compactMap(\.self)
    let seconds = limits.reduce(requested, min)
    guard seconds > 0 else { throw .expiredIdentityToken("The user's session with the identity provider has ended") }
    var answer = try issueRoleSession(
      &state, call, role, in: account, request, name: try sessionName(call, identity), seconds: seconds,
      context: identity.sessionContext)
    for member in identity.answer.members { answer[member.name] = member.value }
    return Answer(answer)
  }
}
