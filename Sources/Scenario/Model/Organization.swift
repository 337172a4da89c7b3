extension Scenario {
  /// The organization around the accounts, for guardrails.
  package struct Organization: Sendable {
    /// The account that manages it; guardrails never bind it.
    package var management: Located<String>
    /// The top of the tree: its policies bind every other account.
    package var root: Unit
    package var range: SourceRange

    package init(management: Located<String>, root: Unit, range: SourceRange) {
      self.management = management
      self.root = root
      self.range = range
    }
  }

  /// The root, or an organizational unit: attached policies, accounts and further units.
  package struct Unit: Sendable {
    /// `nil` for the root.
    package var name: Located<String>?
    package var serviceControlPolicies: [AttachedPolicy]
    package var resourceControlPolicies: [AttachedPolicy]
    package var accounts: [Member]
    package var units: [Unit]

    /// An account in the unit, with what is attached to it alone.
    package struct Member: Sendable {
      package var account: Located<String>
      package var serviceControlPolicies: [AttachedPolicy]
      package var resourceControlPolicies: [AttachedPolicy]

      package init(account: Located<String>) {
        self.account = account
        serviceControlPolicies = []
        resourceControlPolicies = []
      }
    }

    package init(name: Located<String>?) {
      self.name = name
      serviceControlPolicies = []
      resourceControlPolicies = []
      accounts = []
      units = []
    }
  }

  /// The name of one of the file's policies, or `FullAWSAccess`, which AWS attaches at every level unless a list of
  /// service control policies is given that leaves it out.
  package typealias AttachedPolicy = Located<String>
}
