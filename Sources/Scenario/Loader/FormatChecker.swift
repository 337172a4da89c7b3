/// Holds a file against the description of the format, and collects everything that does not fit.
struct FormatChecker {
  private(set) var diagnostics: [Diagnostic] = []

  /// What a node is, for messages. Nearly all nodes have none, so it is put into words only where there is one.
  enum Name: CustomStringConvertible, ExpressibleByStringLiteral {
    case words(String)
    /// The value of a key: `steps`.
    case key(String)
    indirect case element(of: Name)

    init(stringLiteral words: String) { self = .words(words) }

    var description: String {
      switch self {
      case .words(let words): words
      case .key(let key): "`\(key)`"
      case .element(let list): "an element of \(list)"
      }
    }
  }

  mutating func check(_ node: FileNode, _ format: Format, name: Name) {
    switch format {
    case .text(let form): checkText(node, form, name: name)
    case .choice(let choices): checkChoice(node, choices, name: name)
    case .integer(let limits):
      if let text = node.text?.value, let number = Int(text), limits.contains(number) { return }
      wrong(node, name, "must be a whole number from \(limits.lowerBound) to \(limits.upperBound)")
    case .boolean: checkChoice(node, ["true", "false"], name: name)
    case .tree: break
    case .mappingTree: if node.entries == nil { wrong(node, name, "must be a mapping") }
    case .list(let format):
      guard let elements = node.elements else { return wrong(node, name, "must be a list") }
      let name = Name.element(of: name)
      for element in elements { check(element, format, name: name) }
    case .map(let format, let key): checkMap(node, format, key, name: name)
    case .object(let object): checkObject(node, object(), name: name)
    case .either(let formats): checkEither(node, formats, name: name)
    }
  }

  private mutating func wrong(_ node: FileNode, _ name: Name, _ must: String, notes: [Diagnostic.Note] = []) {
    if node.isMissing {
      diagnostics.append(.error("\(name) has no value", at: node.range, notes: notes))
    } else {
      let label = node.text == nil ? "this is \(node.kind)" : nil
      diagnostics.append(.error("\(name) \(must)", at: node.range, label: label, notes: notes))
    }
  }

  private mutating func checkText(_ node: FileNode, _ form: Format.TextForm, name: Name) {
    guard let text = node.text?.value, !node.isMissing else {
      return wrong(node, name, "must be text")
    }
    switch form {
    case .plain, .prose, .template, .operation: break
    case .duration:
      if DurationValue(text) == nil { wrong(node, name, "must be a length of time: \(DurationValue.form)") }
    case .accountID:
      let isDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      if text.utf8.count != 12 || !isDigits { wrong(node, name, "must be an account id: twelve digits") }
    }
  }

  private mutating func checkChoice(_ node: FileNode, _ choices: [String], name: Name) {
    guard let text = node.text?.value else { return wrong(node, name, "must be text") }
    guard !choices.contains(text) else { return }
    let must = choices.count == 1 ? "must be `\(choices[0])`" : "must be one of \(choices.joined(separator: ", "))"
    diagnostics.append(.error("\(name) \(must)", at: node.range, label: Suggestion.label(for: text, among: choices)))
  }

  private mutating func checkMap(_ node: FileNode, _ format: Format, _ key: Format.MapKey, name: Name) {
    guard let entries = node.entries else { return wrong(node, name, "must be a mapping") }
    for entry in entries {
      if case .name(let what) = key, !Identifier.isValid(entry.key.value) {
        diagnostics.append(
          .error("\(what) is made of letters, digits, `_` and `-`, at most \(Identifier.longest)", at: entry.key.range))
      }
      check(entry.value, format, name: .key(entry.key.value))
    }
  }

  private mutating func checkEither(_ node: FileNode, _ formats: [Format], name: Name) {
    if let format = formats.first(where: { $0.takes(node) }) { return check(node, format, name: name) }
    wrong(node, name, "must be \(formats.map(\.kind).joined(separator: " or "))")
  }

