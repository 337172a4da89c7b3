extension EmulatorConfiguration {
  /// The organization around the accounts: who manages it, and the guardrails at each level.
  package struct Organization: Sendable, Hashable {
    /// The account that manages it; guardrails never bind it.
    package var managementAccount: String
    package var root: Unit

    package init(managementAccount: String, root: Unit) {
      self.managementAccount = managementAccount
      self.root = root
    }
  }

  /// The root, or an organizational unit.
  package struct Unit: Sendable, Hashable {
    /// `Root` for the root.
    package var name: String
    package var guardrails: Guardrails
    package var accounts: [Member]
    package var units: [Unit]

    package init(
      name: String = "Root", guardrails: Guardrails = Guardrails(), accounts: [Member] = [], units: [Unit] = []
    ) {
      self.name = name
      self.guardrails = guardrails
      self.accounts = accounts
      self.units = units
    }
  }

  /// An account of a unit.
  package struct Member: Sendable, Hashable {
    package var id: String
    package var guardrails: Guardrails

    package init(id: String, guardrails: Guardrails = Guardrails()) {
      self.id = id
      self.guardrails = guardrails
    }
  }

  /// What is attached at one level.
  package struct Guardrails: Sendable, Hashable {
    /// The service control policies as they stand. AWS attaches ``ControlPolicy/fullAccess`` at every level, and so does
    /// this unless it is given another list.
    package var serviceControl: [ControlPolicy]
    /// The resource control policies besides `RCPFullAWSAccess`, which AWS attaches everywhere and lets nobody detach.
    package var resourceControl: [ControlPolicy]

    package init(serviceControl: [ControlPolicy] = [.fullAccess], resourceControl: [ControlPolicy] = []) {
      self.serviceControl = serviceControl
      self.resourceControl = resourceControl
    }
  }

  /// A policy of the organization.
  package struct ControlPolicy: Sendable, Hashable {
    package var name: String
    /// The document, JSON.
    package var document: String

    package init(name: String, document: String) {
      self.name = name
      self.document = document
    }

    /// `FullAWSAccess`.
    package static let fullAccess = ControlPolicy(
      name: "FullAWSAccess",
      document: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n"
        + "      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}")

    /// `RCPFullAWSAccess`.
    package static let fullResourceAccess = ControlPolicy(
      name: "RCPFullAWSAccess",
      document: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n"
        + "      \"Principal\": \"*\",\n      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}")
  }
}
