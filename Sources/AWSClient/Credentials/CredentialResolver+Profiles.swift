import SigV4

extension CredentialResolver {
  /// A profile's role, and what it is assumed with.
  /// - Parameter visited: the profiles that led here, this one last.
  func roleRecipe(
    _ profile: SharedConfiguration.Profile, visited: [String]
  ) throws(CredentialError) -> CredentialRecipe {
    guard visited.count <= Self.longestChain else {
      throw CredentialError(
        .invalidConfiguration, "more than \(Self.longestChain) profiles refer to each other", at: profile.place)
    }
    let role = try roleSettings(profile)
    switch (profile["source_profile"], profile["credential_source"]) {
    case (_?, _?):
      throw CredentialError(
        .invalidConfiguration, "profile \(profile.name) has both a source_profile and a credential_source",
        at: profile.place(of: "credential_source"))
    case (nil, nil):
      throw CredentialError(
        .incomplete,
        "profile \(profile.name) has a role_arn, and no source_profile or credential_source to assume it with",
        at: profile.place(of: "role_arn"))
    case (nil, let source?):
      return .role(role, from: try credentialSource(source, of: profile))
    case (let source?, nil):
      return .role(role, from: try sourceRecipe(source, of: profile, visited: visited))
    }
  }

  /// More profiles behind each other than anyone has written on purpose.
  private static let longestChain = 16

  private func sourceRecipe(
    _ name: String, of profile: SharedConfiguration.Profile, visited: [String]
  ) throws(CredentialError) -> CredentialRecipe {
    let place = profile.place(of: "source_profile")
    guard let source = shared.profiles[name] else {
      throw CredentialError(
        .unknownProfile, "the source_profile \(name) of profile \(profile.name) does not exist", at: place)
    }
    // A profile may refer to itself, for keys that stand in it.
    let isItself = name == profile.name && source.hasKeys
    guard isItself || !visited.contains(name) else {
      throw CredentialError(
        .cycle, "profiles refer to each other in a circle: \((visited + [name]).joined(separator: " → "))", at: place)
    }
    // Keys in a profile outweigh the role in it, when another profile refers to it.
    if source.isRole, !source.hasKeys { return try roleRecipe(source, visited: visited + [name]) }
    guard let recipe = try ownRecipe(of: source, usesEnvironment: false) else {
      throw CredentialError(
        .incomplete, "the source_profile \(name) of profile \(profile.name) names no credentials", at: source.place)
    }
    return recipe
  }

  private func credentialSource(
    _ name: String, of profile: SharedConfiguration.Profile
  ) throws(CredentialError) -> CredentialRecipe {
    let place = profile.place(of: "credential_source")
    let recipe: CredentialRecipe?
    switch name {
    case "Environment": recipe = try environmentKeys()
    case "EcsContainer": recipe = try containerRecipe()
    case "Ec2InstanceMetadata": recipe = try instanceRecipe(profile)
    default:
      throw CredentialError(
        .invalidConfiguration,
        "the credential_source \(name) is none of Environment, EcsContainer and Ec2InstanceMetadata", at: place)
    }
    guard let recipe else {
      throw CredentialError(.none, "the credential_source \(name) of profile \(profile.name) has none", at: place)
    }
    return recipe
  }

  private func roleSettings(_ profile: SharedConfiguration.Profile) throws(CredentialError) -> RoleRecipe {
    var role = RoleRecipe(
      arn: profile["role_arn"] ?? "", profile: profile.name, place: profile.place(of: "role_arn"),
      sessionName: profile["role_session_name"], externalID: profile["external_id"],
      serialNumber: profile["mfa_serial"])
    if let text = profile["duration_seconds"] {
      guard let seconds = Int(text) else {
        throw CredentialError(
          .invalidConfiguration, "duration_seconds is not a number: \(text)", at: profile.place(of: "duration_seconds"))
      }
      role.seconds = seconds
    }
    return role
  }

