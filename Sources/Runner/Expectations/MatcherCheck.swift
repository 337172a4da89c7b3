import JSON
import Scenario

/// Holds texts against matchers.
struct MatcherCheck {
  let scope: Scope
  let folder: ScenarioFolder

  /// What is held against a matcher: a text, or what an XPath selected.
  struct Subject {
    /// `nil` where there is no such value.
    var text: String?
    /// How many there are.
    var count: Int

    init(_ text: String?) {
      self.text = text
      count = text == nil ? 0 : 1
    }

    init(texts: [String]) {
      text = texts.first
      count = texts.count
    }
  }

  /// What the matcher wanted, where `subject` is not that; `nil` where it is.
  /// - Throws: what cannot be resolved or read.
  func unmet(_ matcher: Matcher, _ subject: Subject) throws(Problem) -> String? {
    do throws(Diagnostic) {
      return try unmet(matcher.kind, subject, at: matcher)
    } catch {
      throw Problem(error)
    }
  }

  private func unmet(_ kind: Matcher.Kind, _ subject: Subject, at matcher: Matcher) throws(Diagnostic) -> String? {
    switch kind {
    case .exists(let wanted): return (subject.count > 0) == wanted ? nil : wanted ? "a value" : "no value"
    case .count(let wanted): return subject.count == wanted ? nil : "\(wanted) of them"
    case .not(let inner):
      return try unmet(inner.kind, subject, at: inner) == nil ? "not " + describe(inner) : nil
    case .all(let inner):
      for matcher in inner {
        if let unmet = try unmet(matcher.kind, subject, at: matcher) { return unmet }
      }
      return nil
    case .oneOf(let templates):
      let wanted = try texts(templates)
      return subject.text.map { wanted.contains($0) } ?? false ? nil : "one of " + wanted.joined(separator: ", ")
    case .json(let template): return try unmetJSON(template, subject, at: matcher)
    case .file(let template):
      let bytes = try folder.read(try template.text(in: scope), at: template.range)
      let wanted = String(decoding: bytes, as: UTF8.self)
      return subject.text.map { $0.utf8.elementsEqual(wanted.utf8) } ?? false ? nil : "the content of the file"
    case .equals(let template), .contains(let template), .startsWith(let template), .endsWith(let template),
      .matches(let template):
      return try unmetText(kind, try template.text(in: scope), subject, at: matcher)
    }
  }

  private func unmetText(
    _ kind: Matcher.Kind, _ wanted: String, _ subject: Subject, at matcher: Matcher
  ) throws(Diagnostic) -> String? {
    guard let text = subject.text else { return describe(kind, wanted) }
    let isMet: Bool
    switch kind {
    case .contains: isMet = text.range(ofText: wanted) != nil
    case .startsWith: isMet = text.utf8.starts(with: wanted.utf8)
    case .endsWith: isMet = text.utf8.reversed().starts(with: wanted.utf8.reversed())
    case .matches:
      guard let expression = try? Regex(wanted) else {
        throw .error("'\(wanted)' is not a regular expression", at: matcher.range)
      }
      isMet = (try? expression.firstMatch(in: text)) != nil
    default: isMet = text.utf8.elementsEqual(wanted.utf8)
    }
    return isMet ? nil : describe(kind, wanted)
  }

  private func describe(_ kind: Matcher.Kind, _ text: String) -> String {
    switch kind {
    case .contains: "text that contains \"\(text)\""
    case .startsWith: "text that begins with \"\(text)\""
    case .endsWith: "text that ends with \"\(text)\""
    case .matches: "text that matches \(text)"
    default: "\"\(text)\""
    }
  }

  private func describe(_ matcher: Matcher) -> String {
    switch matcher.kind {
    case .equals(let template), .contains(let template), .startsWith(let template), .endsWith(let template),
      .matches(let template):
      describe(matcher.kind, (try? template.text(in: scope)) ?? "")
    default: "that"
    }
  }

  private func texts(_ templates: [Template]) throws(Diagnostic) -> [String] {
    var texts: [String] = []
    for template in templates { texts.append(try template.text(in: scope)) }
    return texts
  }

  private func unmetJSON(
    _ template: TemplateValue, _ subject: Subject, at matcher: Matcher
  ) throws(Diagnostic) -> String? {
    let wanted = try template.value(in: scope).json
    guard let text = subject.text, let value = try? JSONValue(parsing: Array(text.utf8)) else { return wanted.compact }
    return value.sorted.compact == wanted.sorted.compact ? nil : wanted.compact
  }
}

extension JSONValue {
  /// The value with the members of every object in one order, and scalars as a scenario's scalars are: text.
  var sorted: JSONValue {
    switch kind {
    case .object(let members):
      JSONValue(
        .object(
          members.map { JSONMember(name: $0.name, value: $0.value.sorted) }.sorted { $0.name < $1.name }))
    case .array(let elements): JSONValue(.array(elements.map(\.sorted)))
    case .number(let text): JSONValue(.string(text))
    case .bool(let value): JSONValue(.string(value ? "true" : "false"))
    case .string, .null: self
    }
  }
}
