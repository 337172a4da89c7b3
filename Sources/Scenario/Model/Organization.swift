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
    package var attachments: Attachments
    package var accounts: [Member]
    package var units: [Unit]

    /// An account in the unit, with what is attached to it alone.
    package struct Member: Sendable {
      package var account: Located<String>
      package var attachments: Attachments

      package init(account: Located<String>) {
        self.account = account
        attachments = Attachments()
      }
    }

    package init(name: Located<String>?) {
      self.name = name
      attachments = Attachments()
      accounts = []
      units = []
    }
  }

  /// What is attached at one level of the organization. RCPFullAWSAccess always is, as on AWS.
  package struct Attachments: Sendable {
    /// Names of the file's policies.
    package var serviceControlPolicies: [Located<String>]
    package var resourceControlPolicies: [Located<String>]
    /// AWS's own FullAWSAccess is attached beside them, as AWS does by itself; `full_aws_access: false` detaches it.
    package var hasFullAWSAccess: Bool

    package init(
      serviceControlPolicies: [Located<String>] = [], resourceControlPolicies: [Located<String>] = [],
      hasFullAWSAccess: Bool = true
    ) {
      self.serviceControlPolicies = serviceControlPolicies
      self.resourceControlPolicies = resourceControlPolicies
      self.hasFullAWSAccess = hasFullAWSAccess
    }
  }
}