  /// What a profile names itself, other than a role to be assumed with the credentials of another; `nil` where it names nothing.
  /// - Parameter usesEnvironment: whether variables name a web identity as well.
  func ownRecipe(
    of profile: SharedConfiguration.Profile?, usesEnvironment: Bool
  ) throws(CredentialError) -> CredentialRecipe? {
    if let token = try webIdentityRecipe(profile, usesEnvironment: usesEnvironment) { return token }
    guard let profile else { return nil }
    if profile["sso_account_id"] != nil || profile["sso_role_name"] != nil {
      return .session(try singleSignOnRecipe(profile))
    }
    if let keys = try keys(profile.inCredentialsFile, of: profile) { return keys }
    if profile["login_session"] != nil {
      return .session(
        SessionRecipe(kind: .console, profile: profile.name, place: profile.place(of: "login_session")))
    }
    if let command = profile["credential_process"] {
      let place = profile.place(of: "credential_process")
      let words = try ShellWords.split(command, at: place)
      guard !words.isEmpty else {
        throw CredentialError(.invalidConfiguration, "credential_process is empty", at: place)
      }
      return .process(ProcessRecipe(command: words, profile: profile.name, place: place))
    }
    return try keys(profile.inConfigFile, of: profile)
  }

  private func keys(
    _ settings: [String: INIFile.Setting], of profile: SharedConfiguration.Profile
  ) throws(CredentialError) -> CredentialRecipe? {
    guard let id = settings["aws_access_key_id"] else { return nil }
    guard let secret = settings["aws_secret_access_key"] else {
      throw CredentialError(
        .incomplete, "profile \(profile.name) has an aws_access_key_id, and no aws_secret_access_key", at: id.place)
    }
    let token = settings["aws_security_token"] ?? settings["aws_session_token"]
    return .keys(
      ResolvedCredentials(
        Credentials(
          accessKeyID: id.value, secretAccessKey: Secret(secret.value), sessionToken: token.map { Secret($0.value) }),
        origin: CredentialOrigin(.profileKeys(profile: profile.name, id.place))))
  }

  private func webIdentityRecipe(
    _ profile: SharedConfiguration.Profile?, usesEnvironment: Bool
  ) throws(CredentialError) -> CredentialRecipe? {
    let variable = { (name: String) in usesEnvironment ? surroundings.variable(name) : nil }
    guard let file = variable("AWS_WEB_IDENTITY_TOKEN_FILE") ?? profile?["web_identity_token_file"] else { return nil }
    guard let arn = variable("AWS_ROLE_ARN") ?? profile?["role_arn"] else {
      throw CredentialError(
        .incomplete, "a web identity token is named (\(file)), and no role: neither AWS_ROLE_ARN nor role_arn",
        at: profile?.settings["web_identity_token_file"]?.place)
    }
    let isOfEnvironment = variable("AWS_WEB_IDENTITY_TOKEN_FILE") != nil && variable("AWS_ROLE_ARN") != nil
    return .webIdentity(
      WebIdentityRecipe(
        arn: arn, tokenFile: file, sessionName: variable("AWS_ROLE_SESSION_NAME") ?? profile?["role_session_name"],
        profile: isOfEnvironment ? nil : profile?.name))
  }

  private func singleSignOnRecipe(_ profile: SharedConfiguration.Profile) throws(CredentialError) -> SessionRecipe {
    var needed = ["sso_account_id", "sso_role_name"]
    if let session = profile["sso_session"] {
      guard shared.singleSignOnSessions.contains(session) else {
        throw CredentialError(
          .incomplete, "there is no [sso-session \(session)]", at: profile.place(of: "sso_session"))
      }
    } else {
      needed += ["sso_start_url", "sso_region"]
    }
    if let missing = needed.first(where: { profile[$0] == nil }) {
      throw CredentialError(
        .incomplete, "profile \(profile.name) is for single sign-on and has no \(missing)", at: profile.place)
    }
    let first = profile.settings["sso_account_id"]?.place ?? profile.place
    return SessionRecipe(kind: .singleSignOn, profile: profile.name, place: first)
  }
}
