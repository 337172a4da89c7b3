import AWSAPI

extension STSService {
  /// The longest session of the root user, in seconds (API reference, GetSessionToken).
  static let rootSessionLimit = 3600
  static let defaultUserSession = 43_200

  static func getSessionToken(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let owner = try longTermOwner(of: call, "GetSessionToken")
    let accountID = try state.account(of: call).id
    let isAuthenticated = try state.checkSecondFactor(of: call)
    let credential = state.issueSession(
      to: owner, in: accountID, at: call.now, seconds: seconds(call, owner: owner)
    ) { session in
      session.mfaAuthenticationDate = isAuthenticated ? call.now : nil
    }
    return Answer(["Credentials": credential.answer])
  }

  static func getFederationToken(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let owner = try longTermOwner(of: call, "GetFederationToken")
    let accountID = try state.account(of: call).id
    let name = try call.required("Name")
    let request = try SessionRequest(call, in: state, accountID: accountID)
    let packedSize = try request.packedSize()
    var issuer: String?
    if case .user(let id) = owner { issuer = id }
    let credential = state.issueSession(
      to: .federatedUser(name: name, by: issuer), in: accountID, at: call.now, seconds: seconds(call, owner: owner)
    ) { session in
      session.name = name
      session.policy = request.policy
      session.policyArns = request.policyArns
      session.tags = request.tags.list
    }
    return Answer([
      "Credentials": credential.answer,
      "FederatedUser": [
        "FederatedUserId": .string("\(accountID):\(name)"),
        "Arn": .string("arn:aws:sts::\(accountID):federated-user/\(name)"),
      ],
      "PackedPolicySize": packedSize.map(AWSValue.integer),
    ])
  }

  /// The user or root user who calls with a long-term key; sessions cannot make such sessions.
  private static func longTermOwner(of call: Call, _ operation: String) throws(AWSError) -> Credential.Owner {
    guard call.caller.session == nil else {
      throw .accessDenied("Cannot call \(operation) with session credentials")
    }
    switch call.caller.kind {
    case .root: return .root
    case .user(let id): return .user(id: id)
    default: throw .accessDenied("Cannot call \(operation) with session credentials")
    }
  }

  private static func seconds(_ call: Call, owner: Credential.Owner) -> Int {
    let seconds = call.integer("DurationSeconds") ?? defaultUserSession
    return owner == .root ? min(seconds, rootSessionLimit) : seconds
  }
}
