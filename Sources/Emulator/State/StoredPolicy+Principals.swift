package import IAMPolicy

extension StoredPolicy {
  /// A policy of a resource, which names principals: each must exist, and users and roles are from now on meant by their
  /// unique ids.
  /// - Throws: ``PolicyFault/unknownPrincipal(kind:name:)``. Only accounts of the emulator exist.
  package init(
    text: String, naming document: PolicyDocument, in state: EmulatorState
  ) throws(PolicyError) {
    var document = document
    var principals: [NamedPrincipal] = []
    for statement in document.statements.indices {
      guard var element = document.statements[statement].principal else { continue }
      for index in element.entries.indices {
        let entry = element.entries[index]
        guard let meaning = state.meaning(of: entry) else {
          throw PolicyError(
            .unknownPrincipal(kind: entry.kind.rawValue, name: entry.value.text),
            path: "Statement[\(statement)].\(element.isNegated ? "NotPrincipal" : "Principal")",
            range: entry.value.range)
        }
        guard case .entity(let id) = meaning else { continue }
        principals.append(NamedPrincipal(range: entry.value.range, arn: entry.value.text, id: id))
        element.entries[index].written = entry.value.text
        element.entries[index].value.text = id
      }
      document.statements[statement].principal = element
    }
    principals.sort { $0.range.lowerBound < $1.range.lowerBound }
    self.init(text: text, document: document, principals: principals)
  }
}

/// What the name of a principal in a policy leads to.
private enum PrincipalMeaning {
  /// A user or role, by its unique id.
  case entity(id: String)
  /// What is kept as it is written: everyone, an account, a session, a service, a provider.
  case itself
}

extension EmulatorState {
  /// What a principal in a policy means; `nil` where there is no such principal.
  fileprivate func meaning(of entry: PolicyDocument.PrincipalElement.Entry) -> PrincipalMeaning? {
    let name = entry.value.text
    switch entry.kind {
    case .aws: return meaning(ofAWS: name)
    case .service: return Self.isService(name) ? .itself : nil
    case .federated: return Self.isProvider(name) ? .itself : nil
    case .canonicalUser: return accounts.contains { $0.value.canonicalUserID == name } ? .itself : nil
    }
  }

  private func meaning(ofAWS name: String) -> PrincipalMeaning? {
    if name == "*" || accounts.contains(name) { return .itself }
    // A unique id that the document had before stays in it while its owner exists.
    if let reference = entities[UTF8Key(name)], reference.kind != .group { return .entity(id: name) }
    if let user = user(arn: name) { return .entity(id: user.identity.id) }
    if let role = role(arn: name) { return .entity(id: role.identity.id) }
    guard let arn = ARN(name), arn.partition == "aws", arn.region.isEmpty, let account = accounts[arn.account] else {
      return nil
    }
    switch arn.service {
    case "iam": return arn.resource == "root" ? .itself : nil
    case "sts":
      let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 3, parts[0] == "assumed-role", !parts[2].isEmpty {
        return account.roles.contains(NameKey(String(parts[1]))) ? .itself : nil
      }
      return parts.count == 2 && parts[0] == "federated-user" && !parts[1].isEmpty ? .itself : nil
    default: return nil
    }
  }

  /// Services are known by the form of their names only: AWS has hundreds.
  private static func isService(_ name: String) -> Bool {
    [".amazonaws.com", ".amazonaws.com.cn", ".aws.internal", ".amazon.com"].contains { name.hasSuffix($0) }
  }

  /// The providers that need no registration (IAM User Guide, "OIDC federation"), and the ARNs of those that do.
  private static func isProvider(_ name: String) -> Bool {
    if ["cognito-identity.amazonaws.com", "accounts.google.com", "graph.facebook.com", "www.amazon.com"].contains(name)
    {
      return true
    }
    guard let arn = ARN(name), arn.service == "iam" else { return false }
    return arn.resource.hasPrefix("saml-provider/") || arn.resource.hasPrefix("oidc-provider/")
  }
}
