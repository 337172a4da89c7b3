extension ScenarioDecoder {
  mutating func principal(_ entry: FileNode.Entry) -> Scenario.Principal? {
    let fields = Fields<PrincipalKeyword>(entry.value)
    let kind: Scenario.Principal.Kind
    if let account = fields.text(.account) {
      kind = .identity(account: account)
    } else if let account = fields.text(.root) {
      kind = .root(account: account)
    } else if let chain = roleChain(fields) {
      kind = .role(chain)
    } else {
      return nil
    }
    return Scenario.Principal(name: entry.key, kind: kind, range: entry.value.range)
  }

  private mutating func roleChain(_ fields: Fields<PrincipalKeyword>) -> Scenario.RoleChain? {
    guard let role = template(fields[.assume]) else { return nil }
    guard let from = fields.text(.from) else {
      if !fields.has(.from) {
        diagnostics.append(.error("a principal with `assume` needs `from`", at: fields.keyRange(.assume)))
      }
      return nil
    }
    var chain = Scenario.RoleChain(role: role, from: from)
    chain.session = template(fields[.session])
    chain.duration = duration(fields[.duration])
    chain.externalID = template(fields[.externalID])
    chain.policy = fields[.policy].map { tree($0) }
    chain.policyArns = templateList(fields[.policyArns])
    for entry in fields.entries(.tags) {
      let key = templates.parse(entry.key.value, at: entry.key.range)
      if let value = template(entry.value) { chain.tags.append(.init(key: key, value: value)) }
    }
    chain.transitiveTagKeys = templateList(fields[.transitiveTagKeys])
    chain.sourceIdentity = template(fields[.sourceIdentity])
    return chain
  }

  func organization(_ node: FileNode) -> Scenario.Organization? {
    guard let management = Fields<OrganizationKeyword>(node).text(.management) else { return nil }
    return .init(management: management, root: unit(node, name: nil), range: node.range)
  }

  /// A unit; the root has the same keys beside `management`.
  private func unit(_ node: FileNode, name: Located<String>?) -> Scenario.Unit {
    let fields = Fields<UnitKeyword>(node)
    var unit = Scenario.Unit(name: name)
    unit.attachments = attachments(node)
    unit.accounts = members(fields[.accounts])
    unit.units = fields.entries(.units).map { self.unit($0.value, name: $0.key) }
    return unit
  }

  private func members(_ node: FileNode?) -> [Scenario.Unit.Member] {
    if let elements = node?.elements { return elements.compactMap { $0.text.map { .init(account: $0) } } }
    return (node?.entries ?? []).map { entry in
      var member = Scenario.Unit.Member(account: entry.key)
      member.attachments = attachments(entry.value)
      return member
    }
  }

  private func attachments(_ node: FileNode) -> Scenario.Attachments {
    let fields = Fields<MemberKeyword>(node)
    return .init(
      serviceControlPolicies: fields[.scps]?.elements?.compactMap(\.text) ?? [],
      resourceControlPolicies: fields[.rcps]?.elements?.compactMap(\.text) ?? [],
      hasFullAWSAccess: fields.text(.fullAWSAccess)?.value != "false")
  }
}
