/// Makes the model of a scenario from its nodes.
///
/// What does not fit the format has been reported by ``FormatChecker`` and is left out here, so that the rest of the file
/// can still be checked.
struct ScenarioDecoder {
  let source: SourceFile
  var templates: TemplateParser
  /// What is wrong beyond the format.
  var diagnostics: [Diagnostic] = []
  /// Reads further files of the scenario: policies.
  let readPolicy: (Located<String>) -> FileNode?
  /// Gives prose its names and ids; set once these have been read.
  private var scope: Scope?

  init(source: SourceFile, readPolicy: @escaping (Located<String>) -> FileNode?) {
    self.source = source
    self.readPolicy = readPolicy
    templates = TemplateParser(source: source)
  }

  mutating func scenario(_ root: FileNode) -> Scenario {
    let fields = Fields<ScenarioKeyword>(root)
    let unnamed = Located("", at: root.range.firstLine)
    var scenario = Scenario(name: fields.text(.scenario) ?? unnamed, source: source)
    scenario.tags = fields[.tags]?.elements?.compactMap(\.text) ?? []
    scenario.accounts = fields.entries(.accounts).compactMap { entry in
      entry.value.text.map { Scenario.Account(name: entry.key, id: $0) }
    }
    for entry in fields.entries(.names) {
      if let value = template(entry.value) { scenario.names.append(.init(key: entry.key, value: value)) }
    }
    scenario.existing = fields.entries(.existing).map { entry in
      .init(key: entry.key, operations: entry.value.elements?.compactMap(\.text) ?? [])
    }
    for entry in fields.entries(.policies) { scenario.policies.append(policy(entry)) }
    for entry in fields.entries(.variables) {
      scenario.variables.append(.init(name: entry.key, value: tree(entry.value)))
    }
    scope = Scope(resolvable: scenario)

    scenario.about = prose(fields[.about])
    for entry in fields.entries(.principals) {
      if let principal = principal(entry) { scenario.principals.append(principal) }
    }
    scenario.organization = fields[.organization].flatMap { organization($0) }
    for entry in fields.entries(.issuers) { if let issuer = issuer(entry) { scenario.issuers.append(issuer) } }
    for entry in fields.entries(.tokens) { if let token = token(entry) { scenario.tokens.append(token) } }
    for node in fields[.chapters]?.elements ?? [] { scenario.chapters.append(chapter(node)) }
    if let steps = fields[.steps] {
      scenario.chapters.append(.init(title: nil, about: nil, steps: self.steps(steps)))
    }
    scenario.finally = fields[.finally].map { steps($0) } ?? []
    diagnostics += templates.diagnostics
    return scenario
  }

  private mutating func chapter(_ node: FileNode) -> Scenario.Chapter {
    let fields = Fields<ChapterKeyword>(node)
    return .init(
      title: prose(fields[.title]), about: prose(fields[.about]), steps: fields[.steps].map { steps($0) } ?? [])
  }

  private mutating func steps(_ node: FileNode) -> [Scenario.Step] {
    var steps: [Scenario.Step] = []
    for element in node.elements ?? [] {
      if let step = step(element) { steps.append(step) }
    }
    return steps
  }

  /// A policy: a document, or `{ file: path }`.
  private mutating func policy(_ entry: FileNode.Entry) -> Scenario.Policy {
    if let entries = entry.value.entries, entries.count == 1, entries[0].key.value == PayloadKeyword.file.rawValue,
      let path = entries[0].value.text
    {
      // The file is JSON as it is used elsewhere: nothing in it is a reference.
      let document = readPolicy(path).map { TemplateValue(literal: $0) }
      return .init(name: entry.key, document: document ?? .null(entry.value.range))
    }
    return .init(name: entry.key, document: tree(entry.value))
  }

  // MARK: - Values

  mutating func template(_ node: FileNode?) -> Template? {
    node?.text.map { templates.parse($0.value, at: $0.range) }
  }

  mutating func templateList(_ node: FileNode?) -> [Template] {
    var result: [Template] = []
    for element in node?.elements ?? [] {
      if let template = template(element) { result.append(template) }
    }
    return result
  }

  mutating func tree(_ node: FileNode) -> TemplateValue {
    switch node {
    case .scalar where node.isNull: return .null(node.range)
    case .scalar(let text, _, let range): return .scalar(templates.parse(text, at: range))
    case .list(let elements, let range):
      var values: [TemplateValue] = []
      for element in elements { values.append(tree(element)) }
      return .list(values, range)
    case .mapping(let entries, let range):
      var members: [TemplateValue.Entry] = []
      for entry in entries {
        let key = templates.parse(entry.key.value, at: entry.key.range)
        members.append(.init(key: key, value: tree(entry.value)))
      }
      return .mapping(members, range)
    }
  }

  /// Prose with its references replaced by the file's own names and ids.
  mutating func prose(_ node: FileNode?) -> Located<String>? {
    guard let template = template(node), let scope else { return nil }
    do {
      return Located(try template.text(in: scope), at: template.range)
    } catch {
      diagnostics.append(
        .error(
          error.message, at: error.range,
          notes: [
            .init("prose reads the same on every target: it may refer to accounts, names and variables of the file")
          ]))
      return Located(source.text(of: template.range).description, at: template.range)
    }
  }

  func duration(_ node: FileNode?) -> Located<DurationValue>? {
    node?.text.flatMap { text in DurationValue(text.value).map { Located($0, at: text.range) } }
  }

  func integer(_ node: FileNode?) -> Located<Int>? {
    node?.text.flatMap { text in Int(text.value).map { Located($0, at: text.range) } }
  }
}

extension TemplateValue {
  /// A tree in which nothing is a reference.
  init(literal node: FileNode) {
    switch node {
    case .scalar where node.isNull: self = .null(node.range)
    case .scalar(let text, _, let range): self = .scalar(Template(literal: text, range: range))
    case .list(let elements, let range): self = .list(elements.map(TemplateValue.init(literal:)), range)
    case .mapping(let entries, let range):
      let members = entries.map { entry in
        Entry(
          key: Template(literal: entry.key.value, range: entry.key.range), value: TemplateValue(literal: entry.value))
      }
      self = .mapping(members, range)
    }
  }
}

/// The values of a mapping by the keys of its table.
struct Fields<Key: Keyword> {
  let node: FileNode

  init(_ node: FileNode) {
    self.node = node
  }

  subscript(key: Key) -> FileNode? { node[key.rawValue] }

  /// The text at `key`; `nil` also where the key has no value.
  func text(_ key: Key) -> Located<String>? {
    guard let value = self[key], !value.isMissing else { return nil }
    return value.text
  }

  /// The entries of the mapping at `key`.
  func entries(_ key: Key) -> [FileNode.Entry] { self[key]?.entries ?? [] }

  func has(_ key: Key) -> Bool { self[key] != nil }

  /// From the key to the end of its value, where both are on one line: what a caret is best put under.
  func entryRange(_ key: Key) -> SourceRange? {
    guard let keyRange = keyRange(key), let end = self[key]?.range.end, end.line == keyRange.start.line else {
      return nil
    }
    return SourceRange(file: keyRange.file, start: keyRange.start, end: end)
  }

  /// The place of `key` itself.
  func keyRange(_ key: Key) -> SourceRange? {
    node.entries?.first { $0.key.value == key.rawValue }?.key.range
  }
}
