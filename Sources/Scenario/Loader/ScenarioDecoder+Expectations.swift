import IAMPolicy

extension ScenarioDecoder {
  mutating func expectation(_ node: FileNode) -> Expectation? {
    var expectation = Expectation(range: node.range)
    if let word = node.text {
      guard let outcome = Self.outcome(word.value) else { return nil }
      expectation.outcome = Located(outcome, at: word.range)
      return expectation
    }
    let fields = Fields<ExpectationKeyword>(node)
    expectation.outcome = outcome(fields)
    expectation.by = fields.text(.by).flatMap { by in
      PolicyLayer(rawValue: by.value).map { Located($0, at: fields.entryRange(.by) ?? by.range) }
    }
    expectation.status = integer(.status, fields)
    expectation.exit = integer(.exit, fields)
    expectation.stable = integer(.stable, fields)
    expectation.within = duration(fields[.within])
    expectation.error = matcher(.error, fields)
    expectation.message = matcher(.message, fields)
    expectation.body = matcher(.body, fields)
    expectation.standardError = matcher(.stderr, fields)
    for entry in fields.entries(.xpath) {
      let expression = templates.parse(entry.key.value, at: entry.key.range)
      if let matcher = matcher(entry.value) {
        expectation.xpath.append(.init(expression: expression, matcher: matcher))
      }
    }
    for entry in fields.entries(.headers) {
      if let matcher = matcher(entry.value) { expectation.headers.append(.init(name: entry.key, matcher: matcher)) }
    }
    return expectation
  }

  private func integer(_ key: ExpectationKeyword, _ fields: Fields<ExpectationKeyword>) -> Located<Int>? {
    integer(fields[key]).map { Located($0.value, at: fields.entryRange(key) ?? $0.range) }
  }

  private mutating func matcher(_ key: ExpectationKeyword, _ fields: Fields<ExpectationKeyword>) -> Matcher? {
    guard var matcher = fields[key].flatMap({ matcher($0) }) else { return nil }
    matcher.range = fields.entryRange(key) ?? matcher.range
    return matcher
  }

  private static func outcome(_ word: String) -> Expectation.Outcome? {
    switch ExpectationKeyword(rawValue: word) {
    case .allowed?: .allowed
    case .denied?: .denied(.any)
    default: nil
    }
  }

  private mutating func outcome(_ fields: Fields<ExpectationKeyword>) -> Located<Expectation.Outcome>? {
    let denied = fields.text(.denied).flatMap { text in
      Expectation.Denial(rawValue: text.value).map {
        Located(Expectation.Outcome.denied($0), at: fields.entryRange(.denied) ?? text.range)
      }
    }
    guard let allowed = fields.text(.allowed) else { return denied }
    if let range = fields.keyRange(.denied) {
      let note = Diagnostic.Note("`allowed` is given", at: fields.keyRange(.allowed))
      diagnostics.append(.error("an answer cannot be both allowed and denied", at: range, notes: [note]))
    }
    return Located(.allowed, at: fields.entryRange(.allowed) ?? allowed.range)
  }

  /// A text, which is `equals`, or a mapping of which all must hold.
  mutating func matcher(_ node: FileNode) -> Matcher? {
    if let template = template(node) { return Matcher(.equals(template), range: node.range) }
    let fields = Fields<MatcherKeyword>(node)
    var matchers: [Matcher] = []
    for entry in node.entries ?? [] {
      guard let key = MatcherKeyword(rawValue: entry.key.value), let kind = kind(key, fields) else { continue }
      matchers.append(Matcher(kind, range: entry.value.range))
    }
    if node.entries?.isEmpty == true {
      diagnostics.append(.error("a matcher that says nothing", at: node.range))
    }
    return matchers.count == 1 ? matchers[0] : Matcher(.all(matchers), range: node.range)
  }

  private mutating func kind(_ key: MatcherKeyword, _ fields: Fields<MatcherKeyword>) -> Matcher.Kind? {
    let node = fields[key]
    switch key {
    case .equals: return template(node).map { .equals($0) }
    case .contains: return template(node).map { .contains($0) }
    case .startsWith: return template(node).map { .startsWith($0) }
    case .endsWith: return template(node).map { .endsWith($0) }
    case .matches: return template(node).map { .matches($0) }
    case .exists: return fields.text(key).map { .exists($0.value == "true") }
    case .count: return integer(node).map { .count($0.value) }
    case .oneOf: return .oneOf(templateList(node))
    case .json: return node.map { .json(tree($0)) }
    case .file: return template(node).map { .file($0) }
    case .not: return node.flatMap { matcher($0) }.map { .not($0) }
    }
  }
}
