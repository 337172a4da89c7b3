import HTTP

extension CredentialResolver {
  /// Where containers of ECS are told their credentials, if the environment gives a path alone.
  static let containerEndpoint = "http://169.254.170.2"

  /// The container's credentials; `nil` where the environment names none.
  func containerRecipe() throws(CredentialError) -> CredentialRecipe? {
    let url: String
    if let path = surroundings.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      url = Self.containerEndpoint + path
    } else if let full = surroundings.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
      url = full
    } else {
      return nil
    }
    let authorization: ContainerRecipe.Authorization? =
      if let file = surroundings.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
        .file(file)
      } else if surroundings.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] != nil {
        .variable
      } else {
        nil
      }
    return .container(ContainerRecipe(url: url, authorization: authorization))
  }

  /// The instance's role; `nil` where the environment says that the instance is not to be asked.
  func instanceRecipe(_ profile: SharedConfiguration.Profile?) throws(CredentialError) -> CredentialRecipe? {
    guard surroundings.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
    let mode =
      surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE") ?? profile?["ec2_metadata_service_endpoint_mode"]
    let named = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? profile?["ec2_metadata_service_endpoint"]
    let usual = mode?.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    return .instance(
      InstanceRecipe(
        endpoint: named ?? usual,
        timeout: try number("AWS_METADATA_SERVICE_TIMEOUT", or: "metadata_service_timeout", profile),
        attempts: try number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", or: "metadata_service_num_attempts", profile)))
  }

  /// A number of a variable or a setting, 1 where neither is there.
  private func number(
    _ variable: String, or setting: String, _ profile: SharedConfiguration.Profile?
  ) throws(CredentialError) -> Int {
    guard let text = surroundings.variable(variable) ?? profile?[setting] else { return 1 }
    guard let number = Int(text), (1...Self.mostSecondsOrAttempts).contains(number) else {
      throw CredentialError(
        .invalidConfiguration,
        "\(variable) (\(setting)) must be a number from 1 to \(Self.mostSecondsOrAttempts): \(text)")
    }
    return number
  }

  private static let mostSecondsOrAttempts = 60
}
