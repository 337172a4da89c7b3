extension ScenarioCheck {
  /// Issuers, and who signs which token; what tokens refer to is checked where they are used.
  mutating func checkFederation() {
    for issuer in scenario.issuers {
      guard case .openIDConnect(let url, let keys) = issuer.kind else { continue }
      if !url.value.hasPrefix("https://") || url.value.utf8.count <= 8
        || url.value.contains(where: { "?# ".contains($0) })
      {
        report(.error("an issuer is `https://` with a host, and has no query", at: url.range))
      }
      if let keys {
        do {
          _ = try folder.read(keys.value, at: keys.range)
        } catch {
          report(error)
        }
      }
    }
    for token in scenario.tokens { checkIssuer(of: token) }
  }

  private mutating func checkIssuer(of token: Scenario.Token) {
    let name = token.issuer
    guard let issuer = scenario.issuers.first(where: { $0.name.value == name.value }) else {
      let label = Suggestion.label(for: name.value, among: scenario.issuers.map(\.name.value))
      return report(.error("unknown issuer `\(name.value)`", at: name.range, label: label))
    }
    guard issuer.isPlayed else {
      return report(
        .error(
          "`\(name.value)` has keys of its own, so that nothing can be signed for it here", at: name.range,
          notes: [.init("its keys", at: issuer.name.range)]))
    }
    switch (issuer.kind, token.content) {
    case (.openIDConnect, .claims), (.saml, .assertion): break
    case (.openIDConnect, .assertion):
      report(.error("an issuer with a `url` signs `claims`, not a SAML assertion", at: token.name.range))
    case (.saml, .claims):
      report(
        .error("an issuer with an `entity` signs SAML assertions about a `subject`, not claims", at: token.name.range))
    }
  }

  /// What a token refers to, as of this point of the walk.
  mutating func checkContent(of token: Scenario.Token) {
    // A token within a token, and so a circle, is more than anyone needs; the runner has a bound for it.
    guard !walkedTokens.contains(token.name.value) else { return }
    walkedTokens.append(token.name.value)
    defer { walkedTokens.removeLast() }
    switch token.content {
    case .claims(let claims): check(claims)
    case .assertion(let subject, let attributes):
      check(subject)
      if let attributes { check(attributes) }
    }
  }
}
