import AWSClient
import SigV4
import Testing

@Suite("Where credentials come from") struct CredentialOrderTests {
  /// A user's files and variables, and whose key is used, or why none is.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var environment: [String: String] = [:]
    var config: String?
    var credentials: String?
    var profile: String?
    var outcome: Outcome
    var testDescription: String { name }

    enum Outcome: Sendable {
      case key(String, CredentialOrigin.Link.Kind)
      case error(CredentialError.Kind, place: String?)
    }
  }

  private static let keys = "aws_access_key_id = AKIAFILE\naws_secret_access_key = secret\n"
  private static let variables = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "secret"]

  static let cases: [Case] = [
    Case(
      name: "the environment goes before the files", environment: variables, credentials: "[default]\n" + keys,
      outcome: .key("AKIAENV", .environment)),
    Case(
      name: "a profile that is named goes before the environment", environment: variables, credentials: "[a]\n" + keys,
      profile: "a", outcome: .key("AKIAFILE", .profileKeys)),
    Case(
      name: "a profile that a variable names does not",
      environment: variables.merging(["AWS_PROFILE": "a"]) { first, _ in first }, credentials: "[a]\n" + keys,
      outcome: .key("AKIAENV", .environment)),
    Case(
      name: "the credentials file goes before the config file",
      config: "[default]\naws_access_key_id=AKIACONFIG\naws_secret_access_key=secret",
      credentials: "[default]\n" + keys, outcome: .key("AKIAFILE", .profileKeys)),
    Case(
      name: "keys in the config file", config: "[profile \"two words\"]\n" + keys, profile: "two words",
      outcome: .key("AKIAFILE", .profileKeys)),
    Case(
      name: "a profile that is not there is not passed over",
      environment: variables.merging(["AWS_PROFILE": "b"]) { first, _ in first }, credentials: "[a]\n" + keys,
      outcome: .error(.unknownProfile, place: nil)),
    Case(
      name: "two variables that name different profiles",
      environment: ["AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": "b"], credentials: "[a]\n" + keys + "[b]\n" + keys,
      outcome: .error(.invalidConfiguration, place: nil)),
    Case(
      name: "half a key in the environment", environment: ["AWS_ACCESS_KEY_ID": "AKIAENV"],
      credentials: "[default]\n" + keys, outcome: .error(.incomplete, place: nil)),
    Case(
      name: "half a key in a profile", credentials: "\n[default]\naws_access_key_id = AKIAFILE\n",
      outcome: .error(.incomplete, place: "~/.aws/credentials:3")),
    Case(
      name: "an environment whose credentials have ended",
      environment: variables.merging(["AWS_CREDENTIAL_EXPIRATION": "2025-01-15T11:59:59Z"]) { first, _ in first },
      outcome: .error(.expired, place: nil)),
    Case(name: "nothing at all", outcome: .error(.none, place: nil)),
    Case(
      name: "a role without anything to assume it with",
      config: "[default]\nrole_arn = arn:aws:iam::111111111111:role/R",
      outcome: .error(.incomplete, place: "~/.aws/config:2")),
    Case(
      name: "a role with two things to assume it with",
      config: "[default]\nrole_arn = a\nsource_profile = b\ncredential_source = Environment\n[profile b]\n" + keys,
      outcome: .error(.invalidConfiguration, place: "~/.aws/config:4")),
    Case(
      name: "a source profile that is not there",
      config: "[default]\nrole_arn = a\nsource_profile = b",
      outcome: .error(.unknownProfile, place: "~/.aws/config:3")),
    Case(
      name: "a source profile without credentials",
      config: "[default]\nrole_arn = a\nsource_profile = b\n[profile b]\nregion = x",
      outcome: .error(.incomplete, place: "~/.aws/config:4")),
    Case(
      name: "profiles in a circle",
      config: "[default]\nrole_arn = a\nsource_profile = b\n[profile b]\nrole_arn = b\nsource_profile = default",
      outcome: .error(.cycle, place: "~/.aws/config:6")),
    Case(
      name: "a profile that is its own source, without keys",
      config: "[default]\nrole_arn = a\nsource_profile = default", outcome: .error(.cycle, place: "~/.aws/config:3")),
    Case(
      name: "a credential source that is none",
      config: "[default]\nrole_arn = a\ncredential_source = environment",
      outcome: .error(.invalidConfiguration, place: "~/.aws/config:3")),
    Case(
      name: "a credential source that has none",
      config: "[default]\nrole_arn = a\ncredential_source = Ec2InstanceMetadata",
      outcome: .error(.none, place: "~/.aws/config:3")),
    Case(
      name: "a duration that is no number",
      config: "[default]\nrole_arn = a\nsource_profile = b\nduration_seconds = 1h\n[profile b]\n" + keys,
      outcome: .error(.invalidConfiguration, place: "~/.aws/config:4")),
    Case(
      name: "a web identity token without a role", config: "[default]\nweb_identity_token_file = /tmp/token",
      outcome: .error(.incomplete, place: "~/.aws/config:2")),
    Case(
      name: "a web identity token that is not there",
      environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere/token", "AWS_ROLE_ARN": "a"],
      outcome: .error(.unreadableFile, place: nil)),
    Case(
      name: "single sign-on without its session",
      config: "[default]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r",
      outcome: .error(.incomplete, place: "~/.aws/config:2")),
    Case(
      name: "single sign-on without a start URL", config: "[default]\nsso_account_id = 1\nsso_role_name = r",
      outcome: .error(.incomplete, place: "~/.aws/config:1")),
  ]

  @Test("the order", arguments: cases)
  func order(_ test: Case) throws {
    let world = CredentialWorld()
    for (name, value) in test.environment { world.set(name, value) }
    if let text = test.config { try world.write(".aws/config", text) }
    if let text = test.credentials { try world.write(".aws/credentials", text) }
    switch test.outcome {
    case .key(let id, let kind):
      let resolved = try world.resolve(profile: test.profile)
      #expect(resolved.credentials.accessKeyID == id)
      #expect(resolved.origin.links.map(\.kind) == [kind])
    case .error(let kind, let place):
      let error = #expect(throws: CredentialError.self) { try world.resolve(profile: test.profile) }
      #expect(error?.kind == kind, "\(error.map(String.init(describing:)) ?? "")")
      #expect(error?.place?.description == place)
    }
    #expect(world.requests.isEmpty, "nothing of this needs anybody to be asked")
  }

  @Test("no message and no value shows a secret")
  func secrecy() throws {
    let world = CredentialWorld()
    try world.write(".aws/credentials", "[default]\naws_access_key_id = AKIA\naws_secret_access_key = hush\nhush\n")
    let error = #expect(throws: CredentialError.self) { try world.resolve() }
    #expect(error?.description.contains("hush") == false)
    try world.write(".aws/credentials", "[default]\naws_access_key_id = AKIA\naws_secret_access_key = hush\n")
    let resolved = try world.resolve()
    #expect(!"\(resolved)".contains("hush"))
    #expect(resolved.origin.description == "the access key of profile default (~/.aws/credentials:2)")
  }
}
