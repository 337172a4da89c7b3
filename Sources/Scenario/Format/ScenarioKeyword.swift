/// The keys of a scenario file.
enum ScenarioKeyword: String, Keyword {
  case scenario, about, tags, accounts, names, existing, policies, principals, organization, issuers, tokens
  case variables, chapters, steps, finally

  static let object = ObjectFormat(
    "a scenario", Self.self, exactlyOne: [[.chapters, .steps]],
    "A scenario: who takes part, what is made, and the steps with what each must answer.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .scenario: .init(.text(.plain), "What the scenario shows, in one line.", required: true)
    case .about: .init(.text(.prose), "What the scenario teaches, in prose (Markdown).")
    case .tags: .init(.list(of: .text(.plain)), "Words to select scenarios by.")
    case .accounts:
      .init(
        .map(of: .text(.accountID), key: .name("an account's name")),
        "The AWS accounts that take part, by name. The name alone, as a principal, is the account's administrator.",
        required: true)
    case .names:
      .init(
        .map(of: .text(.template), key: .name("a name's key")),
        "Names of what the scenario creates: made unique per run on a real account, and mapped back in transcripts.")
    case .existing:
      .init(
        .map(of: .list(of: .text(.operation)), key: .name("a name's key")),
        "What may be done to resources that a target has already, by the key of their name (or an account's name, for what concerns the account as a whole): operations. Nothing else is."
      )
    case .policies:
      .init(
        .map(of: .either([.mappingTree, .text(.template)]), key: .name("a policy's name")),
        "Policy documents, inserted as compact JSON; `file: path` alone reads one from the scenario's folder.")
    case .principals:
      .init(
        .map(of: .object { PrincipalKeyword.object }, key: .name("a principal's name")),
        "Principals that no step's `become` makes, or that are to be sessions that renew themselves.")
    case .organization: .init(.object { OrganizationKeyword.object }, "The organization around the accounts.")
    case .issuers:
      .init(
        .map(of: .object { IssuerKeyword.object }, key: .name("an issuer's name")),
        "Identity providers outside of AWS. `issuers.NAME` is the issuer's URL, or a SAML provider's metadata.")
    case .tokens:
      .init(
        .map(of: .object { TokenKeyword.object }, key: .name("a token's name")),
        "What identity providers sign, for AssumeRoleWithWebIdentity and AssumeRoleWithSAML.")
    case .variables:
      .init(.map(of: .tree, key: .name("a variable's name")), "Values of variables before the first step.")
    case .chapters: .init(.list(of: .object { ChapterKeyword.object }), "The parts of the scenario, in order.")
    case .steps: .init(.list(of: .object { StepKeyword.object }), "The steps, where there are no chapters.")
    case .finally:
      .init(
        .list(of: .object { StepKeyword.object }),
        "Steps that are run however the scenario ended, before what it created is torn down.")
    }
  }
}

/// The keys of a chapter.
enum ChapterKeyword: String, Keyword {
  case title, about, steps

  static let object = ObjectFormat("a chapter", Self.self, "A part of the scenario with a title of its own.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .title: .init(.text(.prose), "The chapter's title.", required: true)
    case .about: .init(.text(.prose), "What the chapter teaches, in prose (Markdown).")
    case .steps: .init(.list(of: .object { StepKeyword.object }), "The chapter's steps, in order.", required: true)
    }
  }
}

/// The keys of a declared principal.
enum PrincipalKeyword: String, Keyword {
  case account, root, assume, from, session, duration
  case externalID = "external_id"
  case policy
  case policyArns = "policy_arns"
  case tags
  case transitiveTagKeys = "transitive_tag_keys"
  case sourceIdentity = "source_identity"

  static let object = ObjectFormat(
    "a principal", Self.self, exactlyOne: [[.account, .root, .assume]],
    "A principal: an identity of an account, an account's root user, or a role session that renews itself.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .account:
      .init(.text(.plain), "The account of an identity whose credentials a step's `become`, or the target, provides.")
    case .root: .init(.text(.plain), "The account whose root user this is.")
    case .assume:
      .init(
        .text(.template), "The ARN of a role: assumed when first used, and again when its credentials have expired.")
    case .from: .init(.text(.plain), "The principal that assumes the role.", beside: ["assume"])
    case .session: .init(.text(.template), "RoleSessionName; the principal's name by default.", beside: ["assume"])
    case .duration: .init(.text(.duration), "DurationSeconds, such as 1h.", beside: ["assume"])
    case .externalID: .init(.text(.template), "ExternalId.", beside: ["assume"])
    case .policy:
      .init(.either([.mappingTree, .text(.template)]), "An inline session policy.", beside: ["assume"])
    case .policyArns:
      .init(.list(of: .text(.template)), "ARNs of managed session policies.", beside: ["assume"])
    case .tags: .init(.map(of: .text(.template), key: .free("a tag's key")), "Session tags.", beside: ["assume"])
    case .transitiveTagKeys:
      .init(.list(of: .text(.template)), "Keys of the tags that pass on to further sessions.", beside: ["assume"])
    case .sourceIdentity: .init(.text(.template), "SourceIdentity.", beside: ["assume"])
    }
  }
}
