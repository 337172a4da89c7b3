/// How credentials are to be had, as the configuration says it, before anything is asked of anyone.
indirect enum CredentialRecipe: Sendable {
  case keys(ResolvedCredentials)
  case role(RoleRecipe, from: CredentialRecipe)
  case webIdentity(WebIdentityRecipe)
  case process(ProcessRecipe)
  /// A session that the AWS CLI keeps.
  case session(SessionRecipe)
  case container(ContainerRecipe)
  case instance(InstanceRecipe)
}

/// A role of a profile, and how it is to be assumed.
struct RoleRecipe: Sendable, Hashable {
  var arn: String
  var profile: String
  var place: ConfigurationPlace
  var sessionName: String?
  var externalID: String?
  /// Whose code has to be asked for.
  var serialNumber: String?
  var seconds: Int?
}

/// A role that is assumed with a token, which is read anew each time: others renew it.
struct WebIdentityRecipe: Sendable, Hashable {
  var arn: String
  var tokenFile: String
  var sessionName: String?
  /// `nil` where the environment says it all.
  var profile: String?
}

/// A program that prints credentials.
struct ProcessRecipe: Sendable, Hashable {
  var command: [String]
  var profile: String
  var place: ConfigurationPlace
}

/// A session that its user began with the AWS CLI.
struct SessionRecipe: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// IAM Identity Center's: `aws sso login`.
    case singleSignOn
    /// That of a console sign-in: `aws login`.
    case console
  }

  var kind: Kind
  var profile: String
  var place: ConfigurationPlace

  /// The command by which the user renews it.
  var renewal: String {
    switch kind {
    case .singleSignOn: "aws sso login --profile \(profile)"
    case .console: "aws login --profile \(profile)"
    }
  }
}

/// The service that hands a container its credentials.
struct ContainerRecipe: Sendable, Hashable {
  var url: String
  var authorization: Authorization?

  enum Authorization: Sendable, Hashable {
    /// The variable `AWS_CONTAINER_AUTHORIZATION_TOKEN`.
    case variable
    /// The file, which is read anew each time.
    case file(String)
  }
}

/// The instance metadata service.
struct InstanceRecipe: Sendable, Hashable {
  var endpoint: String
  /// For each of its answers, in seconds.
  var timeout: Int
  var attempts: Int
}
