/// The keys of an organization; all but `management` describe its root.
enum OrganizationKeyword: String, Keyword {
  case management, scps, rcps
  case fullAWSAccess = "full_aws_access"
  case accounts, units

  static let object = ObjectFormat(
    "an organization", Self.self,
    "The organization of the accounts: what stands here beside `management` belongs to its root.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .management:
      .init(
        .text(.plain), "The management account; service and resource control policies never bind it.", required: true)
    case .scps: UnitKeyword.scps.meaning
    case .rcps: UnitKeyword.rcps.meaning
    case .fullAWSAccess: UnitKeyword.fullAWSAccess.meaning
    case .accounts: UnitKeyword.accounts.meaning
    case .units: UnitKeyword.units.meaning
    }
  }
}

/// The keys of an organizational unit.
enum UnitKeyword: String, Keyword {
  case scps, rcps
  case fullAWSAccess = "full_aws_access"
  case accounts, units

  static let object = ObjectFormat(
    "an organizational unit", Self.self, "A unit of the organization, with its policies, accounts and further units.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .scps: .init(.list(of: .text(.plain)), "Names of policies of this file, attached as service control policies.")
    case .rcps:
      .init(.list(of: .text(.plain)), "Names of policies of this file, attached as resource control policies.")
    case .fullAWSAccess:
      .init(.boolean, "Whether AWS's own policy FullAWSAccess is attached here too; true unless this says false.")
    case .accounts:
      .init(
        .either([.list(of: .text(.plain)), .map(of: .object { MemberKeyword.object }, key: .name("an account's name"))]
        ),
        "The accounts directly here: a list of names, or a mapping to what is attached to the account alone.")
    case .units:
      .init(.map(of: .object { UnitKeyword.object }, key: .free("a unit's name")), "The organizational units below.")
    }
  }
}

/// The keys of an account in a unit.
enum MemberKeyword: String, Keyword {
  case scps, rcps
  case fullAWSAccess = "full_aws_access"

  static let object = ObjectFormat("a member account", Self.self, "What is attached to one account alone.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .scps: UnitKeyword.scps.meaning
    case .rcps: UnitKeyword.rcps.meaning
    case .fullAWSAccess: UnitKeyword.fullAWSAccess.meaning
    }
  }
}
