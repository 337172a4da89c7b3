/// The keys of a file that says what a served emulator has at its start.
enum ServerKeyword: String, Keyword {
  case accounts, policies, organization, scenarios

  static let object = ObjectFormat(
    "a server's configuration", Self.self, "What a served emulator has before the first request.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .accounts:
      .init(ScenarioKeyword.accounts.meaning.format, "The AWS accounts there are, by name.", required: true)
    case .policies: .init(ScenarioKeyword.policies.meaning.format, "Policies, for the organization to attach.")
    case .organization: ScenarioKeyword.organization.meaning
    case .scenarios:
      .init(
        .list(of: .text(.plain)),
        "Scenario files, from this file's folder, whose steps make what there is at the start, in this order.")
    }
  }
}
