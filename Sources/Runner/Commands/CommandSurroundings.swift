import AWSAPI
package import AWSClient
package import SigV4

/// What a program is given to talk to a target as one principal: variables and configuration, and nothing of the user's own
/// settings of AWS.
package struct CommandSurroundings: Sendable {
  /// A profile of the configuration besides the principal's own.
  package struct Profile: Sendable {
    package var name: String
    package var settings: [(name: String, value: String)]
  }

  package var region: String
  package var endpoints: ServiceEndpoints
  package var certificateAuthorities: String?
  /// `nil` for requests that nobody signs.
  package var credentials: Credentials?
  /// The name of the profile with the credentials, where there are profiles.
  package var principal: String
  package var profiles: [Profile] = []

  package init(
    region: String, endpoints: ServiceEndpoints, credentials: Credentials?, principal: String,
    certificateAuthorities: String? = nil
  ) {
    self.region = region
    self.endpoints = endpoints
    self.credentials = credentials
    self.principal = principal
    self.certificateAuthorities = certificateAuthorities
  }

  /// The variables that hold the credentials; none where they are in a profile.
  package var credentialVariables: [(name: String, value: String)] {
    guard let credentials, profiles.isEmpty else { return [] }
    var variables = [
      ("AWS_ACCESS_KEY_ID", credentials.accessKeyID), ("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey.reveal()),
    ]
    if let token = credentials.sessionToken { variables.append(("AWS_SESSION_TOKEN", token.reveal())) }
    return variables.map { (name: $0.0, value: $0.1) }
  }

  /// All variables but where programs are found.
  /// - Parameter home: a folder with `.aws` in it, in which are ``configuration`` and ``credentialsFile``.
  func variables(home: String) -> [String: String] {
    var variables = [
      "HOME": home, "AWS_CONFIG_FILE": home + "/.aws/config", "AWS_SHARED_CREDENTIALS_FILE": home + "/.aws/credentials",
      "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "",
      "AWS_CLI_AUTO_PROMPT": "off", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]
    switch endpoints {
    case .aws: break
    case .single(let endpoint): variables["AWS_ENDPOINT_URL"] = endpoint.url
    case .named(let named):
      for (service, endpoint) in named {
        variables["AWS_ENDPOINT_URL_\(service.rawValue.uppercased())"] = endpoint.url
      }
    }
    if let certificateAuthorities { variables["AWS_CA_BUNDLE"] = certificateAuthorities }
    for (name, value) in credentialVariables { variables[name] = value }
    return variables
  }

  /// The profiles as the configuration file has them, for people to read.
  package var shownConfiguration: String {
    profiles.map { profile in
      section(profile.name) + profile.settings.map { "\($0.name) = \($0.value)\n" }.joined()
    }.joined(separator: "\n")
  }

  private func section(_ profile: String) -> String { profile == "default" ? "[default]\n" : "[profile \(profile)]\n" }

  /// The configuration file.
  var configuration: String {
    var text = ""
    if !profiles.contains(where: { $0.name == "default" }) { text += section("default") + everywhere }
    for profile in profiles {
      text += section(profile.name) + profile.settings.map { "\($0.name) = \($0.value)\n" }.joined() + everywhere
    }
    return text
  }

  /// What holds in every profile: values that begin with `http://` are not fetched, times are written in one way by all
  /// releases, links are signed by the only scheme that S3 still takes, and buckets are named in the path where a server has
  /// one name only.
  private var everywhere: String {
    let addressing = if case .single = endpoints { "  addressing_style = path\n" } else { "" }
    return
      "cli_follow_urlparam = false\ncli_timestamp_format = iso8601\ns3 =\n  signature_version = s3v4\n\(addressing)"
  }

  /// The file with the principal's credentials; empty where they are in variables.
  var credentialsFile: String {
    guard let credentials, !profiles.isEmpty else { return "" }
    var text = "[\(principal)]\naws_access_key_id = \(credentials.accessKeyID)\n"
    text += "aws_secret_access_key = \(credentials.secretAccessKey.reveal())\n"
    if let token = credentials.sessionToken { text += "aws_session_token = \(token.reveal())\n" }
    return text
  }
}
