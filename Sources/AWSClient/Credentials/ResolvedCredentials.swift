package import FoundationEssentials
package import SigV4

/// Credentials, where they came from, and how long they hold.
package struct ResolvedCredentials: Sendable, Hashable {
  package var credentials: Credentials
  package var origin: CredentialOrigin
  /// When they end; `nil` for keys that do not.
  package var expiration: Date?

  package init(_ credentials: Credentials, origin: CredentialOrigin, expiration: Date? = nil) {
    self.credentials = credentials
    self.origin = origin
    self.expiration = expiration
  }
}

/// The way by which credentials came: from where they are used, link by link, back to where they begin.
package struct CredentialOrigin: Sendable, Hashable, CustomStringConvertible {
  /// Never empty; the last one is what everything began with.
  package var links: [Link]

  /// One step of the way.
  package enum Link: Sendable, Hashable {
    /// Given by whoever made the source, with its name for them.
    case given(String)
    /// `AWS_ACCESS_KEY_ID` and its companions.
    case environment
    /// Keys that stand in a profile.
    case profileKeys(profile: String, ConfigurationPlace)
    /// A role that a profile says to assume with the credentials of the next link.
    case assumedRole(arn: String, profile: String, ConfigurationPlace)
    /// A role that was assumed with the token in a file; `profile` is `nil` where the environment names both.
    case webIdentity(arn: String, tokenFile: String, profile: String?)
    /// The program of a profile's `credential_process`; its arguments may be secrets, so they are not kept.
    case process(program: String, profile: String, ConfigurationPlace)
    /// A session of the user's, of single sign-on or the console, which the AWS CLI exported.
    case session(profile: String, ConfigurationPlace)
    /// A container's own credentials.
    case container(url: String)
    /// The role of the machine.
    case instance(role: String)
  }

  package init(_ links: Link...) { self.links = links }

  /// This way, with one more step before it.
  package func reached(through link: Link) -> CredentialOrigin {
    var longer = self
    longer.links.insert(link, at: 0)
    return longer
  }

  package var description: String {
    links.map(\.description).joined(separator: ", with ")
  }
}

extension CredentialOrigin.Link {
  /// What a link is, without which.
  package enum Kind: String, Sendable, Hashable {
    case given, environment, profileKeys, assumedRole, webIdentity, process, session, container, instance
  }

  package var kind: Kind {
    switch self {
    case .given: .given
    case .environment: .environment
    case .profileKeys: .profileKeys
    case .assumedRole: .assumedRole
    case .webIdentity: .webIdentity
    case .process: .process
    case .session: .session
    case .container: .container
    case .instance: .instance
    }
  }
}

extension CredentialOrigin.Link: CustomStringConvertible {
  package var description: String {
    switch self {
    case .given(let name): name
    case .environment: "the environment's access key"
    case .profileKeys(let profile, let place): "the access key of profile \(profile) (\(place))"
    case .assumedRole(let arn, let profile, let place): "\(arn), assumed for profile \(profile) (\(place))"
    case .webIdentity(let arn, let file, let profile):
      "\(arn), assumed" + (profile.map { " for profile \($0)" } ?? "") + " by the token in \(file)"
    case .process(let program, let profile, let place):
      "what \(program) printed, the credential_process of profile \(profile) (\(place))"
    case .session(let profile, let place): "the AWS CLI's session for profile \(profile) (\(place))"
    case .container(let url): "the container's credentials at \(url)"
    case .instance(let role): "the instance's role \(role)"
    }
  }
}

/// A line of a shared configuration file.
package struct ConfigurationPlace: Sendable, Hashable, CustomStringConvertible {
  package var file: String
  /// From 1.
  package var line: Int

  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  package var description: String { "\(file):\(line)" }
}
