import IAMPolicy

extension Caller {
  /// Who a credential stands for; `nil` where its owner is gone.
  static func behind(_ credential: Credential, in state: EmulatorState) -> Caller? {
    guard let account = state.accounts[credential.accountID] else { return nil }
    switch credential.owner {
    case .root: return root(of: account, session: credential.session)
    case .user(let id):
      guard let user = state.user(id: id) else { return nil }
      return .user(user, in: account, session: credential.session)
    case .role(let id):
      guard let role = state.role(id: id), let session = credential.session else { return nil }
      return Caller.session(of: role, in: account, session)
    case .federatedUser(let name, let issuer):
      guard let session = credential.session else { return nil }
      var user: User?
      if let issuer {
        user = state.user(id: issuer)
        if user == nil { return nil }
      }
      return federatedUser(name, by: user, in: account, session)
    }
  }

  static func root(of account: AccountState, session: Session?) -> Caller {
    var principal = RequestPrincipal(kind: .root, arn: account.rootArn, account: account.id)
    principal.canonicalUserID = account.canonicalUserID
    return Caller(
      kind: .root, accountID: account.id, arn: account.rootArn, userID: account.id, principal: principal,
      session: session)
  }

  static func user(_ user: User, in account: AccountState, session: Session?) -> Caller {
    let identity = user.identity
    var principal = RequestPrincipal(kind: .user, arn: identity.arn, account: account.id, uniqueID: identity.id)
    principal.hasPermissionsBoundary = user.permissionsBoundary != nil
    principal.canonicalUserID = account.canonicalUserID
    return Caller(
      kind: .user(id: identity.id), accountID: account.id, arn: identity.arn, userID: identity.id,
      principal: principal, session: session)
  }

  static func session(of role: Role, in account: AccountState, _ session: Session) -> Caller {
    let name = session.name ?? ""
    let arn = role.sessionArn(account: account.id, name: name)
    var principal = RequestPrincipal(
      kind: .roleSession, arn: arn, account: account.id, baseARN: role.identity.arn, uniqueID: role.identity.id)
    principal.hasPermissionsBoundary = role.permissionsBoundary != nil
    principal.canonicalUserID = account.canonicalUserID
    return Caller(
      kind: .roleSession(roleID: role.identity.id), accountID: account.id, arn: arn,
      userID: "\(role.identity.id):\(name)", principal: principal, session: session)
  }

  /// - Parameter issuer: the user who made the session; `nil` for the root user.
  static func federatedUser(
    _ name: String, by issuer: User?, in account: AccountState, _ session: Session
  ) -> Caller {
    let arn = "arn:aws:sts::\(account.id):federated-user/\(name)"
    var principal = RequestPrincipal(
      kind: .federatedUser, arn: arn, account: account.id, baseARN: issuer?.identity.arn)
    principal.hasPermissionsBoundary = issuer?.permissionsBoundary != nil
    principal.canonicalUserID = account.canonicalUserID
    return Caller(
      kind: .federatedUser(by: issuer?.identity.id), accountID: account.id, arn: arn,
      userID: "\(account.id):\(name)", principal: principal, session: session)
  }
}
