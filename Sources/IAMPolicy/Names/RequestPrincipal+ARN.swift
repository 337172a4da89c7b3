extension RequestPrincipal {
  /// The principal that `text` names: a user, the root user (by its ARN or by twelve digits), a role, a role's session, or
  /// a federated user.
  ///
  /// A role itself makes no requests, its sessions do: its ARN stands for any session of it, named directly by nobody.
  /// Of a role's session and of a federated user this derives who is behind them, without the path
  /// (``PolicyChoice/sessionsMatchRolesByName``, ``PolicyChoice/federatedUsersMatchUsersByName``).
  /// - Returns: `nil` where the text names nothing that can make a request.
  public init?(arn text: String) {
    if ARN.isAccount(text) {
      self.init(kind: .root, arn: "arn:aws:iam::\(text):root", account: text)
      return
    }
    guard let arn = ARN(text), ARN.isAccount(arn.account), arn.region.isEmpty else { return nil }
    let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.last?.isEmpty == false else { return nil }
    let iam = "arn:\(arn.partition):iam::\(arn.account):"
    switch (arn.service, parts[0], parts.count) {
    case ("iam", "root", 1): self.init(kind: .root, arn: text, account: arn.account)
    case ("iam", "user", 2...): self.init(kind: .user, arn: text, account: arn.account)
    case ("iam", "role", 2...): self.init(kind: .roleSession, arn: text, account: arn.account, baseARN: text)
    case ("sts", "assumed-role", 3):
      self.init(kind: .roleSession, arn: text, account: arn.account, baseARN: iam + "role/\(parts[1])")
      matchesBaseByName = true
      // The names of service-linked roles are AWS's own; others cannot begin like this.
      isServiceLinkedRole = parts[1].hasPrefix("AWSServiceRoleFor")
    case ("sts", "federated-user", 2):
      self.init(kind: .federatedUser, arn: text, account: arn.account, baseARN: iam + "user/\(parts[1])")
      matchesBaseByName = true
    default: return nil
    }
  }
}
