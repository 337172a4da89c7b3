import FoundationEssentials
import JSON

extension ProcessRecipe {
  /// How long a program may take: it may ask its user for something.
  static let timeout: Duration = .seconds(120)

  func run(_ surroundings: CredentialSurroundings) throws(CredentialError) -> ResolvedCredentials {
    let program = command[0]
    let output: [UInt8]
    do throws(ChildProcessFailure) {
      output = try ChildProcess.run(
        command, environment: surroundings.environment, timeout: Self.timeout, limit: CredentialDocument.largest)
    } catch {
      throw CredentialError(.process, "the credential_process of profile \(profile): \(error)", at: place)
    }
    return try resolved(output, origin: CredentialOrigin(.process(program: program, profile: profile, place)))
  }

  /// Reads what the program printed: version 1 of the format of the AWS CLI's external credentials.
  func resolved(_ output: [UInt8], origin: CredentialOrigin) throws(CredentialError) -> ResolvedCredentials {
    do throws(CredentialError) {
      let value = try CredentialDocument.read(output, from: command[0])
      guard case .number("1")? = value["Version"]?.kind else {
        throw CredentialError(.process, "what \(command[0]) answers has not the Version 1")
      }
      let document = try CredentialDocument(value, token: .sessionToken, from: command[0])
      return ResolvedCredentials(document.credentials, origin: origin, expiration: document.expiration)
    } catch {
      throw CredentialError(error.kind, error.message, at: error.place ?? place, remedy: error.remedy)
    }
  }
}

extension SessionRecipe {
  /// Lets the AWS CLI hand out the session that it keeps, renewing it where that needs nobody.
  func export(_ surroundings: CredentialSurroundings) throws(CredentialError) -> ResolvedCredentials {
    let process = ProcessRecipe(
      command: ["aws", "configure", "export-credentials", "--profile", profile, "--format", "process"],
      profile: profile, place: place)
    let output: [UInt8]
    do throws(ChildProcessFailure) {
      output = try ChildProcess.run(
        process.command, environment: surroundings.environment, timeout: ProcessRecipe.timeout,
        limit: CredentialDocument.largest)
    } catch {
      if case .notStarted = error {
        throw CredentialError(
          .process, "profile \(profile) is for a session that the AWS CLI keeps, and `aws` cannot be run: \(error)",
          at: place)
      }
      throw CredentialError(.expired, "the session of profile \(profile): \(error)", at: place, remedy: renewal)
    }
    return try process.resolved(output, origin: CredentialOrigin(.session(profile: profile, place)))
  }
}
