/// Text in which `${{ … }}` stands for a value that is known later.
package struct Template: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case text(String)
    case reference(Reference)
  }

  /// One `${{ … }}`: a dotted name, or a function of such names.
  package struct Reference: Sendable, Hashable {
    /// `["accounts", "Originating"]`, or `["roleArn"]`. Empty where the function has no argument.
    package var path: [String]
    /// The function applied, with what follows its first argument: `totp(seed, 1)`.
    package var function: Function?
    /// From `$` to the closing braces.
    package var range: SourceRange

    package struct Function: Sendable, Hashable {
      package var name: String
      /// The arguments after the first, as they were written.
      package var arguments: [String]

      package init(name: String, arguments: [String] = []) {
        self.name = name
        self.arguments = arguments
      }
    }

    package init(path: [String], function: Function? = nil, range: SourceRange) {
      self.path = path
      self.function = function
      self.range = range
    }

    /// The name as it was written, `accounts.Originating`.
    package var name: String { path.joined(separator: ".") }
  }

  package var parts: [Part]
  /// Where the whole text stands.
  package var range: SourceRange

  package init(parts: [Part], range: SourceRange) {
    self.parts = parts
    self.range = range
  }

  /// Text without references.
  package init(literal: String, range: SourceRange) {
    self.init(parts: literal.isEmpty ? [] : [.text(literal)], range: range)
  }

  package var references: [Reference] {
    parts.compactMap { if case .reference(let reference) = $0 { reference } else { nil } }
  }

  /// The text, where nothing in it is to be replaced.
  package var literal: String? {
    switch (parts.count, parts.first) {
    case (0, _): ""
    case (1, .text(let text)?): text
    default: nil
    }
  }

  /// The reference that is the whole text; its value then keeps its type (a policy stays a structure).
  package var soleReference: Reference? {
    if parts.count == 1, case .reference(let reference)? = parts.first { reference } else { nil }
  }
}

/// A tree of templates: the parameters of a call, a policy document, an expected JSON body.
package indirect enum TemplateValue: Sendable, Hashable {
  /// A key without a value, or `null` written out.
  case null(SourceRange)
  case scalar(Template)
  case list([TemplateValue], SourceRange)
  case mapping([Entry], SourceRange)

  package struct Entry: Sendable, Hashable {
    package var key: Template
    package var value: TemplateValue

    package init(key: Template, value: TemplateValue) {
      self.key = key
      self.value = value
    }
  }

  package var range: SourceRange {
    switch self {
    case .null(let range), .list(_, let range), .mapping(_, let range): range
    case .scalar(let template): template.range
    }
  }

  /// The value under the literal key `key`, where this is a mapping that has it.
  package subscript(key: String) -> TemplateValue? {
    guard case .mapping(let entries, _) = self else { return nil }
    return entries.first { $0.key.literal == key }?.value
  }
}
