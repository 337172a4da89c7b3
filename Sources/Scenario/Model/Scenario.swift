/// A scenario file, read: who takes part, what is made, and the steps with what each must answer.
package struct Scenario: Sendable {
  package var name: Located<String>
  /// What the scenario teaches. Prose is interpolated when it is read, with the canonical names and ids of the file,
  /// so that it reads the same on every target.
  package var about: Located<String>?
  package var tags: [Located<String>]
  /// In the file's order.
  package var accounts: [Account]
  /// What the scenario creates: made unique per run on a real account, and mapped back in its transcript.
  package var names: [Name]
  /// What may be done to resources that a target has already.
  package var existing: [Existing]
  package var policies: [Policy]
  package var principals: [Principal]
  package var organization: Organization?
  package var issuers: [Issuer]
  package var tokens: [Token]
  /// Values that the file itself gives to variables.
  package var variables: [Variable]
  package var chapters: [Chapter]
  /// Steps that are run however the scenario ended, before what it created is torn down.
  package var finally: [Step]
  /// The file that was read.
  package var source: SourceFile
  /// The policy files that it names.
  package var furtherSources: [SourceFile]

  /// An AWS account that takes part. Its name alone, as a principal, is its administrator.
  package struct Account: Sendable {
    package var name: Located<String>
    /// Twelve digits; a target may put a real account's id in its place.
    package var id: Located<String>

    package init(name: Located<String>, id: Located<String>) {
      self.name = name
      self.id = id
    }
  }

  /// `names.key`: a name for something that the scenario creates.
  package struct Name: Sendable {
    package var key: Located<String>
    package var value: Template

    package init(key: Located<String>, value: Template) {
      self.key = key
      self.value = value
    }
  }

  /// `existing.key`: the operations that may change a resource which is there already.
  package struct Existing: Sendable {
    /// A key of the scenario's names, or an account's name for what concerns the account as a whole.
    package var key: Located<String>
    package var operations: [Located<String>]

    package init(key: Located<String>, operations: [Located<String>]) {
      self.key = key
      self.operations = operations
    }
  }

  /// `policies.name`: a policy document, inserted as compact JSON.
  package struct Policy: Sendable {
    package var name: Located<String>
    package var document: TemplateValue

    package init(name: Located<String>, document: TemplateValue) {
      self.name = name
      self.document = document
    }
  }

  /// A variable that has a value before the first step.
  package struct Variable: Sendable {
    package var name: Located<String>
    package var value: TemplateValue

    package init(name: Located<String>, value: TemplateValue) {
      self.name = name
      self.value = value
    }
  }

  /// A part of the scenario with a title of its own.
  package struct Chapter: Sendable {
    /// `nil` for the steps of a file without chapters.
    package var title: Located<String>?
    package var about: Located<String>?
    package var steps: [Step]

    package init(title: Located<String>?, about: Located<String>?, steps: [Step]) {
      self.title = title
      self.about = about
      self.steps = steps
    }
  }

  package init(name: Located<String>, source: SourceFile) {
    self.name = name
    self.source = source
    tags = []
    accounts = []
    names = []
    existing = []
    policies = []
    principals = []
    issuers = []
    tokens = []
    variables = []
    chapters = []
    finally = []
    furtherSources = []
  }
}
