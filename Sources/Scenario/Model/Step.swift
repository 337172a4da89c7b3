extension Scenario {
  /// One step: who does what, what is kept of the answer, and what the answer must be.
  package struct Step: Sendable {
    /// Shown in reports and selected by; a step without one is named after what it does.
    package var name: Located<String>?
    package var about: Located<String>?
    /// The principal that acts. `nil` where the action has none (`advance`, `check`, `fetch`).
    package var principal: Located<String>?
    package var action: Action
    package var saves: [Save]
    /// The principal that the credentials in the answer, or in a command's output, become.
    package var become: Located<String>?
    /// `nil` where the file says nothing: then a call must be allowed, and a command must exit with 0.
    package var expect: Expectation?
    package var range: SourceRange

    package init(action: Action, range: SourceRange) {
      self.action = action
      self.range = range
      saves = []
    }
  }

  /// What a step does.
  package enum Action: Sendable {
    /// `call:` an operation of the catalogue.
    case call(Call)
    /// `cli:` a real `aws` command line, run without a shell. The first word is `aws`.
    case cli(CommandLine)
    /// `advance:` moves the clock.
    case advance(Located<DurationValue>)
    /// `presign:` makes the URL of a call without sending it; the URL is what `save: { …: { body: true } }` keeps.
    case presign(Call, expires: Located<DurationValue>?)
    /// `fetch:` sends a request without a signature to a URL.
    case fetch(Fetch)
    /// `console: switch-role` makes the link of the Management Console that switches to a role.
    case switchRole(SwitchRole)
    /// `check:` holds values that are known already against matchers.
    case check([ValueCheck])
  }

  package struct Call: Sendable {
    /// The qualified name, `iam:CreateRole`.
    package var operation: Located<String>
    /// `with:`, a mapping; empty where the file gives none.
    package var parameters: TemplateValue

    package init(operation: Located<String>, parameters: TemplateValue) {
      self.operation = operation
      self.parameters = parameters
    }
  }

  package struct CommandLine: Sendable {
    /// The words, split as a POSIX shell splits quoted words; nothing is expanded.
    package var words: [Template]
    /// Profiles of a configuration that only this command has, in the order of the file.
    package var profiles: [Profile]
    /// Files that are in the folder which the command runs in.
    package var files: [File]
    package var range: SourceRange

    package init(words: [Template], range: SourceRange) {
      self.words = words
      self.range = range
      profiles = []
      files = []
    }

    /// A profile of the AWS CLI's configuration.
    package struct Profile: Sendable {
      package var name: Located<String>
      /// `role_arn` and the like, in the order of the file.
      package var settings: [(name: Located<String>, value: Template)]
    }

    package struct File: Sendable {
      package var name: Located<String>
      /// Text, `{ file: path }` or `{ base64: … }`.
      package var content: TemplateValue
    }
  }

  package struct Fetch: Sendable {
    package var url: Template
    /// `GET` where the file says nothing.
    package var method: Located<String>?
    package var headers: [Header]
    package var body: TemplateValue?

    package struct Header: Sendable {
      package var name: Located<String>
      package var value: Template

      package init(name: Located<String>, value: Template) {
        self.name = name
        self.value = value
      }
    }

    package init(url: Template) {
      self.url = url
      headers = []
    }
  }

  package struct SwitchRole: Sendable {
    /// The account's id.
    package var account: Template
    package var roleName: Template
    package var displayName: Template?
    package var range: SourceRange

    package init(account: Template, roleName: Template, displayName: Template?, range: SourceRange) {
      self.account = account
      self.roleName = roleName
      self.displayName = displayName
      self.range = range
    }
  }

  package struct ValueCheck: Sendable {
    /// A variable's name, or a template.
    package var value: Template
    package var matcher: Matcher

    package init(value: Template, matcher: Matcher) {
      self.value = value
      self.matcher = matcher
    }
  }

  /// A variable that a step sets from its answer.
  package struct Save: Sendable {
    package var variable: Located<String>
    package var source: Source
    /// Kept out of every output; credentials are secret without being marked.
    package var isSecret: Bool

    package enum Source: Sendable {
      /// The string value of this XPath in the answer's XML, or in a command's JSON read as XML.
      case xpath(Template)
      case header(Located<String>)
      /// The whole answer as text: a response's body, a command's standard output, or the link that was made.
      case body(SourceRange)
    }

    package init(variable: Located<String>, source: Source, isSecret: Bool = false) {
      self.variable = variable
      self.source = source
      self.isSecret = isSecret
    }
  }
}
