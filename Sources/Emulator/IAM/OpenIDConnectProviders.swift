import AWSAPI

extension IAMService {
  static let openIDConnectHandlers: [String: Handler] = [
    "CreateOpenIDConnectProvider": .write(createProvider),
    "GetOpenIDConnectProvider": .read(getProvider),
    "ListOpenIDConnectProviders": .read(listProviders),
    "UpdateOpenIDConnectProviderThumbprint": .write(updateThumbprint),
    "AddClientIDToOpenIDConnectProvider": .write(addClientID),
    "RemoveClientIDFromOpenIDConnectProvider": .write(removeClientID),
    "DeleteOpenIDConnectProvider": .write(deleteProvider),
  ]

  private static let providersPerAccount = Quota(name: "OpenIDConnectProvidersPerAccount", value: 100)
  private static let clientIDsPerProvider = Quota(name: "ClientIdsPerOpenIdConnectProvider", value: 100)
  /// Source: API reference, CreateOpenIDConnectProvider.
  private static let thumbprintsPerProvider = 5

  private static func createProvider(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    let url = try issuer(of: try call.required("Url"))
    let arn = "arn:aws:iam::\(account.id):oidc-provider/\(url)"
    guard account.openIDConnectProviders[UTF8Key(arn)] == nil else {
      throw .alreadyExists("Provider with url https://\(url) already exists.")
    }
    guard account.openIDConnectProviders.count < providersPerAccount.value else {
      throw .limitExceeded(providersPerAccount)
    }
    let clientIDs = call.strings("ClientIDList")
    guard clientIDs.count <= clientIDsPerProvider.value else { throw .limitExceeded(clientIDsPerProvider) }
    var provider = OpenIDConnectProvider(
      arn: arn, url: url, clientIDs: clientIDs, thumbprints: try thumbprints(of: call), createDate: call.now)
    provider.tags = try call.tags()
    let made = provider
    try state.updateAccount(of: call) { $0.openIDConnectProviders[UTF8Key(arn)] = made }
    return Answer([
      "OpenIDConnectProviderArn": .string(arn), "Tags": provider.tags.isEmpty ? nil : provider.tags.answer,
    ])
  }

  /// The URL without its scheme. It is an issuer's name, so it must be `https` and have neither query nor fragment.
  private static func issuer(of url: String) throws(AWSError) -> String {
    guard url.hasPrefix("https://"), url.utf8.count > 8 else {
      throw .validationError("Invalid Open ID Connect Provider URL")
    }
    let rest = String(url.dropFirst(8))
    guard !rest.contains("?"), !rest.contains("#"), !rest.hasPrefix("/") else {
      throw .validationError("Invalid Open ID Connect Provider URL")
    }
    // A slash at the end stays: it is part of the issuer's name, in its tokens and in the keys of conditions.
    return rest
  }

  private static func thumbprints(of call: Call) throws(AWSError) -> [String] {
    let thumbprints = call.strings("ThumbprintList")
    guard thumbprints.count <= thumbprintsPerProvider else {
      throw .invalidInput("Thumbprint list must contain fewer than \(thumbprintsPerProvider) entries.")
    }
    return thumbprints.map { $0.lowercased() }
  }

  private static func getProvider(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let provider = try state.account(of: call).existingProvider(call)
    return Answer([
      "Url": .string(provider.url), "ClientIDList": .list(provider.clientIDs.map(AWSValue.string)),
      "ThumbprintList": .list(provider.thumbprints.map(AWSValue.string)),
      "CreateDate": .timestamp(provider.createDate), "Tags": provider.tags.isEmpty ? nil : provider.tags.answer,
    ])
  }

  private static func listProviders(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let arns = try state.account(of: call).openIDConnectProviders.map { AWSValue.string($0.value.arn) }
    return Answer(["OpenIDConnectProviderList": .list(arns.map { ["Arn": $0] })])
  }

  private static func updateThumbprint(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let thumbprints = try thumbprints(of: call)
    return try change(&state, call) { $0.thumbprints = thumbprints }
  }

  private static func addClientID(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let id = try call.required("ClientID")
    return try change(&state, call) { provider throws(AWSError) in
      guard !provider.clientIDs.contains(id) else { return }
      guard provider.clientIDs.count < clientIDsPerProvider.value else { throw .limitExceeded(clientIDsPerProvider) }
      provider.clientIDs.append(id)
    }
  }

  private static func removeClientID(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let id = try call.required("ClientID")
    return try change(&state, call) { provider in provider.clientIDs.removeAll { $0 == id } }
  }

  private static func deleteProvider(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    // A provider that is not there is deleted in silence (API reference, DeleteOpenIDConnectProvider).
    let arn = try call.required("OpenIDConnectProviderArn")
    try state.updateAccount(of: call) { $0.openIDConnectProviders[UTF8Key(arn)] = nil }
    return Answer()
  }

  private static func change(
    _ state: inout EmulatorState, _ call: Call, _ body: (inout OpenIDConnectProvider) throws(AWSError) -> Void
  ) throws(AWSError) -> Answer {
    var provider = try state.account(of: call).existingProvider(call)
    try body(&provider)
    let changed = provider
    try state.updateAccount(of: call) { $0.openIDConnectProviders[UTF8Key(changed.arn)] = changed }
    return Answer()
  }
}

extension AccountState {
  fileprivate func existingProvider(_ call: Call) throws(AWSError) -> OpenIDConnectProvider {
    let arn = try call.required("OpenIDConnectProviderArn")
    guard let provider = openIDConnectProviders[UTF8Key(arn)] else {
      throw .noSuchEntity("OpenIDConnect Provider not found for arn \(arn)")
    }
    return provider
  }
}

extension Call {
  /// The texts of the list `name`; none where it is left out.
  func strings(_ name: String) -> [String] { parameters[name]?.list?.compactMap(\.string) ?? [] }
}
