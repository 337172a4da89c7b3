extension Template {
  /// The text with its references replaced. A reference to a structure becomes compact JSON.
  /// - Throws: the reference that has no value, with its place.
  package func text(in scope: Scope) throws(Diagnostic) -> String {
    if let literal { return scope.rewrite.map { $0(literal) } ?? literal }
    var resolver = Resolver(scope)
    return try resolver.text(of: self)
  }

  /// The value with its references replaced; where the whole text is one reference, that value as it is.
  /// - Throws: the reference that has no value, with its place.
  package func value(in scope: Scope) throws(Diagnostic) -> ScenarioValue {
    var resolver = Resolver(scope)
    return try resolver.value(of: self)
  }
}

extension TemplateValue {
  /// The tree with its references replaced.
  /// - Throws: the reference that has no value, with its place.
  package func value(in scope: Scope) throws(Diagnostic) -> ScenarioValue {
    var resolver = Resolver(scope)
    return try resolver.value(of: self)
  }
}

extension Scope {
  /// - Throws: an error at the reference's place, where it has no value.
  package func value(of reference: Template.Reference) throws(Diagnostic) -> ScenarioValue {
    var resolver = Resolver(self)
    return try resolver.value(of: reference)
  }
}

/// Replaces references, within bounds: a few lines of variables that each name the one before twice would otherwise
/// fill the memory.
struct Resolver {
  static let longestText = 4 << 20
  static let mostNodes = 100_000
  /// How deep policies may refer to one another; deeper is a circle.
  static let deepestReference = 16

  private let scope: Scope
  private var depth = 0
  private var bytesLeft = Self.longestText
  private var nodesLeft = Self.mostNodes

  init(_ scope: Scope) {
    self.scope = scope
  }

  mutating func value(of tree: TemplateValue) throws(Diagnostic) -> ScenarioValue {
    switch tree {
    case .null: return .null
    case .scalar(let template): return try value(of: template)
    case .list(let elements, _):
      var values: [ScenarioValue] = []
      for element in elements { values.append(try value(of: element)) }
      return .list(values)
    case .mapping(let entries, _):
      var members: [ScenarioValue.Entry] = []
      for entry in entries { members.append(.init(try text(of: entry.key), try value(of: entry.value))) }
      return .mapping(members)
    }
  }

  mutating func value(of template: Template) throws(Diagnostic) -> ScenarioValue {
    if let soleReference = template.soleReference { return try value(of: soleReference) }
    return .string(try text(of: template))
  }

  mutating func text(of template: Template) throws(Diagnostic) -> String {
    if let literal = template.literal {
      try spend(bytes: literal.utf8.count, nodes: 1, at: template.range)
      return scope.rewrite.map { $0(literal) } ?? literal
    }
    var result = ""
    for part in template.parts {
      switch part {
      case .text(let text):
        try spend(bytes: text.utf8.count, nodes: 1, at: template.range)
        result += text
      case .reference(let reference): result += try value(of: reference).text
      }
    }
    return scope.rewrite.map { $0(result) } ?? result
  }

  mutating func value(of reference: Template.Reference) throws(Diagnostic) -> ScenarioValue {
    guard let function = reference.function else { return try plainValue(of: reference) }
    guard let kind = TemplateFunction(rawValue: function.name) else {
      throw .error("unknown function `\(function.name)`", at: reference.range)
    }
    let text = kind.takesValue ? try plainValue(of: reference).text : ""
    guard let result = kind.apply(to: text, function.arguments, in: scope) else {
      throw .error("\(function.name)() cannot be applied to this value", at: reference.range, label: kind.needs)
    }
    try spend(bytes: result.utf8.count, nodes: 1, at: reference.range)
    return .string(result)
  }

  private mutating func plainValue(of reference: Template.Reference) throws(Diagnostic) -> ScenarioValue {
    let path = reference.path
    if path.count == 2, path[0] == ReferenceGroup.policies.rawValue, let document = scope.policy(named: path[1]) {
      guard depth < Self.deepestReference else {
        throw .error("policies refer to one another in a circle, or too deep", at: reference.range)
      }
      depth += 1
      defer { depth -= 1 }
      return try value(of: document)
    }
    if path.count == 2, path[0] == ReferenceGroup.tokens.rawValue, let token = scope.token(named: path[1]) {
      return try signed(token, for: reference)
    }
    guard let value = scope.simpleValue(at: path) else {
      throw .error("`\(reference.name)` has no value here", at: reference.range)
    }
    let size = value.size
    try spend(bytes: size.bytes, nodes: size.nodes, at: reference.range)
    return value
  }

  /// The token as its issuer signs it now.
  private mutating func signed(
    _ token: Scenario.Token, for reference: Template.Reference
  ) throws(Diagnostic) -> ScenarioValue {
    guard depth < Self.deepestReference else {
      throw .error("tokens refer to one another in a circle, or too deep", at: reference.range)
    }
    depth += 1
    defer { depth -= 1 }
    var subject: String?
    var members = ScenarioValue.mapping([])
    switch token.content {
    case .claims(let claims): members = try value(of: claims)
    case .assertion(let name, let attributes):
      subject = try text(of: name)
      if let attributes { members = try value(of: attributes) }
    }
    guard
      let text = scope.identityProviders?.token(token, subject: subject, members: members, at: scope.now())
    else {
      throw .error(
        "the token `\(token.name.value)` cannot be signed here", at: reference.range,
        label: "nobody plays its issuer on this target")
    }
    try spend(bytes: text.utf8.count, nodes: 1, at: reference.range)
    return .string(text)
  }

  private mutating func spend(bytes: Int, nodes: Int, at range: SourceRange) throws(Diagnostic) {
    bytesLeft -= bytes
    nodesLeft -= nodes
    guard bytesLeft >= 0, nodesLeft >= 0 else {
      throw .error("the value is too large once its references are replaced", at: range)
    }
  }
}

extension Scope {
  /// The value of a path that names an account, a name, or a variable.
  fileprivate func simpleValue(at path: [String]) -> ScenarioValue? {
    switch (path.first.flatMap(ReferenceGroup.init), path.count) {
    case (.accounts?, 2): accounts[path[1]].map { .string($0) }
    case (.names?, 2): names[path[1]].map { .string($0) }
    case (.issuers?, 2): identityProviders?.document(of: path[1]).map { .string($0) }
    case (.policies?, _), (.accounts?, _), (.names?, _), (.issuers?, _), (.tokens?, _): nil
    case (nil, _): variable(at: path)
    }
  }

  /// A variable, or what is at a path inside one that is a structure.
  private func variable(at path: [String]) -> ScenarioValue? {
    guard let name = path.first, var value = self[name] else { return nil }
    for component in path.dropFirst() {
      switch value {
      case .mapping(let entries):
        guard let entry = entries.first(where: { $0.key == component }) else { return nil }
        value = entry.value
      case .list(let elements):
        guard let index = Int(component), elements.indices.contains(index) else { return nil }
        value = elements[index]
      case .null, .string: return nil
      }
    }
    return value
  }
}
