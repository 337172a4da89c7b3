extension Scenario {
  /// A principal that is declared. Principals that a step's `become` makes need no declaration, accounts have their
  /// administrator, and `anonymous` sends requests without a signature.
  package struct Principal: Sendable {
    package var name: Located<String>
    package var kind: Kind
    package var range: SourceRange

    package enum Kind: Sendable {
      /// An identity of this account. Its credentials come from a step's `become`, or from the target.
      case identity(account: Located<String>)
      /// The root user of this account.
      case root(account: Located<String>)
      /// A role session that is made when it is first used, and again when its credentials have expired.
      case role(RoleChain)
    }

    package init(name: Located<String>, kind: Kind, range: SourceRange) {
      self.name = name
      self.kind = kind
      self.range = range
    }
  }

  /// How a principal's session is made: assume this role, as that principal.
  package struct RoleChain: Sendable {
    /// The role's ARN (`assume:`).
    package var role: Template
    /// The principal that assumes it (`from:`).
    package var from: Located<String>
    /// `RoleSessionName`; the principal's name where the file gives none.
    package var session: Template?
    package var duration: Located<DurationValue>?
    package var externalID: Template?
    /// An inline session policy.
    package var policy: TemplateValue?
    /// ARNs of managed session policies.
    package var policyArns: [Template]
    package var tags: [Tag]
    package var transitiveTagKeys: [Template]
    package var sourceIdentity: Template?

    package struct Tag: Sendable {
      package var key: Template
      package var value: Template

      package init(key: Template, value: Template) {
        self.key = key
        self.value = value
      }
    }

    package init(role: Template, from: Located<String>) {
      self.role = role
      self.from = from
      policyArns = []
      tags = []
      transitiveTagKeys = []
    }
  }
}
