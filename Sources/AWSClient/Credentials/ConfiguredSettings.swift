package import AWSAPI

/// A setting, and where it was found.
package struct ConfiguredSetting: Sendable, Hashable {
  package var value: String
  /// `AWS_REGION`, or a place in a file.
  package var origin: String
}

extension CredentialResolver {
  /// The region: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region`; `nil` where none says it.
  package func region(profile: String? = nil) throws(CredentialError) -> ConfiguredSetting? {
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
      if let value = surroundings.variable(name) { return ConfiguredSetting(value: value, origin: name) }
    }
    return try self.profile(profile)?.settings["region"].map {
      ConfiguredSetting(value: $0.value, origin: $0.place.description)
    }
  }

  /// The endpoint that the user's configuration sets in place of AWS's own; `nil` where it sets none, or is to be ignored.
  ///
  /// In the order of the AWS SDKs: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its
  /// `endpoint_url`. (AWS SDKs and Tools Reference Guide, "Service-specific endpoints".)
  package func endpointURL(
    of service: Service, profile: String? = nil
  ) throws(CredentialError) -> ConfiguredSetting? {
    let profile = try self.profile(profile)
    let ignores =
      surroundings.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ?? profile?["ignore_configured_endpoint_urls"]
    if ignores?.lowercased() == "true" { return nil }
    for name in ["AWS_ENDPOINT_URL_\(service.rawValue.uppercased())", "AWS_ENDPOINT_URL"] {
      if let value = surroundings.variable(name) { return ConfiguredSetting(value: value, origin: name) }
    }
    guard let profile else { return nil }
    if let section = profile.settings["services"] {
      guard let services = shared.services[section.value] else {
        throw CredentialError(
          .invalidConfiguration, "there is no [services \(section.value)]", at: section.place)
      }
      let settings = services.first { $0.name == service.rawValue }?.nested ?? []
      if let url = settings.first(where: { $0.name == "endpoint_url" }), !url.value.isEmpty {
        return ConfiguredSetting(value: url.value, origin: url.place.description)
      }
    }
    return profile.settings["endpoint_url"].flatMap {
      $0.value.isEmpty ? nil : ConfiguredSetting(value: $0.value, origin: $0.place.description)
    }
  }
}
