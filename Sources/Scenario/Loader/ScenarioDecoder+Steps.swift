extension ScenarioDecoder {
  mutating func step(_ node: FileNode) -> Scenario.Step? {
    let fields = Fields<StepKeyword>(node)
    guard let action = action(fields) else { return nil }
    var step = Scenario.Step(action: action, range: node.range)
    step.name = prose(fields[.name])
    step.about = prose(fields[.about])
    step.principal = fields.text(.principal)
    step.become = fields.text(.become)
    for entry in fields.entries(.save) {
      if let save = save(entry) { step.saves.append(save) }
    }
    step.expect = fields[.expect].flatMap { expectation($0) }
    return step
  }

  private mutating func action(_ fields: Fields<StepKeyword>) -> Scenario.Action? {
    if let operation = fields.text(.call) { return .call(call(operation, fields)) }
    if let command = fields[.cli] { return commandLine(command, fields).map { .cli($0) } }
    if fields.has(.advance) { return duration(fields[.advance]).map { .advance($0) } }
    if let operation = fields.text(.presign) {
      return .presign(call(operation, fields), expires: duration(fields[.expires]))
    }
    if let target = fields[.fetch] { return fetch(target).map { .fetch($0) } }
    if fields.has(.console) { return switchRole(fields).map { .switchRole($0) } }
    if fields.has(.check) {
      var checks: [Scenario.ValueCheck] = []
      for entry in fields.entries(.check) {
        if let matcher = matcher(entry.value) { checks.append(.init(value: checkedValue(entry.key), matcher: matcher)) }
      }
      return .check(checks)
    }
    return nil
  }

  private mutating func call(_ operation: Located<String>, _ fields: Fields<StepKeyword>) -> Scenario.Call {
    let parameters = fields[.parameters].map { tree($0) }
    return .init(operation: operation, parameters: parameters ?? .mapping([], operation.range))
  }

  /// A bare name is a variable; anything else is text with references.
  private mutating func checkedValue(_ key: Located<String>) -> Template {
    let template = templates.parse(key.value, at: key.range)
    guard let name = template.literal, name.split(separator: ".").allSatisfy({ Identifier.isValid(String($0)) }) else {
      return template
    }
    let path = name.split(separator: ".").map(String.init)
    return Template(parts: [.reference(.init(path: path, range: key.range))], range: key.range)
  }

  private mutating func commandLine(_ node: FileNode, _ fields: Fields<StepKeyword>) -> Scenario.CommandLine? {
    var words: [Template]
    if node.elements != nil {
      words = templateList(node)
    } else {
      guard let line = template(node) else { return nil }
      var splitter = CommandLineSplitter(line)
      words = splitter.split()
      diagnostics += splitter.diagnostics
    }
    var command = Scenario.CommandLine(words: words, range: node.range)
    for entry in fields.entries(.profiles) {
      var profile = Scenario.CommandLine.Profile(name: entry.key, settings: [])
      for setting in entry.value.entries ?? [] {
        if let value = template(setting.value) { profile.settings.append((setting.key, value)) }
      }
      command.profiles.append(profile)
    }
    command.files = fields.entries(.files).map { .init(name: $0.key, content: tree($0.value)) }
    return command
  }

  private mutating func fetch(_ node: FileNode) -> Scenario.Fetch? {
    if let url = template(node) { return .init(url: url) }
    let fields = Fields<FetchKeyword>(node)
    guard let url = template(fields[.url]) else { return nil }
    var fetch = Scenario.Fetch(url: url)
    fetch.method = fields.text(.method)
    fetch.body = fields[.body].map { tree($0) }
    for entry in fields.entries(.headers) {
      if let value = template(entry.value) { fetch.headers.append(.init(name: entry.key, value: value)) }
    }
    return fetch
  }

  private mutating func switchRole(_ fields: Fields<StepKeyword>) -> Scenario.SwitchRole? {
    guard let node = fields[.parameters] else {
      diagnostics.append(.error("`console` needs `with`", at: fields.keyRange(.console)))
      return nil
    }
    var checker = FormatChecker()
    checker.check(node, .object { SwitchRoleKeyword.object }, name: "`with`")
    diagnostics += checker.diagnostics
    let parameters = Fields<SwitchRoleKeyword>(node)
    guard let account = template(parameters[.account]), let role = template(parameters[.role]) else { return nil }
    return .init(account: account, roleName: role, displayName: template(parameters[.display]), range: node.range)
  }

  private mutating func save(_ entry: FileNode.Entry) -> Scenario.Save? {
    if let xpath = template(entry.value) { return .init(variable: entry.key, source: .xpath(xpath)) }
    let fields = Fields<SaveKeyword>(entry.value)
    let source: Scenario.Save.Source
    if let xpath = template(fields[.xpath]) {
      source = .xpath(xpath)
    } else if let header = fields.text(.header) {
      source = .header(header)
    } else if let body = fields[.body] {
      source = .body(body.range)
    } else {
      return nil
    }
    return .init(variable: entry.key, source: source, isSecret: fields.text(.secret)?.value == "true")
  }
}
