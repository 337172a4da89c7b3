package import FoundationEssentials

/// What an emulator is made of before the first request.
package struct EmulatorConfiguration: Sendable {
  /// The accounts that exist, by their twelve digits. Others are not known to IAM, and nobody in them can sign.
  package var accounts: [Account]
  package var clock: EmulatorClock
  package var identifiers: IdentifierSource
  /// The region the emulator answers for.
  package var region: String
  package var organization: Organization?
  /// Where the bytes of uploads are put.
  package var payloads: any PayloadStore = MemoryPayloadStore()
  /// The OpenID Connect issuers whose tokens can be verified.
  package var issuers: [Issuer] = []
  /// How many of the latest decisions are kept.
  package var decisionLogCapacity = 1024
  /// Whether a signature may be dated by the machine's time as well as by ``clock``: clients of a served emulator know only
  /// the former, wherever the clock was put.
  package var acceptsMachineTime = false

  /// An account that is declared.
  package struct Account: Sendable, Hashable {
    /// Twelve digits.
    package var id: String

    package init(id: String) {
      self.id = id
    }
  }

  /// Where ids, keys and secrets come from.
  package enum IdentifierSource: Sendable, Hashable, Codable {
    /// The same ids in every run. Whoever knows the seed knows the secrets: for scenarios in this process only.
    case seeded(UInt64)
    /// Ids and secrets that nobody can foretell.
    case random
  }

  package init(
    accounts: [Account], clock: EmulatorClock = .fixed(.scenarioStart), identifiers: IdentifierSource = .seeded(1),
    region: String = "us-east-1"
  ) {
    self.accounts = accounts
    self.clock = clock
    self.identifiers = identifiers
    self.region = region
  }
}

extension Date {
  /// 2025-01-15T12:00:00Z, where the clock of a scenario stands unless it is told otherwise.
  package static let scenarioStart = Date(timeIntervalSince1970: 1_736_942_400)
}
