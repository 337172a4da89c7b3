package import IAMPolicy

/// A policy document as it was sent, with what it was compiled to.
package struct StoredPolicy: Sendable {
  /// The document to the byte as it was sent.
  package var text: String
  /// The document made ready for decisions. Users and roles that it names as principals are named by their unique ids.
  package var compiled: CompiledPolicy
  /// How many bytes IAM counts: all but white space (IAM User Guide, "IAM and AWS STS quotas").
  package var size: Int
  /// The users and roles that the document names as principals, in their order.
  package var principals: [NamedPrincipal]

  /// A user or role as a policy names it. IAM keeps its unique id in the document (IAM User Guide, "AWS JSON policy
  /// elements: Principal"), so deleting and recreating it does not bring the grant back.
  package struct NamedPrincipal: Sendable, Hashable, Codable {
    /// The bytes of the text that spell the name, quotation marks included.
    package var range: Range<Int>
    /// As the document names it.
    package var arn: String
    /// Whom that was when the policy was written.
    package var id: String
  }

  init(text: String, document: PolicyDocument, principals: [NamedPrincipal] = []) {
    self.text = text
    compiled = CompiledPolicy(document)
    size = PolicySize.counted(text.utf8)
    self.principals = principals
  }

  /// The policy with where it comes from, for decisions and their reports.
  package func attached(name: String? = nil, arn: String? = nil, to holder: String? = nil) -> AttachedPolicy {
    AttachedPolicy(compiled, name: name, arn: arn, attachedTo: holder)
  }

  /// The document as it reads now: a principal that was renamed has its new ARN in it, one that is gone its unique id.
  package func currentText(in state: EmulatorState) -> String {
    let changes = principals.compactMap { principal -> (range: Range<Int>, text: String)? in
      let current = state.principalARN(id: principal.id) ?? principal.id
      return current == principal.arn ? nil : (principal.range, "\"\(current)\"")
    }
    guard !changes.isEmpty else { return text }
    var bytes = Array(text.utf8)
    for change in changes.reversed() { bytes.replaceSubrange(change.range, with: change.text.utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension EmulatorState {
  /// The ARN that the user or role with this unique id has at the moment; `nil` where it is gone.
  package func principalARN(id: String) -> String? {
    guard let reference = entities[UTF8Key(id)] else { return nil }
    return switch reference.kind {
    case .user: accounts[reference.accountID]?.users[reference.name]?.identity.arn
    case .role: accounts[reference.accountID]?.roles[reference.name]?.identity.arn
    case .group: nil
    }
  }
}