  private mutating func checkObject(_ node: FileNode, _ object: ObjectFormat, name: Name) {
    guard let entries = node.entries else {
      return wrong(node, name, "must be a mapping: \(object.name)")
    }
    // A list, because a mapping has few keys: they are compared sooner than hashed.
    var given = entries.map { $0.key.value }
    // A key that is misspelt counts as the one that was meant: it is not reported as missing as well.
    for key in given where object[key] == nil {
      if let meant = Suggestion.closest(to: key, among: object.keys.map(\.name)) { given.append(meant) }
    }
    for choices in object.exactlyOne {
      checkExactlyOne(choices, of: entries, given, object, node)
      // What is said to be missing is not demanded again by the keys that stand beside it.
      if !given.contains(where: choices.contains) { given += choices }
    }
    for entry in entries { checkKey(entry, object, given: given) }
    for key in object.keys where key.meaning.isRequired && !given.contains(key.name) {
      diagnostics.append(.error("\(object.name) needs `\(key.name)`", at: node.range.firstLine))
    }
  }

  private mutating func checkKey(_ entry: FileNode.Entry, _ object: ObjectFormat, given: [String]) {
    let key = entry.key.value
    guard let meaning = object[key] else {
      let names = object.keys.map(\.name)
      let label = Suggestion.label(for: key, among: names)
      let notes = label == nil ? [Diagnostic.Note("\(object.name) may have: \(names.joined(separator: ", "))")] : []
      diagnostics.append(
        .error("unknown key `\(key)` in \(object.name)", at: entry.key.range, label: label, notes: notes))
      return
    }
    if !meaning.beside.isEmpty, !given.contains(where: meaning.beside.contains) {
      diagnostics.append(
        .error("`\(key)` makes sense only beside \(Self.alternatives(meaning.beside))", at: entry.key.range))
    }
    check(entry.value, meaning.format, name: .key(key))
  }

  private mutating func checkExactlyOne(
    _ choices: [String], of entries: [FileNode.Entry], _ keys: [String], _ object: ObjectFormat, _ node: FileNode
  ) {
    if !keys.contains(where: choices.contains) {
      diagnostics.append(
        .error("\(object.name) needs \(Self.alternatives(choices))", at: node.range.firstLine))
    }
    let given = entries.filter { choices.contains($0.key.value) }
    for extra in given.dropFirst() {
      diagnostics.append(
        .error(
          "\(object.name) has only one of \(choices.joined(separator: ", "))", at: extra.key.range,
          notes: [.init("`\(given[0].key.value)` is given", at: given[0].key.range)]))
    }
  }

  private static func alternatives(_ keys: [String]) -> String {
    let quoted = keys.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Format {
  /// Whether `node` is a scalar, a list or a mapping as this form is.
  fileprivate func takes(_ node: FileNode) -> Bool {
    switch self {
    case .text, .choice, .integer, .boolean: node.text != nil
    case .list: node.elements != nil
    case .mappingTree, .map, .object: node.entries != nil
    case .tree: true
    case .either(let formats): formats.contains { $0.takes(node) }
    }
  }

  /// What it is, for messages.
  fileprivate var kind: String {
    switch self {
    case .text: "text"
    case .choice(let choices): choices.joined(separator: ", ")
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .list: "a list"
    case .mappingTree, .map: "a mapping"
    case .object(let object): "a mapping (\(object().name))"
    case .tree: "anything"
    case .either(let formats): formats.map(\.kind).joined(separator: " or ")
    }
  }
}

extension SourceRange {
  /// The part of it that is on its first line; a caret under ten lines says no more than one under the first.
  var firstLine: SourceRange {
    end.line == start.line
      ? self : SourceRange(file: file, start: start, end: SourcePosition(line: start.line, column: .max))
  }
}
