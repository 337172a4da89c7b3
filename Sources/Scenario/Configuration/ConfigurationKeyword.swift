/// The keys of `iamdrill.yaml`.
enum ConfigurationKeyword: String, Keyword {
  case targets

  static let object = ObjectFormat(
    "a configuration", Self.self, "Where scenarios may run besides the embedded emulator.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .targets:
      .init(
        .map(of: .object { TargetKeyword.object }, key: .name("a target's name")),
        "Targets by name, for `iamdrill run --target NAME`.", required: true)
    }
  }
}

/// The keys of a target.
enum TargetKeyword: String, Keyword {
  case kind, region, url
  case certificateAuthorities = "ca"
  case folder = "dir"
  case endpointURLs = "endpoint_urls"
  case accounts, pairs, principals, names
  case allowedAccounts = "allowed_accounts"
  case blockedAccounts = "blocked_accounts"
  case within, stable, clock

  static let object = ObjectFormat(
    "a target", Self.self, "A place where scenarios may run, and what may be done there.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .kind:
      .init(
        .choice(TargetDefinition.Kind.allCases.map(\.rawValue)),
        "What answers: the embedded emulator, a server that is compatible with AWS, AWS, or a recording.",
        required: true)
    case .region: .init(.text(.plain), "The region, `us-east-1` by default.")
    case .url: .init(.text(.plain), "Where an endpoint answers, such as https://localhost:9443.")
    case .certificateAuthorities:
      .init(.text(.plain), "A PEM file with the authorities to trust in place of the system's, relative to this file.")
    case .folder: .init(.text(.plain), "The folder of a recording, relative to this file.")
    case .endpointURLs:
      .init(
        .object { EndpointKeyword.object },
        "URLs in place of AWS's own. The environment's AWS_ENDPOINT_URL is refused on AWS: only these count.")
    case .accounts:
      .init(
        .map(of: .object { AccountKeyword.object }, key: .name("an account's name")), "What a scenario's accounts are.")
    case .pairs:
      .init(
        .list(of: .map(of: .object { AccountKeyword.object }, key: .name("an account's name"))),
        "Sets of accounts; every scenario is run once on each.")
    case .principals:
      .init(
        .map(of: .object { CredentialKeyword.object }, key: .name("a principal's name")),
        "Principals of scenarios that are there already, and where their credentials come from.")
    case .names:
      .init(
        .map(of: .text(.plain), key: .name("a name's key")),
        "Names of scenarios that stand for resources which are there already: they are not created, and nothing is done to them but what the scenario's `existing` says."
      )
    case .allowedAccounts: .init(.list(of: .text(.accountID)), "The only accounts that may be used.")
    case .blockedAccounts: .init(.list(of: .text(.accountID)), "Accounts that are never used, whatever else is said.")
    case .within:
      .init(
        .text(.duration),
        "How long an answer may take to become true, where a step does not say it: 2m on AWS, 5s on an endpoint.")
    case .stable:
      .init(
        .integer(1...100),
        "How often in a row a refusal must be seen, where a step does not say it: 3 on AWS, 1 on an endpoint.")
    case .clock:
      .init(
        .choice(TargetDefinition.Clock.allCases.map(\.rawValue)),
        "How the clock follows `advance:`: not at all, on the server (`iamdrill serve`), or by the requests' own dates."
      )
    }
  }
}

/// The services of a target's `endpoint_urls`.
enum EndpointKeyword: String, Keyword {
  case iam, sts, s3

  static let object = ObjectFormat("an endpoint list", Self.self, "URLs by service.")

  var meaning: ObjectFormat.Meaning { .init(.text(.plain), "The URL of this service.") }
}

/// The keys of an account of a target.
enum AccountKeyword: String, Keyword {
  case id, region, profile
  case accessKeyID = "access_key_id"
  case secretAccessKey = "secret_access_key"
  case sessionToken = "session_token"

  static let object = ObjectFormat(
    "an account", Self.self, exactlyOne: [[.profile, .accessKeyID]],
    "What stands behind an account of scenarios: its id, and where its administrator's credentials come from.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .id: .init(.text(.accountID), "The account's id; it is checked before anything is written.", required: true)
    case .region: .init(.text(.plain), "The region, where it is not the target's.")
    case .profile: CredentialKeyword.profile.meaning
    case .accessKeyID: CredentialKeyword.accessKeyID.meaning
    case .secretAccessKey: CredentialKeyword.secretAccessKey.meaning
    case .sessionToken: CredentialKeyword.sessionToken.meaning
    }
  }
}

/// Where credentials come from.
enum CredentialKeyword: String, Keyword {
  case profile
  case accessKeyID = "access_key_id"
  case secretAccessKey = "secret_access_key"
  case sessionToken = "session_token"

  static let object = ObjectFormat(
    "a credential source", Self.self, exactlyOne: [[.profile, .accessKeyID]], "Where credentials come from.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .profile: .init(.text(.plain), "A profile of the AWS CLI's configuration.")
    case .accessKeyID: .init(.text(.plain), "The name of the environment variable with the access key id.")
    case .secretAccessKey:
      .init(
        .text(.plain), "The name of the environment variable with the secret access key.", beside: ["access_key_id"])
    case .sessionToken:
      .init(.text(.plain), "The name of the environment variable with the session token.", beside: ["access_key_id"])
    }
  }
}
