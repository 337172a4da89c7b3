import AWSAPI
import Federation
import FoundationEssentials
import SigV4

extension IAMService {
  static let samlProviderHandlers: [String: Handler] = [
    "CreateSAMLProvider": .staged(createSAMLProvider),
    "GetSAMLProvider": .read(getSAMLProvider),
    "ListSAMLProviders": .read(listSAMLProviders),
    "UpdateSAMLProvider": .staged(updateSAMLProvider),
    "DeleteSAMLProvider": .write(deleteSAMLProvider),
  ]

  private static let samlProvidersPerAccount = Quota(name: "SAMLProvidersPerAccount", value: 100)
  /// How long a provider is valid whose metadata names no end, in seconds: a hundred years, as AWS answers it.
  private static let samlProviderLife: TimeInterval = 3_155_760_000

  /// The metadata of the call, read; its end.
  private static func samlMetadata(of call: Call) throws(AWSError) -> (text: String, validUntil: Date) {
    let text = try call.required("SAMLMetadataDocument")
    let metadata: SAMLMetadata
    do throws(FederationError) {
      metadata = try SAMLMetadata(parsing: text)
    } catch {
      throw .invalidInput("Could not parse metadata: \(error)")
    }
    guard let end = metadata.validUntil else { return (text, call.now.addingTimeInterval(samlProviderLife)) }
    guard let date = AWSTimestamp.date(end), date > call.now else {
      throw .invalidInput("Could not parse metadata: its validUntil has passed or is no time: \(end)")
    }
    return (text, date)
  }

  private static func createSAMLProvider(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    try refuseEncryption(call)
    let name = try call.required("Name")
    let (text, validUntil) = try samlMetadata(of: call)
    let tags = try call.tags()
    return { state throws(AWSError) in
      let account = try state.account(of: call)
      let arn = "arn:aws:iam::\(account.id):saml-provider/\(name)"
      guard account.samlProviders[UTF8Key(arn)] == nil else {
        throw .alreadyExists("A SAML provider with the name \(name) already exists.")
      }
      guard account.samlProviders.count < samlProvidersPerAccount.value else {
        throw .limitExceeded(samlProvidersPerAccount)
      }
      let id = "SAMLSP" + CryptoBytes.hex(DigestAlgorithm.sha256.digest("\(arn) \(call.requestID)".utf8)).prefix(22)
      var provider = SAMLProvider(arn: arn, metadata: text, createDate: call.now, validUntil: validUntil, uuid: id)
      provider.tags = tags
      let made = provider
      try state.updateAccount(of: call) { $0.samlProviders[UTF8Key(arn)] = made }
      return Answer(["SAMLProviderArn": .string(arn), "Tags": tags.isEmpty ? nil : tags.answer])
    }
  }

  private static func getSAMLProvider(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let provider = try state.account(of: call).existingSAMLProvider(call)
    return Answer([
      "SAMLProviderUUID": .string(provider.uuid), "SAMLMetadataDocument": .string(provider.metadata),
      "CreateDate": .timestamp(provider.createDate), "ValidUntil": .timestamp(provider.validUntil),
      "Tags": provider.tags.isEmpty ? nil : provider.tags.answer,
    ])
  }

  private static func listSAMLProviders(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let providers = try state.account(of: call).samlProviders.map { entry -> AWSValue in
      [
        "Arn": .string(entry.value.arn), "ValidUntil": .timestamp(entry.value.validUntil),
        "CreateDate": .timestamp(entry.value.createDate),
      ]
    }
    return Answer(["SAMLProviderList": .list(providers)])
  }

  private static func updateSAMLProvider(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Handler.Commit {
    try refuseEncryption(call)
    let metadata: (text: String, validUntil: Date)? =
      call.string("SAMLMetadataDocument") == nil ? nil : try samlMetadata(of: call)
    return { state throws(AWSError) in
      var provider = try state.account(of: call).existingSAMLProvider(call)
      if let metadata { (provider.metadata, provider.validUntil) = metadata }
      let changed = provider
      try state.updateAccount(of: call) { $0.samlProviders[UTF8Key(changed.arn)] = changed }
      return Answer(["SAMLProviderArn": .string(changed.arn)])
    }
  }

  private static func deleteSAMLProvider(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let arn = try state.account(of: call).existingSAMLProvider(call).arn
    try state.updateAccount(of: call) { $0.samlProviders[UTF8Key(arn)] = nil }
    return Answer()
  }

  /// Assertions are only read in clear here, and a key that is kept and never used would be worse than none.
  private static func refuseEncryption(_ call: Call) throws(AWSError) {
    for name in ["AssertionEncryptionMode", "AddPrivateKey", "RemovePrivateKey"] where call.string(name) != nil {
      throw .invalidInput("\(name) is not emulated: assertions are read in clear.")
    }
  }
}

extension AccountState {
  fileprivate func existingSAMLProvider(_ call: Call) throws(AWSError) -> SAMLProvider {
    let arn = try call.required("SAMLProviderArn")
    guard let provider = samlProviders[UTF8Key(arn)] else {
      throw .noSuchEntity("Manifest not found for arn \(arn)")
    }
    return provider
  }
}
