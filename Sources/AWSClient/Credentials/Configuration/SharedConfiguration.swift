/// The user's shared configuration: what the config file and the credentials file say together.
struct SharedConfiguration: Sendable {
  /// Where they were looked for, for messages.
  var configFile: String
  var credentialsFile: String
  var profiles: [String: Profile] = [:]
  /// The `services` sections of the config file by their names.
  var services: [String: [INIFile.Setting]] = [:]
  var singleSignOnSessions: Set<String> = []

  struct Profile: Sendable {
    var name: String
    var place: ConfigurationPlace
    /// What both files say, the credentials file over the config file.
    var settings: [String: INIFile.Setting] = [:]
    /// What each of them says alone, where keys are looked for in one before the other.
    var inCredentialsFile: [String: INIFile.Setting] = [:]
    var inConfigFile: [String: INIFile.Setting] = [:]

    /// The value of a setting; `nil` where it is not there.
    subscript(name: String) -> String? { settings[name]?.value }

    /// Where a setting stands; the profile's own place where it does not.
    func place(of name: String) -> ConfigurationPlace { settings[name]?.place ?? place }

    /// Whether one of the two keys stands in the profile.
    var hasKeys: Bool { settings["aws_access_key_id"] != nil || settings["aws_secret_access_key"] != nil }

    /// Whether the profile is a role to be assumed with other credentials.
    var isRole: Bool { settings["role_arn"] != nil && settings["web_identity_token_file"] == nil }
  }

  /// Reads the files that the environment names, or those in `~/.aws`. A file that is not there says nothing.
  static func load(_ surroundings: CredentialSurroundings) throws(CredentialError) -> SharedConfiguration {
    let config = surroundings.variable("AWS_CONFIG_FILE") ?? "~/.aws/config"
    let credentials = surroundings.variable("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials"
    var shared = SharedConfiguration(configFile: config, credentialsFile: credentials)
    if let file = try read(config, surroundings) { try shared.add(configFile: file) }
    if let file = try read(credentials, surroundings) { shared.add(credentialsFile: file) }
    return shared
  }

  private static func read(
    _ path: String, _ surroundings: CredentialSurroundings
  ) throws(CredentialError) -> INIFile? {
    guard let bytes = try BoundedFile.read(surroundings.expanded(path), limit: INIParser.largestFile) else {
      return nil
    }
    return try INIParser.parse(bytes, path: path)
  }

  private mutating func add(configFile file: INIFile) throws(CredentialError) {
    for section in file.sections {
      if section.name == "default" {
        add(section, as: "default")
        continue
      }
      let words = try ShellWords.split(section.name, at: section.place)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "profile": add(section, as: words[1])
      case "services": services[words[1]] = section.settings
      case "sso-session": singleSignOnSessions.insert(words[1])
      default: break
      }
    }
  }

  private mutating func add(_ section: INIFile.Section, as name: String) {
    var profile = Profile(name: name, place: section.place)
    for setting in section.settings { profile.inConfigFile[setting.name] = setting }
    profile.settings = profile.inConfigFile
    profiles[name] = profile
  }

  private mutating func add(credentialsFile file: INIFile) {
    for section in file.sections {
      var profile = profiles[section.name] ?? Profile(name: section.name, place: section.place)
      for setting in section.settings {
        profile.inCredentialsFile[setting.name] = setting
        profile.settings[setting.name] = setting
      }
      profiles[section.name] = profile
    }
  }
}

extension SharedConfiguration {
  /// The profile by its name.
  /// - Throws: ``CredentialError/Kind/unknownProfile``, with the names that are there.
  func profile(_ name: String) throws(CredentialError) -> Profile {
    guard let profile = profiles[name] else {
      let known = profiles.keys.sorted()
      let there = known.isEmpty ? "there are none" : "there are \(known.joined(separator: ", "))"
      throw CredentialError(
        .unknownProfile, "no profile \(name) in \(configFile) or \(credentialsFile); \(there)")
    }
    return profile
  }
}
