import JSON
import SigV4

extension ContainerRecipe {
  /// For each attempt.
  private static let timeout: Duration = .seconds(2)
  private static let attempts = 3
  private static let pause: Duration = .seconds(1)
  /// More is no token, in bytes.
  private static let largestToken = 1 << 16

  /// The hosts that may be asked in clear, besides this machine: those of ECS and EKS.
  /// Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
  private static let allowedHosts: Set<String> = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost"]

  func fetch(_ surroundings: CredentialSurroundings) throws(CredentialError) -> ResolvedCredentials {
    guard let target = MetadataURL(url) else {
      throw CredentialError(.invalidConfiguration, "the container's credentials have no URL: \(url)")
    }
    guard target.endpoint.scheme == .https || Self.isAllowed(target.endpoint.host) else {
      throw CredentialError(
        .invalidConfiguration,
        "the container's credentials are not asked for in clear at \(target.endpoint.host), "
          + "which is neither this machine nor one of \(Self.allowedHosts.sorted().joined(separator: ", "))")
    }
    var request = MetadataRequest(url: target, headers: [("Accept", "application/json")])
    if let token = try token(surroundings) { request.headers.append(("Authorization", token)) }
    let value = try CredentialDocument.read(try send(request, surroundings), from: url)
    let document = try CredentialDocument(value, token: .token, from: url)
    return ResolvedCredentials(
      document.credentials, origin: CredentialOrigin(.container(url: url)), expiration: document.expiration)
  }

  private func send(
    _ request: MetadataRequest, _ surroundings: CredentialSurroundings
  ) throws(CredentialError) -> [UInt8] {
    let transport = surroundings.makeTransport(Self.timeout)
    var failure = ""
    for attempt in 1...Self.attempts {
      do throws(TransportError) {
        let (status, body) = try request.send(by: transport)
        if status == 200 { return body }
        failure = "status \(status)"
      } catch {
        failure = error.message
      }
      if attempt < Self.attempts { surroundings.wait(Self.pause) }
    }
    throw CredentialError(.noAnswer, "the container's credentials cannot be had from \(url): \(failure)")
  }

  private func token(_ surroundings: CredentialSurroundings) throws(CredentialError) -> String? {
    let token: String
    switch authorization {
    case nil: return nil
    case .variable: token = surroundings.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] ?? ""
    case .file(let path):
      guard let bytes = try BoundedFile.read(path, limit: Self.largestToken) else {
        throw CredentialError(.unreadableFile, "there is no AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE \(path)")
      }
      token = String(decoding: bytes, as: UTF8.self)
    }
    guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw CredentialError(
        .invalidConfiguration, "the container's authorization token has a character that no header has")
    }
    return token
  }

  static func isAllowed(_ host: String) -> Bool {
    if allowedHosts.contains(host) || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
