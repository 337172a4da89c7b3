extension ScenarioDecoder {
  func issuer(_ entry: FileNode.Entry) -> Scenario.Issuer? {
    let fields = Fields<IssuerKeyword>(entry.value)
    if let url = fields.text(.url) {
      return Scenario.Issuer(name: entry.key, kind: .openIDConnect(url: url, keys: fields.text(.keys)))
    }
    return fields.text(.entity).map { Scenario.Issuer(name: entry.key, kind: .saml(entity: $0)) }
  }

  mutating func token(_ entry: FileNode.Entry) -> Scenario.Token? {
    let fields = Fields<TokenKeyword>(entry.value)
    guard let issuer = fields.text(.issuer) else { return nil }
    let content: Scenario.Token.Content
    if let claims = fields[.claims] {
      content = .claims(tree(claims))
    } else if let subject = template(fields[.subject]) {
      content = .assertion(subject: subject, attributes: fields[.attributes].map { tree($0) })
    } else {
      return nil
    }
    return Scenario.Token(
      name: entry.key, issuer: issuer, content: content, lifetime: duration(fields[.lifetime]))
  }
}
