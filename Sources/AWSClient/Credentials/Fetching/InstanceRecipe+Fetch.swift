import JSON

extension InstanceRecipe {
  private static let rolePath = "/latest/meta-data/iam/security-credentials/"
  /// How long a token of the service holds, in seconds.
  private static let tokenLife = "21600"

  /// Asks the instance metadata service, version 2: first for a token, then with it.
  func fetch(_ surroundings: CredentialSurroundings) throws(CredentialError) -> ResolvedCredentials {
    let transport = surroundings.makeTransport(.seconds(timeout))
    let token = try ask(
      transport, "PUT", "/latest/api/token", [("x-aws-ec2-metadata-token-ttl-seconds", Self.tokenLife)])
    let headers = [("x-aws-ec2-metadata-token", token)]
    let role = try ask(transport, "GET", Self.rolePath, headers).trimmed
    guard !role.isEmpty, !role.contains(where: \.isWhitespace) else {
      throw CredentialError(.none, "the instance has no role (\(endpoint))")
    }
    let answer = try ask(transport, "GET", Self.rolePath + role, headers)
    let value = try CredentialDocument.read(Array(answer.utf8), from: endpoint)
    guard let code = value["Code"]?.string, code == "Success" else {
      throw CredentialError(
        .noAnswer,
        "the instance metadata service has no credentials for the role \(role): "
          + (value["Message"]?.string ?? value["Code"]?.string ?? "it does not say why"))
    }
    let document = try CredentialDocument(value, token: .token, from: endpoint)
    return ResolvedCredentials(
      document.credentials, origin: CredentialOrigin(.instance(role: String(role))), expiration: document.expiration)
  }

  private func ask(
    _ transport: any Transport, _ method: String, _ path: some StringProtocol,
    _ headers: [(name: String, value: String)]
  ) throws(CredentialError) -> String {
    let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
    guard let url = MetadataURL(base + path) else {
      throw CredentialError(.invalidConfiguration, "the instance metadata service has no URL: \(endpoint)")
    }
    let request = MetadataRequest(method: method, url: url, headers: headers)
    var failure = ""
    for _ in 0..<attempts {
      do throws(TransportError) {
        let (status, body) = try request.send(by: transport)
        if status == 200 { return String(decoding: body, as: UTF8.self) }
        failure = "status \(status)"
      } catch {
        failure = error.message
      }
    }
    throw CredentialError(
      .none,
      "no credentials are named by the environment or a profile, and the instance metadata service "
        + "does not answer (\(method) \(base)\(path): \(failure))")
  }
}
