package import IAMPolicy

/// What a step's answer must be. All that is given must hold.
package struct Expectation: Sendable {
  /// `allowed` or `denied`; `nil` where only other things are expected, which then decide alone.
  package var outcome: Located<Outcome>?
  /// The layer that must have denied. Checked where the target says which it was.
  package var by: Located<PolicyLayer>?
  package var status: Located<Int>?
  /// The error's code, `NoSuchEntity`.
  package var error: Matcher?
  package var message: Matcher?
  package var xpath: [XPathExpectation]
  package var headers: [HeaderExpectation]
  package var body: Matcher?
  /// The exit status of a `cli:` command.
  package var exit: Located<Int>?
  /// The standard error of a `cli:` command; its standard output is the body.
  package var standardError: Matcher?
  /// How long the answer may take to become true.
  package var within: Located<DurationValue>?
  /// How many times in a row the answer must be the same.
  package var stable: Located<Int>?
  package var range: SourceRange

  package enum Outcome: Sendable, Hashable {
    case allowed
    case denied(Denial)
  }

  /// Whether a denial must come from a Deny statement, from the lack of an Allow, or may come from either.
  package enum Denial: String, Sendable, Hashable, CaseIterable {
    case explicit, implicit, any
  }

  package struct XPathExpectation: Sendable {
    package var expression: Template
    package var matcher: Matcher

    package init(expression: Template, matcher: Matcher) {
      self.expression = expression
      self.matcher = matcher
    }
  }

  package struct HeaderExpectation: Sendable {
    package var name: Located<String>
    package var matcher: Matcher

    package init(name: Located<String>, matcher: Matcher) {
      self.name = name
      self.matcher = matcher
    }
  }

  package init(range: SourceRange) {
    self.range = range
    xpath = []
    headers = []
  }
}

/// What a text must be. A plain scalar in the file is `equals`; a mapping with several keys is `all` of them.
package struct Matcher: Sendable {
  package indirect enum Kind: Sendable {
    case equals(Template)
    case contains(Template)
    case startsWith(Template)
    case endsWith(Template)
    /// A regular expression that must be found somewhere in the text.
    case matches(Template)
    /// Whether there is such a value at all.
    case exists(Bool)
    /// How many nodes an XPath selects.
    case count(Int)
    case oneOf([Template])
    /// The same JSON value, whatever its white space and the order of its keys.
    case json(TemplateValue)
    /// The bytes of a file of the scenario's folder.
    case file(Template)
    case not(Matcher)
    case all([Matcher])
  }

  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
